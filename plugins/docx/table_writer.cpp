// SPDX-License-Identifier: Apache-2.0
#include "docx/table_writer.hpp"

#include <algorithm>
#include <utility>

namespace sluice::docx {

void TableWriter::begin(Grid grid) {
  if (!grid.is_frame) out_.begin_table({.spans = settings_.merged_cells});
  tables_.push_back({.grid = std::move(grid)});
}

Walk TableWriter::begin_row(XmlNode row) {
  if (tables_.empty()) return Walk::kInto;
  OpenTable& table = tables_.back();
  const bool is_next =
      table.next_row < table.grid.rows.size() && table.grid.rows[table.next_row].node == row;
  if (!is_next) return Walk::kOver;
  table.next_cell = 0;
  const GridRow& grid_row = table.grid.rows[table.next_row++];
  if (table.is_frame()) return Walk::kInto;
  out_.begin_row();
  if (grid_row.before > 0) {
    out_.begin_cell({.column_span = grid_row.before});
    out_.end_cell();
  }
  return Walk::kInto;
}

Walk TableWriter::begin_cell(XmlNode cell) {
  if (tables_.empty()) return Walk::kInto;
  OpenTable& table = tables_.back();
  if (table.next_row == 0) return Walk::kOver;
  const std::vector<GridCell>& cells = table.grid.rows[table.next_row - 1].cells;
  while (table.next_cell < cells.size() && cells[table.next_cell].node != cell) ++table.next_cell;
  if (table.next_cell == cells.size()) return Walk::kOver;
  const GridCell& grid_cell = cells[table.next_cell++];
  if (grid_cell.rows == 0) return Walk::kOver;
  if (table.is_frame()) return Walk::kInto;
  out_.begin_cell(
      {.column_span = grid_cell.span, .row_span = grid_cell.rows, .align = grid_cell.align});
  return Walk::kInto;
}

Divide TableWriter::divide() const {
  const auto tables = std::count_if(tables_.begin(), tables_.end(),
                                    [](const OpenTable& open) { return !open.is_frame(); });
  return tables > 1 ? Divide::kBlanks : Divide::kLines;
}

void TableWriter::end_cell() {
  if (!tables_.back().is_frame()) out_.end_cell();
}

void TableWriter::end_row() {
  if (!tables_.empty() && !tables_.back().is_frame()) out_.end_row();
}

void TableWriter::end() {
  if (tables_.empty()) return;
  if (!tables_.back().is_frame()) out_.end_table();
  tables_.pop_back();
}

}  // namespace sluice::docx
