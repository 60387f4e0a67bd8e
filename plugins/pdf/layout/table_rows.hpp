// SPDX-License-Identifier: Apache-2.0
//
// Lines of a borderless table to its rows. A cell may have several lines, so two readings of the
// table are weighed as wholes: each line is a row, or rows are apart and closer lines go on with
// their cells. The rules have names and stand in one list (row_rules()).
#pragma once

#include <string_view>
#include <vector>

#include "aligned_tables.hpp"
#include "trace.hpp"

namespace sluice::pdf {

// A line of the table, by columns.
struct TableLine {
  std::vector<AlignedCell> cells;
  float baseline = 0;
  float size = 0;
};

// What is known of a line that may go on with the row above it.
struct LineFacts {
  const TableLine& line;
  const TableLine& before;              // the line above
  const std::vector<AlignedCell>& row;  // what the row above has so far
  std::size_t columns = 0;
  bool under_group = false;       // above the figures, below a line with spans and fewer cells
  bool in_head = false;           // both lines are above the first line of figures
  bool rows_are_apart = false;    // more often than not, and nothing speaks against it
  bool two_figures = false;       // a cell would hold two numbers
  bool same_columns = false;      // as many cells as above, three at least, in the same columns
  bool pair_below_pair = false;   // a bold label and its value, as in these columns above
  bool has_label = false;         // text in the first column
  bool label_goes_on = false;     // which begins with a small letter
  bool only_label_above = false;  // nothing but a label in the row above
  bool hangs = false;             // a label alone, set in, that found no room in the line above
  bool only_text = false;         // no figures
};

enum class RowStep : std::uint8_t { kNewRow, kGoesOn };

struct RowRule {
  std::string_view name;
  std::string_view reason;
  RowStep step;
  bool (*holds)(const LineFacts&);
};
const std::vector<RowRule>& row_rules();

// Adds the cells of a line that is of the row: to what is in their columns, or as cells of their
// own.
void add_cells(std::vector<AlignedCell>& row, std::vector<AlignedCell> cells);

std::vector<std::vector<AlignedCell>> rows_of_lines(const Segments& segments,
                                                    std::vector<TableLine> lines,
                                                    std::size_t columns,
                                                    const RuleSettings& settings);

}  // namespace sluice::pdf
