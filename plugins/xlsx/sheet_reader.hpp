// SPDX-License-Identifier: Apache-2.0
//
// A worksheet's part, read as a stream of rows (ECMA-376, part 1, 18.3.1). Holds one row at a time,
// and what the sheet says about areas.
#pragma once

#include <cstdint>
#include <functional>
#include <sluice/opc.hpp>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "xlsx/reference.hpp"

namespace sluice::xlsx {

enum class CellType : std::uint8_t { kNumber, kShared, kText, kBoolean, kError, kDate };

// A cell as it stands in the part.
struct Cell {
  std::uint32_t column = 0;
  std::uint32_t style = 0;
  std::uint32_t value_metadata = 0;  // of errors; see cell_images.hpp
  CellType type = CellType::kNumber;
  bool has_formula = false;
  bool has_value = false;  // which may be empty: that of a formula that comes to no text
  std::string value;       // of kShared the number of the string
  std::string formula;     // without "="; empty for cells that share one that stands elsewhere
};

// A row with cells, in the order of their columns, each column once.
struct Row {
  std::uint32_t number = 0;
  bool hidden = false;
  std::span<const Cell> cells;
};

struct Hyperlink {
  Area area;
  std::string relationship;  // of an outside target; empty if there is none
  std::string location;      // within the target, or within the workbook
};

// Of each kind that SheetFacts holds: what is beyond is left out.
inline constexpr std::size_t kMaxFacts = 100'000;

// What the sheet says outside of its rows.
struct SheetFacts {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> hidden_columns;  // first, last
  std::vector<Area> merges;
  std::vector<Hyperlink> links;
  std::vector<Area> filters;
  std::vector<std::string> print_margins;  // headers and footers on paper, as codes
  bool has_own_number_formats = false;     // rules with a number format in themselves
  bool column_hidden(std::uint32_t column) const;
};

// Reads the sheet once. `on_row` gets each row that has a cell with something in it, in the order
// of the part; its cells are valid during the call. Facts that come after the rows are there when
// it returns. Throws what stream_xml and `on_row` throw: rows before a broken place have been given
// then.
void read_sheet(const OpcPackage& package, const std::string& part, SheetFacts& facts,
                const std::function<void(const Row&)>& on_row);

}  // namespace sluice::xlsx
