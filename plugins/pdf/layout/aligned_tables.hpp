// SPDX-License-Identifier: Apache-2.0
//
// Tables without rules: the text between gutters to columns and cells.
#pragma once

#include <cstdint>
#include <vector>

#include "band.hpp"
#include "trace.hpp"

namespace sluice::pdf {

// A rule's name, as in a trace: heads that are centred over groups of columns span these.
inline constexpr std::string_view kGroupedHeads = "grouped-heads";

struct AlignedCell {
  std::vector<std::uint32_t> segments;  // row by row
  std::uint16_t column = 0;
  std::uint16_t column_span = 1;
};

struct AlignedTable {
  std::vector<std::vector<AlignedCell>> rows;
  std::uint32_t columns = 0;
};

// Parts segments that hold text of several columns.
AlignedTable make_table(Segments& segments, const std::vector<Row>& all_rows, Band band,
                        const RuleSettings& settings);

}  // namespace sluice::pdf
