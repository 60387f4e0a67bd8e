// SPDX-License-Identifier: Apache-2.0
//
// Values of cells in binary records ([MS-XLSB] 2.5, [MS-XLS] 2.5), as the XML form spells them.
#pragma once

#include <cstdint>
#include <string>

namespace sluice::xlsx {

// A number in 30 bits, whole or the first of a double, perhaps to be divided by 100 ([MS-XLSB]
// 2.5.123).
double rk_value(std::uint32_t bits);
// As XML has it: without an exponent wherever that stays short.
std::string number_text(double value);
// "#DIV/0!" for 7 ([MS-XLSB] 2.5.97.2).
const char* error_text(std::uint8_t code);

}  // namespace sluice::xlsx
