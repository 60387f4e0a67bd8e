// SPDX-License-Identifier: Apache-2.0
#include "notebook/places.hpp"

#include <algorithm>
#include <sluice/blanks.hpp>
#include <sluice/heading_anchor.hpp>
#include <sluice/url.hpp>

#include "markdown/body.hpp"
#include "markdown/destinations.hpp"

namespace sluice::notebook {
namespace {

bool may_link_to_a_place(const Cell& cell) {
  for (const std::string_view sign : {"](#", "](<#", "]: #", "=\"#", "='#"}) {
    if (cell.source.find(sign) != std::string::npos) return true;
  }
  return false;
}

std::vector<std::string> headings_of(const Cell& cell) {
  if (cell.kind == Cell::Kind::kHeading) return {one_line(cell.source)};
  const bool is_markdown = cell.kind == Cell::Kind::kMarkdown ||
                           (cell.kind == Cell::Kind::kRaw && cell.format == "text/markdown");
  if (!is_markdown) return {};
  std::string text = cell.source;
  markdown_plugin::normalize_line_ends(text);
  return markdown_plugin::find_headings(text);
}

}  // namespace

Places::Places(const std::vector<Cell>& cells) {
  if (std::none_of(cells.begin(), cells.end(), may_link_to_a_place)) return;
  HeadingAnchors anchors;
  for (const Cell& cell : cells) {
    for (std::string& heading : headings_of(cell)) {
      std::string anchor = anchors.add(heading);
      std::replace(heading.begin(), heading.end(), ' ', '-');
      anchors_.emplace(std::move(heading), std::move(anchor));
    }
  }
}

std::optional<std::string> Places::find(std::string_view destination) const {
  const std::string name = percent_decode(destination.substr(1));
  auto found = anchors_.find(name);
  if (found == anchors_.end()) {
    // Written with blanks, as the heading is.
    std::string hyphens = name;
    std::replace(hyphens.begin(), hyphens.end(), ' ', '-');
    found = anchors_.find(hyphens);
  }
  if (found == anchors_.end() || found->second.empty() || found->second == name)
    return std::nullopt;
  return "#" + found->second;
}

}  // namespace sluice::notebook
