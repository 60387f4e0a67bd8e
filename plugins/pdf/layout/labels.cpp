// SPDX-License-Identifier: Apache-2.0
#include "labels.hpp"

#include <algorithm>

namespace sluice::pdf {

LabelFacts label_facts_of(const Segments& segments, const std::vector<Row>& rows,
                          const Band& band) {
  const float middle = (band.gutters.front().x0 + band.gutters.front().x1) / 2;
  LabelFacts facts;
  for (std::uint32_t r = band.first; r <= band.last; ++r) {
    const Segment* label = nullptr;
    const Segment* text = nullptr;
    std::uint32_t chars = 0;
    std::uint32_t cells = 0;
    for (const std::uint32_t index : rows[r].segments) {
      const Segment& segment = segments.all[index];
      if (segment.kind != SegmentKind::kText) continue;
      if (segment.box.center_x() < middle) {
        label = &segment;
        chars += segment.chars;
      } else {
        if (text == nullptr) text = &segment;
        ++cells;
      }
    }
    ++facts.rows;
    if (label == nullptr) {
      if (text == nullptr) continue;
      ++facts.text_alone;
      facts.goes_on_lower += text->begins_lower ? 1 : 0;
      continue;
    }
    // A heading among the labels.
    if (text == nullptr && label->is_bold && !label->is_numbering) continue;
    ++facts.labels;
    facts.chars += chars;
    facts.longest = std::max(facts.longest, chars);
    facts.numberings += label->is_numbering ? 1 : 0;
    facts.dates += label->is_date ? 1 : 0;
    facts.colons += label->ends_in_colon ? 1 : 0;
    if (text == nullptr) continue;
    ++facts.shared;
    facts.text_lower += text->begins_lower && !label->ends_in_colon ? 1 : 0;
    facts.many_cells += cells > 1 ? 1 : 0;
  }
  return facts;
}

}  // namespace sluice::pdf
