// SPDX-License-Identifier: Apache-2.0
//
// Blanks around and within text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sluice {

// The blanks of ASCII: what formats of text set their words apart with.
inline constexpr std::string_view kAsciiBlanks = " \t\n\v\f\r";

// `text` without the bytes of `blanks` at both ends.
constexpr std::string_view trimmed(std::string_view text, std::string_view blanks = kAsciiBlanks) {
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

// Whether a reader sees nothing in `text` (UTF-8): it is empty, or has only control characters and
// blanks of any width (Unicode's White_Space, U+200B, U+FEFF).
bool is_blank(std::string_view text);
bool is_blank_character(char32_t c);

// Whether two letters or digits of `text` (UTF-8) stand beside each other: not in "#", "- 1 -".
bool has_word(std::string_view text);

// `text` as one line: each run of control characters and ASCII blanks becomes one blank, and there
// is none at the ends. At most `max_bytes`, cut between characters: for titles and metadata, which
// the host bounds.
std::string one_line(std::string_view text, std::size_t max_bytes = 8 * 1024);

}  // namespace sluice
