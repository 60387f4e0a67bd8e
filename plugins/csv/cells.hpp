// SPDX-License-Identifier: Apache-2.0
//
// What the cells of a row are.
#pragma once

#include <string_view>

namespace sluice::csv {

// "12", "-1.5", "1,234.50", "50 %", "1e-3", "$ 3": what a reader compares by its digits.
bool is_number(std::string_view cell);

}  // namespace sluice::csv
