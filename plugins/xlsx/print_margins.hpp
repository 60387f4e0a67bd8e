// SPDX-License-Identifier: Apache-2.0
//
// The headers and footers that a sheet has on paper (ECMA-376, part 1, 18.3.1.39;
// [MS-XLS] 2.4.136). They are left out; a note quotes them.
#pragma once

#include <sluice/left_out.hpp>
#include <string>
#include <string_view>

namespace sluice::xlsx {

struct PrintMargins : LeftOut {
  PrintMargins() : LeftOut("print header or footer is", "print headers and footers are", "") {}
};

// What one says itself: without fields (date, file, sheet), fonts and sizes, and without its parts
// that count pages. Empty if there is no word in it.
std::string text_of_margin(std::string_view code);

}  // namespace sluice::xlsx
