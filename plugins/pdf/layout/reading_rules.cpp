// SPDX-License-Identifier: Apache-2.0
#include "reading_rules.hpp"

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

bool is_table_at_all(const BandFacts& facts) {
  return !facts.has_obstacle && facts.rows >= 2 && facts.shared > 0 && !facts.has_lists();
}

// Most rows of a table have text in two columns; three in five do even where cells are empty.
constexpr float kRowsOfTable = 0.6F;
constexpr float kHalf = 0.5F;            // of the rows have text side by side
constexpr std::uint32_t kLeastRows = 3;  // of two columns: two rows side by side are no table yet
constexpr float kLabelChars = 18;        // "Chelsea Drugstore" and a blank

bool goes_on_below(const ColumnFacts& column) {
  return column.follows > 0 && column.goes_on == column.follows;
}

// In the order in which they are asked.
const std::vector<ReadingRule> kReadingRules = {
    {"text-goes-on-below",
     "every line but the first of both columns begins with a small letter: sentences that go on "
     "below, as in two columns of two lines, which no table and no row of labels has",
     Reading::kColumns, Extent::kNarrowed,
     [](const RegionFacts& region) {
       constexpr float kCharsOfText = 12;  // a cell of two words has fewer
       const auto& columns = region.band.columns;
       return columns.size() == 2 && !region.band.has_obstacle &&
              std::all_of(columns.begin(), columns.end(), [](const ColumnFacts& column) {
                return goes_on_below(column) && column.mean_chars() >= kCharsOfText;
              });
     }},
    {"leaders",
     "dots lead from most labels to their values, as in a price list or a statistical table: no "
     "text is read down a column across them",
     Reading::kTable, Extent::kToLastLed,
     [](const RegionFacts& region) {
       const BandFacts& facts = region.band;
       return !facts.has_obstacle && facts.led >= 2 && facts.led * 5 >= facts.shared * 3;
     }},
    {"two-columns",
     "short pieces side by side in most of three rows or more: names and values, the least a table "
     "can be",
     Reading::kTable, Extent::kNarrowed,
     [](const RegionFacts& region) {
       const BandFacts& facts = region.band;
       return is_table_at_all(facts) && facts.columns.size() == 2 && facts.prose_columns() == 0 &&
              facts.shared >= kLeastRows && facts.share() >= kRowsOfTable;
     }},
    {"labels-beside-prose",
     "short labels, each with a text of several lines beside it, as the parts of a form; numbers "
     "beside every tenth or fifth line of a poem are none",
     Reading::kTable, Extent::kNarrowed,
     [](const RegionFacts& region) {
       const BandFacts& facts = region.band;
       if (!is_table_at_all(facts) || facts.columns.size() != 2 || facts.prose_columns() != 1)
         return false;
       const bool left_is_prose = facts.columns[0].is_prose();
       const ColumnFacts& labels = facts.columns[left_is_prose ? 1 : 0];
       if (left_is_prose && facts.shared * 4 < facts.rows) return false;
       return facts.shared + facts.shared / 8 >= labels.pieces &&
              labels.mean_chars() <= kLabelChars && facts.shared >= kLeastRows;
     }},
    {"many-columns",
     "three columns or more, most of them not of prose, with text side by side in half of the rows",
     Reading::kTable, Extent::kNarrowed,
     [](const RegionFacts& region) {
       const BandFacts& facts = region.band;
       return is_table_at_all(facts) && facts.columns.size() > 2 &&
              facts.prose_columns() * 2 < facts.columns.size() && facts.share() >= kHalf &&
              !facts.is_sparse();
     }},
    {"clause-numbers",
     "the numbers of a contract's clauses (1. 1.1 (a)) stand left of their text; no column of text "
     "is made of numbers",
     Reading::kRows, Extent::kWhole,
     [](const RegionFacts& region) {
       const LabelFacts& facts = region.labels;
       return stand_beside_text(facts) && begin_text(facts) &&
              most(facts.numberings, facts.labels) && facts.many_cells * 3 <= facts.shared;
     }},
    {"dates",
     "a CV's years (2019 - 2023) stand left of entries of several lines; without such lines they "
     "are the first column of a table",
     Reading::kRows, Extent::kWhole,
     [](const RegionFacts& region) {
       const LabelFacts& facts = region.labels;
       return stand_beside_text(facts) && begin_text(facts) && most(facts.dates, facts.labels) &&
              facts.text_alone > 0 && facts.many_cells * 3 <= facts.shared;
     }},
    {"colons",
     "the names of a data sheet's fields (Weight:) end in colons, and their values go on below",
     Reading::kRows, Extent::kWhole,
     [](const RegionFacts& region) {
       const LabelFacts& facts = region.labels;
       return stand_beside_text(facts) && begin_text(facts) && most(facts.colons, facts.labels) &&
              facts.text_alone > 0 && facts.many_cells * 3 <= facts.shared;
     }},
    {"short-labels", "terms of a glossary are short, and their texts go on below in small letters",
     Reading::kRows, Extent::kWhole,
     [](const RegionFacts& region) {
       const LabelFacts& facts = region.labels;
       constexpr std::uint32_t kMeanChars = 14;  // "Chelsea Drugstore" has 16
       constexpr std::uint32_t kMostChars = 24;
       return stand_beside_text(facts) && begin_text(facts) &&
              facts.chars <= kMeanChars * facts.labels && facts.longest <= kMostChars &&
              facts.text_alone * 2 >= facts.labels &&
              facts.goes_on_lower * 5 >= facts.text_alone * 2 &&
              facts.many_cells * 3 <= facts.shared;
     }},
    {"two-rows",
     "one or two rows of two columns, as a name and a date at the head of a letter, belong "
     "together "
     "row by row",
     Reading::kRows, Extent::kNarrowed,
     [](const RegionFacts& region) {
       const BandFacts& facts = region.band;
       return is_table_at_all(facts) && facts.columns.size() == 2 && facts.prose_columns() == 0 &&
              facts.share() >= kRowsOfTable;
     }},
    {"words-of-a-drawing",
     "many columns of which few are filled: words of a drawing, which are read as they stand",
     Reading::kRows, Extent::kNarrowed,
     [](const RegionFacts& region) {
       const BandFacts& facts = region.band;
       return is_table_at_all(facts) && facts.columns.size() > 2 &&
              facts.prose_columns() * 2 < facts.columns.size() && facts.share() >= kHalf &&
              facts.is_sparse();
     }},
};

