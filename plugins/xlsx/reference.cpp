// SPDX-License-Identifier: Apache-2.0
#include "xlsx/reference.hpp"

#include <algorithm>

namespace sluice::xlsx {

std::optional<Place> parse_place(std::string_view text) {
  Place place;
  std::size_t at = 0;
  const auto skip_dollar = [&] {
    if (at < text.size() && text[at] == '$') ++at;
  };
  skip_dollar();
  for (; at < text.size(); ++at) {
    const char c = static_cast<char>(text[at] | 0x20);
    if (c < 'a' || c > 'z') break;
    place.column = place.column * 26 + static_cast<std::uint32_t>(c - 'a' + 1);
    if (place.column > kMaxColumns) return std::nullopt;
  }
  skip_dollar();
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    place.row = place.row * 10 + static_cast<std::uint32_t>(text[at] - '0');
    if (place.row > kMaxRows) return std::nullopt;
  }
  if (at != text.size() || place.row == 0 || place.column == 0) return std::nullopt;
  return place;
}

std::optional<Area> parse_area(std::string_view text) {
  const auto colon = text.find(':');
  const auto a = parse_place(text.substr(0, colon));
  const auto b = colon == std::string_view::npos ? a : parse_place(text.substr(colon + 1));
  if (!a || !b) return std::nullopt;
  return Area{{std::min(a->row, b->row), std::min(a->column, b->column)},
              {std::max(a->row, b->row), std::max(a->column, b->column)}};
}

std::string place_name(std::uint32_t row, std::uint32_t column) {
  std::string letters;
  for (; column > 0; column = (column - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  }
  return letters + std::to_string(row);
}

}  // namespace sluice::xlsx
