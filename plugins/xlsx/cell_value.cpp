// SPDX-License-Identifier: Apache-2.0
#include "xlsx/cell_value.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>

namespace sluice::xlsx {

double rk_value(std::uint32_t bits) {
  const bool is_whole = (bits & 2U) != 0;
  const double value = is_whole ? static_cast<double>(static_cast<std::int32_t>(bits) >> 2)
                                : std::bit_cast<double>(std::uint64_t{bits & ~3U} << 32);
  return (bits & 1U) != 0 ? value / 100 : value;
}

std::string number_text(double value) {
  std::array<char, 400> room{};
  const double size = std::fabs(value);
  const bool is_plain = value == 0 || (size >= 1e-5 && size < 1e21);
  const auto end = is_plain ? std::to_chars(room.data(), room.data() + room.size(), value,
                                            std::chars_format::fixed)
                            : std::to_chars(room.data(), room.data() + room.size(), value);
  return {room.data(), end.ptr};
}

const char* error_text(std::uint8_t code) {
  switch (code) {
    case 0x00:
      return "#NULL!";
    case 0x07:
      return "#DIV/0!";
    case 0x0F:
      return "#VALUE!";
    case 0x17:
      return "#REF!";
    case 0x1D:
      return "#NAME?";
    case 0x24:
      return "#NUM!";
    case 0x2A:
      return "#N/A";
    default:
      return "#GETTING_DATA";
  }
}

}  // namespace sluice::xlsx
