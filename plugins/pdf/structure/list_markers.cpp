// SPDX-License-Identifier: Apache-2.0
#include "list_markers.hpp"

#include <algorithm>
#include <cmath>

#include "../layout/segments.hpp"
#include "../page/unicode.hpp"
#include "columns.hpp"
#include "paragraph_measures.hpp"

namespace sluice::pdf {

namespace {

bool has_word(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    if (is_letter(c) || digit_of(c) >= 0 || is_private(c)) return true;
  }
  return false;
}

bool is_dash(char32_t c) {
  return c == '-' || c == 0x2013 || c == 0x2014;
}

// "- 8 -": the number of a page. `rest` is what stands behind the first dash.
bool is_number_before_dash(std::string_view rest) {
  bool has_digit = false;
  char32_t last = 0;
  for (std::size_t at = 0; at < rest.size();) {
    const char32_t c = next_char(rest, at);
    if (is_dash(last)) return false;
    if (c == ' ') continue;
    const bool is_digit = digit_of(c) >= 0;
    if (!is_digit && !is_dash(c)) return false;
    has_digit = has_digit || is_digit;
    last = c;
  }
  return has_digit && is_dash(last);
}

bool has_box(std::string_view text) {
  return text.find("\u2610") != text.npos || text.find("\u2611") != text.npos ||
         text.find("\u2612") != text.npos;
}

}  // namespace

bool begins_with_box(std::string_view text) {
  return text.starts_with("\u2610") || text.starts_with("\u2611") || text.starts_with("\u2612");
}

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
  const bool outline_number = is_outline_number(word);
  if (!outline_number && !is_list_marker(word)) return std::nullopt;
  ListMarker marker;
  std::size_t rest = end;
  while (rest < line.size() && line[rest] == ' ') ++rest;
  if (rest >= line.size()) return std::nullopt;
  marker.bytes = static_cast<std::uint32_t>(rest);
  if (outline_number) {
    marker.kind = MarkerKind::kLetter;
    marker.is_outline = true;
    marker.is_first = word.ends_with(".1.");
    return marker;
  }
  std::size_t at = word[0] == '(' ? 1 : 0;
  const char32_t first = next_char(word, at);
  // A row of stars or dashes is a rule.
  if ((first == '*' || first == '-') && !has_word(line.substr(rest))) return std::nullopt;
  if (is_dash(first) && is_number_before_dash(line.substr(rest))) return std::nullopt;
  if (first == 0x2610) marker.task = Task::kOpen;
  if (first == 0x2611 || first == 0x2612) marker.task = Task::kDone;
  // A choice within one line ("☒ Yes ☐ No") is no item of a list.
  if (marker.task != Task::kNone && has_box(line.substr(rest))) return std::nullopt;
  if (digit_of(first) >= 0) {
    marker.kind = MarkerKind::kNumber;
    marker.number = digit_of(first);
    while (at < word.size()) {
      const int digit = digit_of(next_char(word, at));
      if (digit < 0) break;
      marker.number = marker.number * 10 + digit;
    }
  } else if (is_letter(first)) {
    if (word.back() == ':') return std::nullopt;  // "Q:", "A:"
    marker.kind = MarkerKind::kLetter;
    marker.is_first = first == 'a' || first == 'A' || first == 'i' || first == 'I' ||
                      first == 0x430 || first == 0x410 ||                  // Cyrillic
                      first == 0x3B1 || first == 0x391 ||                  // Greek
                      first == 0x5D0 || first == 0x627 || first == 0x623;  // Hebrew, Arabic
    marker.may_be_initial =
        word[0] != '(' && word.back() == '.' && is_capital(first) && !is_right_to_left(first);
  }
  return marker;
}

bool is_hollow_bullet(const Story& story, const std::vector<Face>& faces, const Line& line) {
  const Span& first = story.spans[line.first_span];
  const std::string text = story.text_of(line);
  return text.size() > 2 && text.starts_with("o ") && first.bytes <= 2 && line.spans > 1 &&
         faces[first.face].mono && !line.mono;
}

bool counts_on_below(const Story& story, std::uint32_t index, std::int64_t number) {
  const Line& line = story.lines[index];
  const std::size_t end = std::min<std::size_t>(story.lines.size(), index + kLinesOfItem);
  for (std::size_t i = index + 1; i < end; ++i) {
    const Line& below = story.lines[i];
    if (below.column != line.column) break;
    if (std::abs(start_of(below) - start_of(line)) > line.size) continue;
    const auto marker = list_marker_of(story.text_of(below));
    if (marker && marker->kind == MarkerKind::kNumber) return marker->number == number + 1;
  }
  return false;
}

}  // namespace sluice::pdf
