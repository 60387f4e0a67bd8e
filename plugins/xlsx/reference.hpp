// SPDX-License-Identifier: Apache-2.0
//
// Places in a sheet: "B3", "A1:D20" (ECMA-376, part 1, 18.18.7 and 18.18.62). Rows and columns
// count from 1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::xlsx {

inline constexpr std::uint32_t kMaxRows = 1'048'576;
inline constexpr std::uint32_t kMaxColumns = 16'384;

struct Place {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
};

struct Area {
  Place first;
  Place last;
  bool contains(std::uint32_t row, std::uint32_t column) const {
    return row >= first.row && row <= last.row && column >= first.column && column <= last.column;
  }
};

// Nothing for what lies outside of every sheet, or is no place. `$` is skipped.
std::optional<Place> parse_place(std::string_view text);
// One place is an area, too; corners come in any order.
std::optional<Area> parse_area(std::string_view text);
std::string place_name(std::uint32_t row, std::uint32_t column);

}  // namespace sluice::xlsx
