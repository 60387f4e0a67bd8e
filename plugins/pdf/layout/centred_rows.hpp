// SPDX-License-Identifier: Apache-2.0
//
// Rows of cells that stand in the middle of their rows: a cell of two lines beside a cell of one
// has its lines above and below the other's. Such lines are one row of cells, not three rows.
#pragma once

#include <string_view>
#include <vector>

#include "gutters.hpp"
#include "segments.hpp"
#include "trace.hpp"

namespace sluice::pdf {

// The rule's name, as in a trace.
inline constexpr std::string_view kCentredCells = "centred-cells";

// Gives the lines of such a row one Segment::cells_row, and puts them in order by x.
void join_centred_rows(Segments& segments, const RuleSettings& settings);

// The lines of a row, from the top.
std::vector<Row> lines_of(const Segments& segments, const Row& row);

}  // namespace sluice::pdf
