// SPDX-License-Identifier: Apache-2.0
//
// How a number is written in a list label.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice {

// `value` as UTF-8 in a number format of ECMA-376, part 1, 17.18.59 ("lowerRoman",
// "chineseCounting"); decimal for formats that are not known and for values that a format cannot
// write.
std::string list_number(std::int64_t value, std::string_view format);

}  // namespace sluice
