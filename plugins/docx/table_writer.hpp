// SPDX-License-Identifier: Apache-2.0
//
// The tables that are open, and which of their rows and cells are written, as their grids have
// them.
#pragma once

#include <cstddef>
#include <sluice/xml.hpp>
#include <vector>

#include "docx/flow.hpp"
#include "docx/table_grid.hpp"

namespace sluice::docx {

class TableWriter {
 public:
  TableWriter(MarkdownWriter& out, const Settings& settings) : out_(out), settings_(settings) {}

  bool is_empty() const { return tables_.empty(); }

  void begin(Grid grid);
  void end();
  // Each says whether to go into the row or the cell.
  Walk begin_row(XmlNode row);
  Walk begin_cell(XmlNode cell);
  void end_row();
  void end_cell();
  // What divides the paragraphs of the innermost table's cells.
  Divide divide() const;

 private:
  struct OpenTable {
    Grid grid;
    std::size_t next_row = 0;
    std::size_t next_cell = 0;
    bool is_frame() const { return grid.is_frame; }
  };

  MarkdownWriter& out_;
  const Settings& settings_;
  std::vector<OpenTable> tables_;
};

}  // namespace sluice::docx