Box box_of(const std::vector<Row>& rows, const Segments& segments, const Band& band) {
  Box box = segments.all[rows[band.first].segments.front()].box;
  for (std::uint32_t r = band.first; r <= band.last; ++r) {
    for (const std::uint32_t index : rows[r].segments) box.add(segments.all[index].box);
  }
  return box;
}

bool is_led(const Segments& segments, const Row& row) {
  return std::any_of(row.segments.begin(), row.segments.end(),
                     [&](std::uint32_t index) { return segments.all[index].leads; });
}

std::string_view word_of(Reading reading) {
  switch (reading) {
    case Reading::kColumns:
      return "columns";
    case Reading::kRows:
      return "rows";
    case Reading::kTable:
      return "table";
  }
  return "";
}

}  // namespace

const std::vector<ReadingRule>& reading_rules() {
  return kReadingRules;
}

const ReadingRule* decide(const Segments& segments, const std::vector<Row>& rows, Band& band,
                          const RuleSettings& settings) {
  const Band inner = narrowed(segments, rows, band);
  const RegionFacts facts = {facts_of(segments, rows, inner), label_facts_of(segments, rows, band)};
  const auto rule = std::find_if(
      kReadingRules.begin(), kReadingRules.end(),
      [&](const ReadingRule& each) { return settings.allows(each.name) && each.holds(facts); });
  const bool any = rule != kReadingRules.end();
  settings.note(box_of(rows, segments, band), any ? rule->name : "no-rule",
                word_of(any ? rule->reading : Reading::kColumns));
  if (!any) return nullptr;
  if (rule->reading != Reading::kColumns && rule->extent != Extent::kWhole) band = inner;
  if (rule->extent == Extent::kToLastLed) {
    while (band.last > band.first && !is_led(segments, rows[band.last])) --band.last;
  }
  return &*rule;
}

}  // namespace sluice::pdf
