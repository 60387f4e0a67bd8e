// SPDX-License-Identifier: Apache-2.0
//
// The table that is open and the cell that is being filled. A cell is one line, so what it holds
// becomes text: items get their markers, rows of inner tables a line each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <sluice/markdown_writer.hpp>
#include <span>
#include <string_view>
#include <vector>

#include "markdown/markdown_inline.hpp"
#include "markdown/markdown_table.hpp"

namespace sluice::markdown {

class Cells {
 public:
  // `leaf`: where the content of the open cell is collected.
  explicit Cells(InlineBuffer& leaf) : leaf_(leaf) {}

  bool in_table() const { return tables_ > 0; }
  bool in_cell() const { return in_cell_; }

  // Tables nest, but only the outermost is one in Markdown.
  void begin_table(const TableOptions& options);
  void end_table();
  void begin_row();
  void end_row();
  void begin_cell(const CellOptions& options);
  void end_cell();

  // Whether a row that comes as a whole can become a line at once: nothing of the table is open,
  // and no cell from above reaches down.
  bool can_append_row() const;
  // Appends the line of such a row.
  void append_row(std::span<const std::string_view> cells, Piece& line);

  // Within a cell.
  void begin_list(const ListOptions& options) { lists_.push_back(options); }
  void end_list();
  void begin_item(const ItemOptions& options);
  void end_line();

  // The lines of the table that are complete, once each: those of all rows after the last cell, or
  // of each row if the number of columns is known.
  std::vector<Piece> release_lines();

 private:
  bool is_outermost() const { return tables_ == 1; }
  void close_cell();
  void append_cell(std::string_view text, Piece& line);

  InlineBuffer& leaf_;
  std::uint32_t tables_ = 0;
  bool in_cell_ = false;
  std::optional<TableGrid> grid_;
  std::vector<Piece> lines_;  // complete, and not released
  CellOptions options_;
  std::vector<ListOptions> lists_;
  std::size_t marker_end_ = 0;  // the leaf's size behind the last item's marker
  Piece rendered_;              // a cell of a row that comes as a whole
};

}  // namespace sluice::markdown
