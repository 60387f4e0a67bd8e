// SPDX-License-Identifier: Apache-2.0
//
// The tables of data that are open; tables of layout are unfolded, listings in tables are code.
#pragma once

#include <string>
#include <vector>

#include "part.hpp"

namespace sluice::html {

class Tables : private Part {
 public:
  explicit Tables(Written& written) : Part(written) {}

  bool empty() const { return tables_.empty(); }
  bool in_cell() const { return !tables_.empty() && tables_.back().in_cell; }
  Step enter_table(NodeId i);
  void leave_table();
  Step enter_row(NodeId i);
  Step enter_cell(NodeId i);
  void leave_cell();

 private:
  struct Table {
    bool begun = false;
    bool in_cell = false;
  };

  bool is_data(NodeId table) const { return (marks_[table] & kDataTable) != 0; }
  // Writes a table that is a listing.
  bool is_code_table(NodeId i);
  // The table whose row or cell this is: a data table, or kRootNode.
  NodeId data_table_of(NodeId i) const;
  // A sum whose currency stands by itself, joined; empty for any other cell.
  std::string sum_in(NodeId cell) const;
  Align align_of(NodeId cell) const;

  std::vector<Table> tables_;
};

}  // namespace sluice::html
