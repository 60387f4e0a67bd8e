// SPDX-License-Identifier: Apache-2.0
#include "docx/page_breaks.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "docx/elements.hpp"

namespace sluice::docx {

void PageBreaks::page_ends(XmlNode at) {
  const bool counts =
      context_.document.has_rendered_breaks == (element_of(at) == Element::kRenderedPageBreak);
  if (!counts || std::find(counted_.begin(), counted_.end(), at) != counted_.end()) return;
  ++page_;
  is_due_ = true;
}

void PageBreaks::page_begins_with(XmlNode paragraph) {
  // Those of this paragraph are met again on the way through it, those of others never.
  constexpr std::size_t kMaxCounted = 64;
  if (counted_.size() > kMaxCounted) counted_.clear();
  const auto count = [this](XmlNode at) {
    page_ends(at);
    counted_.push_back(at);
  };
  const XmlNode breaks_before = paragraph.child("w:pPr").child("w:pageBreakBefore");
  if (!context_.document.has_rendered_breaks && is_on(breaks_before)) count(breaks_before);
  walk_xml(
      paragraph,
      [&](XmlNode node) {
        switch (element_of(node)) {
          case Element::kIgnored:
          case Element::kBookmark:
          case Element::kFieldCharacter:
          case Element::kInstruction:
            return Walk::kOver;
          case Element::kRenderedPageBreak:
            count(node);
            return Walk::kOver;
          case Element::kBreak:
            if (std::string_view(node.attribute("w:type").value()) != "page") return Walk::kStop;
            count(node);
            return Walk::kOver;
          case Element::kParagraph:
          case Element::kRun:
          case Element::kHyperlink:
          case Element::kSimpleField:
          case Element::kInserted:
          case Element::kMovedTo:
          case Element::kStructuredTag:
          case Element::kOther:
            return Walk::kInto;
          default:
            return Walk::kStop;  // what a reader sees
        }
      },
      [](XmlNode) {});
}

void PageBreaks::write_marker() {
  if (!is_due_ || pages_ == Pages::kIgnored || nesting_ > 0) return;
  is_due_ = false;
  if (context_.document.settings.page_markers)
    context_.out.comment("page " + std::to_string(page_));
}

}  // namespace sluice::docx
