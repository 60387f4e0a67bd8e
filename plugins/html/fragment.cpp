// SPDX-License-Identifier: Apache-2.0
#include "fragment.hpp"

#include <sluice/data_uri.hpp>
#include <sluice/images.hpp>
#include <utility>

#include "hidden_text.hpp"
#include "layout.hpp"
#include "parse.hpp"
#include "to_markdown.hpp"

namespace sluice::html {

bool write_fragment(
    std::string html, Job& job, MarkdownWriter& out, LeftOut& hidden,
    const std::function<std::optional<sluice_asset>(std::string_view)>& take_image) {
  const Dom dom = parse_html(std::move(html));
  const auto marks = mark_layout(dom, Hidden::kSkip);
  count_hidden_text(dom, marks, hidden);
  if ((marks[kRootNode] & kHasContent) == 0) return false;
  ImageCollector images(job);
  Rendering rendering;
  rendering.take_image = take_image;
  if (!take_image) {
    // There is nothing beside the fragment that it could refer to.
    rendering.take_image = [&images](std::string_view address) {
      return is_data_uri(address) ? images.collect(address) : std::nullopt;
    };
  }
  const StyleSheet styles(dom.css);
  rendering.style_sheets = {&styles};
  write_markdown(dom, marks, rendering, job, out);
  return true;
}

}  // namespace sluice::html
