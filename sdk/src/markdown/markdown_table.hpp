// SPDX-License-Identifier: Apache-2.0
//
// One GFM table: places cells on a grid, spans included, and writes its lines. A span can ask for
// far more cells than the document has bytes, so what spans may add is budgeted.
#pragma once

#include <cstdint>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <vector>

#include "markdown/markdown_inline.hpp"

namespace sluice::markdown {

class TableGrid {
 public:
  explicit TableGrid(const TableOptions& options) : options_(options) {}

  void begin_row();
  void add_cell(const CellOptions& options, Piece content);
  void end_row();

  // Whether the next row can be written without being kept: all above it has been, and no cell
  // reaches down.
  bool can_append_line() const {
    return streams() && header_written_ && rows_.empty() && carried_.empty();
  }
  // Counts a row of so many cells, with so many bytes, that is written elsewhere. Returns how many
  // places its line has.
  std::size_t count_row(std::size_t cells, std::size_t bytes);

  // Whether the rows so far may be written already: the number of columns is known.
  bool streams() const { return options_.columns > 0; }
  // Moves the lines that are ready to `out`, each without its line end; after end_row if the grid
  // streams, else at the end of the table.
  void move_lines(std::vector<Piece>& out);

 private:
  struct Carried {  // a cell above that reaches down
    std::uint32_t rows = 0;
    Piece content;
  };
  void fill_carried();
  bool afford(std::size_t bytes);
  std::size_t places_of(std::size_t cells, std::size_t columns) const;
  Piece line_of(const std::vector<Piece>& row, std::size_t columns) const;
  Piece delimiter_line(std::size_t columns) const;

  TableOptions options_;
  std::vector<std::vector<Piece>> rows_;
  std::vector<Carried> carried_;
  std::vector<Align> align_;
  std::uint64_t rows_begun_ = 0;
  std::uint64_t budget_ = 1 << 20;  // bytes that spans may still add
  bool header_written_ = false;
};

}  // namespace sluice::markdown
