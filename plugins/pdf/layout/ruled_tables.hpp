// SPDX-License-Identifier: Apache-2.0
//
// Tables whose cells are ruled: a net of upright and level rules that touch each other. Cells
// without a rule between them are one.
#pragma once

#include <cstdint>
#include <vector>

#include "../page/content.hpp"

namespace sluice::pdf {

struct GridCell {
  Box box;
  std::uint16_t row = 0;
  std::uint16_t column = 0;
  std::uint16_t row_span = 1;
  std::uint16_t column_span = 1;
};

struct Grid {
  Box box;
  std::uint32_t rows = 0;
  std::uint32_t columns = 0;
  std::vector<GridCell> cells;  // by row, then column
};

// The nets with at least two cells that `rules` make; what is in them is not looked at. Rules and
// grids are in the same frame.
std::vector<Grid> find_grids(const std::vector<Rule>& rules);

}  // namespace sluice::pdf
