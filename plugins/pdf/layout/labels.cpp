// SPDX-License-Identifier: Apache-2.0
#include "labels.hpp"

#include <algorithm>

namespace sluice::pdf {
namespace {

// Nine in ten labels have their text on their own line; one may have lost it to another size.
bool stand_beside_text(const LabelFacts& facts) {
  return facts.labels >= 2 && facts.shared >= 2 && facts.shared * 10 >= facts.labels * 9;
}
// A label begins a text; where lines of text go on beside it, both are columns of prose.
bool begin_text(const LabelFacts& facts) {
  return facts.text_lower * 5 <= facts.shared;
}
bool most(std::uint32_t part, std::uint32_t all) {
  return part * 5 >= all * 4;
}

const std::vector<LabelRule> kRules = {
    {"clause-numbers",
     "the numbers of a contract's clauses (1. 1.1 (a)) stand left of their text; no column of text "
     "is made of numbers",
     [](const LabelFacts& facts) {
       return stand_beside_text(facts) && begin_text(facts) &&
              most(facts.numberings, facts.labels) && facts.many_cells * 3 <= facts.shared;
     }},
    {"dates",
     "a CV's years (2019 - 2023) stand left of entries of several lines; without such lines they "
     "are the first column of a table",
     [](const LabelFacts& facts) {
       return stand_beside_text(facts) && begin_text(facts) && most(facts.dates, facts.labels) &&
              facts.text_alone > 0 && facts.many_cells * 3 <= facts.shared;
     }},
    {"colons",
     "the names of a data sheet's fields (Weight:) end in colons, and their values go on below",
     [](const LabelFacts& facts) {
       return stand_beside_text(facts) && begin_text(facts) && most(facts.colons, facts.labels) &&
              facts.text_alone > 0 && facts.many_cells * 3 <= facts.shared;
     }},
    {"short-labels", "terms of a glossary are short, and their texts go on below in small letters",
     [](const LabelFacts& facts) {
       constexpr std::uint32_t kMeanChars = 14;  // "Chelsea Drugstore" has 16
       constexpr std::uint32_t kMostChars = 24;
       return stand_beside_text(facts) && begin_text(facts) &&
              facts.chars <= kMeanChars * facts.labels && facts.longest <= kMostChars &&
              facts.text_alone * 2 >= facts.labels &&
              facts.goes_on_lower * 5 >= facts.text_alone * 2 &&
              facts.many_cells * 3 <= facts.shared;
     }},
};

LabelFacts facts_of(const Segments& segments, const std::vector<Row>& rows, const Band& band) {
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

}  // namespace

const std::vector<LabelRule>& label_rules() {
  return kRules;
}

const LabelRule* find_label_rule(const Segments& segments, const std::vector<Row>& rows,
                                 const Band& band) {
  const LabelFacts facts = facts_of(segments, rows, band);
  const auto rule = std::find_if(kRules.begin(), kRules.end(),
                                 [&](const LabelRule& each) { return each.holds(facts); });
  return rule == kRules.end() ? nullptr : &*rule;
}

}  // namespace sluice::pdf
