// SPDX-License-Identifier: Apache-2.0
//
// Columns that stand so close that a gap between them is no wider than a blank: figures at the
// right of their cells, and text at the left of the next ("3 old" above "120 order soon"). What
// shows them is not a gap but an edge: in row after row, text begins at the same place behind
// figures.
#pragma once

#include <optional>
#include <vector>

#include "band.hpp"
#include "trace.hpp"

namespace sluice::pdf {

// Names of the rules here, as in a trace.
//
// "3 old" above "120 order soon": words of three rows begin where no row has text across, and the
// figures before them end at other places, or are missing. "Gate 1" above "Gate 2" is one column.
inline constexpr std::string_view kTightColumns = "tight-columns";
// "exclusion rate before substitution" over two columns of figures: each half ends, begins or is
// centred where the figures below it are.
inline constexpr std::string_view kGluedHeads = "glued-heads";

// Parts the band's columns at such edges: adds the gutters, and parts segments that cross them.
void part_tight_columns(Segments& segments, std::vector<Row>& rows, Band& band,
                        const RuleSettings& settings);

// Parts segments that hold the text of several columns; `boxes`: where these columns' text stands.
void part_glued_heads(Segments& segments, std::vector<Row>& rows, const Band& band,
                      const std::vector<Box>& boxes, const RuleSettings& settings);

}  // namespace sluice::pdf
