// SPDX-License-Identifier: Apache-2.0
//
// From Word's rows, each with the places where its cells end, to the tables of WordprocessingML,
// whose cells span columns of one grid. Tables may stand in cells of others.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "doc/looks.hpp"

namespace sluice::doc {

class Tables {
 public:
  // Appends to `out`, which must outlive it.
  explicit Tables(std::string& out) : out_(out) {}

  // A paragraph's XML, and what its looks say of tables.
  void paragraph(const std::string& xml, const ParagraphLooks& looks, bool ends_cell);
  // Ends all tables.
  void finish() { close_to(0); }

 private:
  struct Row {
    std::vector<std::string> cells;
    TableShape shape;
    bool is_header = false;
  };
  struct Table {
    std::vector<Row> rows;
    std::vector<std::string> cells;  // of the row that is not ended
    std::string cell;                // that is not ended
  };

  void close_to(std::size_t depth);
  void end_row(const ParagraphLooks& looks);
  std::string& place();
  static std::string table_xml(const Table& table);
  static void append_row(std::string& out, const Row& row, const std::vector<std::int16_t>& grid);

  std::string& out_;
  std::vector<Table> open_;
};

}  // namespace sluice::doc
