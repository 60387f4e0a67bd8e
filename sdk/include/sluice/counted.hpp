// SPDX-License-Identifier: Apache-2.0
//
// A number and what is counted, for messages: "1 page", "2 pages".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice {

// With `one` for exactly 1 and `many` for all else: "1 row is missing", "0 rows are missing".
inline std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count).append(" ").append(count == 1 ? one : many);
}

// For a noun whose plural ends in s.
inline std::string counted(std::uint64_t count, std::string_view noun) {
  std::string text = counted(count, noun, noun);
  return count == 1 ? text : text + "s";
}

}  // namespace sluice
