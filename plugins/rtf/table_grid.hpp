// SPDX-License-Identifier: Apache-2.0
//
// From RTF's rows, each with edges of its own, to a table with columns ("Table definitions":
// \cellx, \clmgf, \clvmgf).
#pragma once

#include <cstdint>
#include <vector>

#include "rtf/model.hpp"

namespace sluice::rtf {

struct CellEdge {
  std::int32_t right = 0;    // in twentieths of a point
  bool merged = false;       // belongs to the cell left of it
  bool starts_down = false;  // goes on below
  bool goes_down = false;    // goes on from the cell above
};

struct RowShape {
  std::int32_t left = 0;
  std::vector<CellEdge> edges;
};

struct RawRow {
  RowShape shape;
  std::vector<std::vector<Block>> cells;
};

Table make_table(std::vector<RawRow> rows);

}  // namespace sluice::rtf
