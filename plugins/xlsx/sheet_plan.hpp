// SPDX-License-Identifier: Apache-2.0
//
// A sheet is a plane with things on it; Markdown has tables. The plan says which rectangles of the
// sheet become a table, and which become paragraphs. It is made of where cells are and never of
// what lies between them, so that one cell far away costs nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "xlsx/cell_text.hpp"
#include "xlsx/reference.hpp"

namespace sluice::xlsx {

struct PlannedColumn {
  std::uint32_t column = 0;
  bool number = false;  // below the first row
  bool text = false;
};

struct Region {
  std::uint32_t first_row = 0;
  std::uint32_t last_row = 0;
  std::uint64_t rows = 0;      // that have cells
  std::uint32_t captions = 0;  // of these the first ones, of one cell each: titles over a table
  bool long_text = false;      // some cell holds more than a table cell should
  bool numbers = false;        // in any row
  // The first row below the captions has numbers as the next one has: it is no header.
  bool starts_with_data = false;
  // No blank row parts it from the region above: the edge of a defined table does.
  bool follows = false;
  std::vector<PlannedColumn> columns;

  // Paragraphs instead of a table: a lone cell, or a column of prose.
  bool is_prose() const { return columns.size() == 1 && (rows == 1 || long_text); }
};

// Divides rows into regions:
//  - at rows where a defined table begins or has ended;
//  - at blank rows, unless the row after one or two of them looks like more of the same table: it
//    has numbers as the rows before, and lies under them; or it is the name of a group, a single
//    text in the first column, and the row directly below it is such a row.
// Rows come in their order.
class PlanBuilder {
 public:
  // `tables`: areas that the sheet defines as tables or filters.
  explicit PlanBuilder(const std::vector<Area>& tables);

  void add(const ShownRow& row);
  // The regions in order. Call it once, at the end.
  std::vector<Region> finish();

 private:
  bool begins_region(const ShownRow& row) const;
  bool is_under(const ShownRow& row) const;
  bool may_name_group(const ShownRow& row) const;
  bool goes_on_below(const ShownRow& name, const ShownRow& row) const;
  std::uint64_t gap_before(const ShownRow& row) const;
  enum class Place : std::uint8_t { kNewRegion, kSameRegion };
  void put(const ShownRow& row, Place place);
  void widen_columns(const ShownRow& row);

  std::vector<std::uint32_t> starts_;  // rows that begin something, sorted
  std::vector<Region> regions_;
  std::optional<ShownRow> name_;  // perhaps of a group: the next row tells
  bool numbers_ = false;          // in the present region
  bool captions_ = false;         // only rows of one cell so far
};

// Tables side by side: where a region's columns leave room of three columns or more, belong to
// different tables, or leave any room between blocks of two columns and more of which the right one
// begins with a column of words, as tables do. (Columns of numbers behind a blank one are most
// often more of the same table.) Groups of columns, each a list of its columns' numbers, at least
// one.
std::vector<std::vector<std::uint32_t>> column_groups(const Region& region,
                                                      const std::vector<Area>& tables);

// Blocks side by side, of several tables each. The edge of a table parts the rows of its own block
// alone: what stands beside it goes on there. `regions`: one, and those that follow it. Groups of
// columns, each with cells in two of the regions at least; one group if there are no such blocks,
// and each region is to be divided by itself.
std::vector<std::vector<std::uint32_t>> column_blocks(std::span<const Region> regions,
                                                      const std::vector<Area>& tables);

}  // namespace sluice::xlsx
