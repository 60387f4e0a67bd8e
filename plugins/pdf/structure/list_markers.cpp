// SPDX-License-Identifier: Apache-2.0
#include "list_markers.hpp"

#include "../layout/segments.hpp"
#include "../page/unicode.hpp"

namespace sluice::pdf {

std::optional<ListMarker> list_marker_of(std::string_view line) {
  std::size_t end = line.find(' ');
  // A bullet may touch its text.
  if (!line.empty()) {
    std::size_t at = 0;
    const char32_t first = next_char(line, at);
    const bool sure = first == 0x2022 || first == 0x25CF || first == 0x25AA || first == 0x25A0 ||
                      is_private(first) || first == 0x25E6 || first == 0x25CB || first == 0x27A2;
    if (sure && at < line.size() && line[at] != ' ') end = at;
  }
  if (end == std::string_view::npos || end == 0) return std::nullopt;
  const std::string_view word = line.substr(0, end);
  if (!is_list_marker(word)) return std::nullopt;
  ListMarker marker;
  std::size_t rest = end;
  while (rest < line.size() && line[rest] == ' ') ++rest;
  if (rest >= line.size()) return std::nullopt;
  marker.bytes = static_cast<std::uint32_t>(rest);
  const std::size_t digits = word[0] == '(' ? 1 : 0;
  if (word[digits] >= '0' && word[digits] <= '9') {
    marker.kind = MarkerKind::kNumber;
    for (std::size_t i = digits; i < word.size() && word[i] >= '0' && word[i] <= '9'; ++i) {
      marker.number = marker.number * 10 + (word[i] - '0');
    }
  } else if ((word[digits] >= 'a' && word[digits] <= 'z') ||
             (word[digits] >= 'A' && word[digits] <= 'Z')) {
    marker.kind = MarkerKind::kLetter;
  }
  return marker;
}

}  // namespace sluice::pdf
