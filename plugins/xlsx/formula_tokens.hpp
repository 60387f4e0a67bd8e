// SPDX-License-Identifier: Apache-2.0
//
// Formulas as binary workbooks store them: tokens in the order in which they are computed
// ([MS-XLSB] 2.5.97, [MS-XLS] 2.5.198). Those that cell_formula.hpp can decide become the text that
// it reads.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "xlsx/reference.hpp"

namespace sluice::xlsx {

// Of .xls (sheets of 65,536 rows and 256 columns), and of .xlsb.
enum class TokenForm : unsigned char { kExcel97, kExcel2007 };

// Constants, cells, comparisons, AND, OR and NOT. Nothing if there is more in it, if it makes no
// sense, or if the text would be longer than kMaxFormulaBytes. `base`: the cell that references
// are relative to; in the text they stand as they are for that cell.
std::optional<std::string> formula_of_tokens(std::string_view tokens, TokenForm form, Place base);

}  // namespace sluice::xlsx
