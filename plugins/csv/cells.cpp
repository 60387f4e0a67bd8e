// SPDX-License-Identifier: Apache-2.0
#include "csv/cells.hpp"

#include <array>
#include <sluice/ascii.hpp>

namespace sluice::csv {

namespace {

constexpr std::array<bool, 256> make_stands_in_numbers() {
  std::array<bool, 256> stands{};
  for (const char c : std::string_view("0123456789+-., %$eE")) {
    stands[static_cast<unsigned char>(c)] = true;
  }
  return stands;
}
constexpr auto kStandsInNumbers = make_stands_in_numbers();

}  // namespace

bool is_number(std::string_view cell) {
  bool digits = false;
  for (const char c : cell) {
    if (!kStandsInNumbers[static_cast<unsigned char>(c)]) return false;
    digits = digits || is_ascii_digit(c);
  }
  const bool starts =
      !cell.empty() && std::string_view("+-.$").find(cell[0]) != std::string_view::npos;
  return digits && (is_ascii_digit(cell[0]) || starts);
}

}  // namespace sluice::csv
