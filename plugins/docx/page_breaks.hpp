// SPDX-License-Identifier: Apache-2.0
//
// Counts the pages of a story and writes the marker of each before the first block on it.
#pragma once

#include <cstdint>
#include <sluice/xml.hpp>
#include <vector>

#include "docx/story_context.hpp"

namespace sluice::docx {

enum class Pages : std::uint8_t { kIgnored, kMarked };

class PageBreaks {
 public:
  PageBreaks(StoryContext& context, Pages pages) : context_(context), pages_(pages) {}

  // A page ends at `at`: a w:br, a w:lastRenderedPageBreak or a w:pageBreakBefore.
  void page_ends(XmlNode at);
  // A page that ends before the first word of a paragraph has its marker before the paragraph.
  void page_begins_with(XmlNode paragraph);
  // Writes the marker that is due. None is written between enter and leave: a table or a text box
  // cannot hold one.
  void write_marker();
  void enter() { ++nesting_; }
  void leave() { --nesting_; }

 private:
  StoryContext& context_;
  const Pages pages_;
  int nesting_ = 0;
  std::uint64_t page_ = 1;
  bool is_due_ = false;
  std::vector<XmlNode> counted_;  // breaks that stood before the first word of their paragraph
};

}  // namespace sluice::docx
