// SPDX-License-Identifier: Apache-2.0
#include "docx/bookmarks.hpp"

#include <sluice/blanks.hpp>
#include <sluice/heading_anchor.hpp>
#include <utility>
#include <vector>

#include "docx/elements.hpp"
#include "docx/paragraphs.hpp"

namespace sluice::docx {
namespace {

constexpr std::size_t kWhole = std::string_view::npos;  // an anchor has no bound

void collect_bookmarks(XmlNode paragraph, std::vector<std::string_view>& names) {
  walk_xml(
      paragraph,
      [&names](XmlNode node) {
        const Element element = element_of(node);
        if (element == Element::kBookmark) names.emplace_back(node.attribute("w:name").value());
        return element == Element::kDrawing || element == Element::kIgnored ? Walk::kOver
                                                                            : Walk::kInto;
      },
      [](XmlNode) {});
}

}  // namespace

Bookmarks::Bookmarks(XmlNode story, const Styles& styles, Numbering numbering,
                     const Settings& settings) {
  HeadingAnchors anchors;
  std::vector<std::string_view> pending;  // bookmarks that stand before a paragraph
  const auto read_bookmarks = [&](XmlNode paragraph) {
    const ParagraphShape shape = shape_of(paragraph, styles, numbering);
    std::string text;
    if (shape.numbering.number > 0) {
      const auto label = numbering.count(shape.numbering.number, shape.numbering.level);
      if (label && label->kind != LabelKind::kBullet) text = label->text + " ";
    }
    collect_bookmarks(paragraph, pending);
    if (shape.role == Role::kHeading || shape.role == Role::kTitle) {
      const std::string words = one_line(plain_text(paragraph, settings.changes), kWhole);
      if (words.empty()) return;
      fragments_.push_back(anchors.add(one_line(text + words, kWhole)));
    }
    for (const std::string_view name : pending) {
      if (!name.empty() && !fragments_.empty()) bookmarks_.emplace(name, fragments_.size() - 1);
    }
    pending.clear();
  };
  walk_xml(
      story,
      [&](XmlNode node) {
        const Element element = element_of(node);
        if (element == Element::kParagraph) {
          read_bookmarks(node);
          return Walk::kOver;
        }
        if (element == Element::kBookmark) pending.emplace_back(node.attribute("w:name").value());
        return element == Element::kIgnored ? Walk::kOver : Walk::kInto;
      },
      [](XmlNode) {});
}

std::string_view Bookmarks::fragment_of(std::string_view bookmark) const {
  const auto found = bookmarks_.find(bookmark);
  return found == bookmarks_.end() ? std::string_view()
                                   : std::string_view(fragments_[found->second]);
}

}  // namespace sluice::docx
