// SPDX-License-Identifier: Apache-2.0
#include "docx/page_breaks.hpp"

#include <string>

#include "docx/elements.hpp"

namespace sluice::docx {

void PageBreaks::page_ends(XmlNode at) {
  const bool counts =
      context_.document.has_rendered_breaks == (element_of(at) == Element::kRenderedPageBreak);
  if (!counts || at == counted_break_) return;
  ++page_;
  is_due_ = true;
}

void PageBreaks::page_begins_with(XmlNode paragraph) {
  const XmlNode breaks_before = paragraph.child("w:pPr").child("w:pageBreakBefore");
  if (!context_.document.has_rendered_breaks && is_on(breaks_before)) page_ends(breaks_before);
  for (const XmlNode node : paragraph.child("w:r").children()) {
    const Element element = element_of(node);
    if (element == Element::kIgnored) continue;
    if (element == Element::kRenderedPageBreak) {
      page_ends(node);
      counted_break_ = node;
    }
    break;
  }
}

void PageBreaks::write_marker() {
  if (!is_due_ || pages_ == Pages::kIgnored || nesting_ > 0) return;
  is_due_ = false;
  if (context_.document.settings.page_markers)
    context_.out.comment("page " + std::to_string(page_));
}

}  // namespace sluice::docx
