// SPDX-License-Identifier: Apache-2.0
//
// Whether a simple formula holds for a cell: comparisons of constants and of cells of its row, AND,
// OR and NOT of them. Everything else is not decided.
#pragma once

#include <optional>
#include <string_view>

#include "xlsx/shared_strings.hpp"
#include "xlsx/sheet_reader.hpp"

namespace sluice::xlsx {

// What a cell or a constant is. The order of kinds is that in which Excel sorts them; a blank cell
// is equal to 0, to FALSE and to an empty text.
struct Operand {
  enum class Kind : unsigned char { kBlank, kNumber, kText, kBoolean } kind = Kind::kBlank;
  double number = 0;  // of kBoolean 0 or 1
  std::string_view text;
};

// Nothing for an error.
std::optional<Operand> operand_of(const Cell& cell, const SharedStrings& strings);
// Below 0, 0 or above 0; letters of both cases are equal.
int compare(const Operand& a, const Operand& b);

// Where a formula is looked at: references that are relative are relative to `base` as it stands,
// and to the cell now.
struct FormulaPlace {
  const Row& row;
  Place cell;
  Place base;
  const SharedStrings& strings;
};

// The value of a constant or of a cell; nothing if the formula is more, or not known.
std::optional<Operand> value_of_formula(std::string_view formula, const FormulaPlace& place);
// Whether it holds; nothing if that is not decided here.
std::optional<bool> holds(std::string_view formula, const FormulaPlace& place);

}  // namespace sluice::xlsx
