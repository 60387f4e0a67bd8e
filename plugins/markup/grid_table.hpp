// SPDX-License-Identifier: Apache-2.0
//
// Tables that are drawn with signs, as reStructuredText has them ("Grid tables", "Simple tables").
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "markup/source.hpp"

namespace sluice::markup {

struct GridCell {
  std::uint32_t columns = 1;
  std::uint32_t rows = 1;
  Lines lines;
};
using GridRow = std::vector<GridCell>;

// "+---+---+", with `=` below a header.
bool is_grid_border(std::string_view line);
// "==== ====".
bool is_simple_border(std::string_view line);

// The table of lines [begin, end); nothing if it is not drawn well.
std::optional<std::vector<GridRow>> read_grid(const Lines& lines, std::size_t begin,
                                              std::size_t end);

// The last line that may end a simple table: a border that a blank line or the end follows. 0 if
// there is none.
std::size_t last_simple_border(const Lines& lines);

struct SimpleTable {
  std::vector<GridRow> rows;
  std::size_t end = 0;  // the line behind it
};
std::optional<SimpleTable> read_simple_table(const Lines& lines, std::size_t begin);

}  // namespace sluice::markup
