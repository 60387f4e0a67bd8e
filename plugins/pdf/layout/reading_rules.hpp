// SPDX-License-Identifier: Apache-2.0
//
// How the text between gutters is read: down each column, row by row, or as a table. Each rule has
// a name, its reason and an example, and reads facts that are counted once. They stand in one list;
// the first that holds decides.
#pragma once

#include <string_view>
#include <vector>

#include "labels.hpp"
#include "trace.hpp"

namespace sluice::pdf {

enum class Reading : std::uint8_t {
  kColumns,  // down each column
  kRows,     // row by row, as lines
  kTable,
};

// Which rows a reading is of.
enum class Extent : std::uint8_t {
  kWhole,      // all rows of the gutters
  kNarrowed,   // without those at the ends that no gutter parts
  kToLastLed,  // the same, without those below the last that dots lead across
};

struct RegionFacts {
  BandFacts band;  // of the narrowed rows
  LabelFacts labels;
};

struct ReadingRule {
  std::string_view name;
  std::string_view reason;  // with the document that shows it
  Reading reading;
  Extent extent;
  bool (*holds)(const RegionFacts&);
};
const std::vector<ReadingRule>& reading_rules();

// The rule for the band; nullptr where none holds, and it is read down its columns. The band is
// narrowed to what the rule is about.
const ReadingRule* decide(const Segments& segments, const std::vector<Row>& rows, Band& band,
                          const RuleSettings& settings);

}  // namespace sluice::pdf
