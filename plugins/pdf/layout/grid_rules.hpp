// SPDX-License-Identifier: Apache-2.0
//
// Whether a grid of rules is the table that it looks like. Rules also frame pages, forms and
// drawings, and part only some of a table's columns. Each reason against a grid is a named rule
// over facts that are counted once; text of such a grid is read as if nothing were ruled.
#pragma once

#include <string_view>
#include <vector>

#include "ruled_tables.hpp"
#include "segments.hpp"

namespace sluice::pdf {

// The text of a grid, by cells. `inside` and `cells` are in the order of the grid's cells.
struct GridText {
  std::vector<std::vector<std::uint32_t>> inside;  // words
  std::vector<Segments> cells;                     // with their evidence
  std::uint32_t chars = 0;
};

struct GridFacts {
  std::size_t cells = 0;
  std::size_t filled = 0;
  std::size_t columns = 0;  // with text
  std::size_t rows = 0;
  std::uint32_t chars = 0;
  std::uint32_t chars_in_rows = 0;  // in cells whose text stands in columns of its own
  std::size_t labels_with_figures =
      0;                        // lines of cells over several columns: a label, far away a figure
  std::size_t figure_rows = 0;  // lines with two figures or more side by side in one cell
};

struct GridRule {
  std::string_view name;
  std::string_view reason;
  bool (*holds)(const GridFacts&);  // the rules are no table
};
const std::vector<GridRule>& grid_rules();

GridFacts facts_of(const Grid& grid, const GridText& text);

}  // namespace sluice::pdf
