// SPDX-License-Identifier: Apache-2.0
//
// Tables: rows and cells as their grid has them.
#include <algorithm>
#include <utility>

#include "story.hpp"

namespace sluice::docx {

Walk Story::begin_table(pugi::xml_node table) {
  end_joined();
  OpenTable open;
  open.grid = read_grid(table, document_.settings.changes);
  if (open.grid.rows.empty()) return Walk::kOver;
  flow().close();
  write_page_marker();
  if (!open.is_frame()) {
    TableOptions options;
    options.spans = document_.settings.merged_cells;
    out_.begin_table(options);
  }
  tables_.push_back(std::move(open));
  return Walk::kInto;
}

Walk Story::begin_row(pugi::xml_node row) {
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
    CellOptions empty;
    empty.column_span = grid_row.before;
    out_.begin_cell(empty);
    out_.end_cell();
  }
  return Walk::kInto;
}

Walk Story::begin_cell(pugi::xml_node cell) {
  if (tables_.empty()) return Walk::kInto;
  OpenTable& table = tables_.back();
  if (table.next_row == 0) return Walk::kOver;
  const std::vector<GridCell>& cells = table.grid.rows[table.next_row - 1].cells;
  while (table.next_cell < cells.size() && cells[table.next_cell].node != cell) ++table.next_cell;
  if (table.next_cell == cells.size()) return Walk::kOver;
  const GridCell& grid_cell = cells[table.next_cell++];
  if (grid_cell.rows == 0) return Walk::kOver;
  const auto tables = std::count_if(tables_.begin(), tables_.end(),
                                    [](const OpenTable& open) { return !open.is_frame(); });
  flows_.emplace_back(out_, tables > 1 ? Divide::kBlanks : Divide::kLines);
  if (table.is_frame()) return Walk::kInto;
  CellOptions options;
  options.column_span = grid_cell.span;
  options.row_span = grid_cell.rows;
  options.align = grid_cell.align;
  out_.begin_cell(options);
  return Walk::kInto;
}

void Story::end_cell() {
  if (tables_.empty() || flows_.size() < 2) return;
  end_joined();
  flow().close();
  flows_.pop_back();
  if (!tables_.back().is_frame()) out_.end_cell();
}

void Story::end_row() {
  if (!tables_.empty() && !tables_.back().is_frame()) out_.end_row();
}

void Story::end_table() {
  if (tables_.empty()) return;
  if (!tables_.back().is_frame()) out_.end_table();
  tables_.pop_back();
}

}  // namespace sluice::docx
