// SPDX-License-Identifier: Apache-2.0
//
// The cells of a table with the places they cover, before any of them is written
// (ECMA-376, part 1, 17.4: gridSpan, vMerge, gridBefore).
#pragma once

#include <cstdint>
#include <sluice/markdown_writer.hpp>
#include <sluice/xml.hpp>
#include <vector>

#include "docx/numbering.hpp"
#include "docx/settings.hpp"
#include "docx/styles.hpp"

namespace sluice::docx {

struct GridCell {
  XmlNode node;
  std::uint32_t span = 1;  // columns
  std::uint32_t rows = 1;  // 0: goes on from the cell above, and is not written
  Align align = Align::kNone;
};

struct GridRow {
  XmlNode node;
  std::uint32_t before = 0;  // empty columns before the first cell
  std::vector<GridCell> cells;
};

struct Grid {
  std::vector<GridRow> rows;  // without those that tracked changes take away
  // A frame around blocks rather than a table: one column, or a heading that was put in its place
  // by empty cells.
  bool is_frame = false;
};

Grid read_grid(XmlNode table, Changes changes, const Styles& styles, const Numbering& numbering);

}  // namespace sluice::docx
