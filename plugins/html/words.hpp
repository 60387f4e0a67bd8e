// SPDX-License-Identifier: Apache-2.0
//
// Words as attributes hold them: parted by blanks (`class`, `role`, `epub:type`, the `properties`
// of a package), and whatever the case of their letters.
#pragma once

#include <sluice/utf8.hpp>
#include <string>
#include <string_view>

namespace sluice::html {

// Where a search finds nothing.
inline constexpr std::size_t kNone = std::string_view::npos;

// ASCII whitespace (Infra 4.6).
inline bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

inline bool has_word(std::string_view words, std::string_view word) {
  for (std::size_t at = 0; (at = words.find(word, at)) != std::string_view::npos; ++at) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || words[at - 1] == ' ';
    if (begins && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

// Whether a text has no other characters than these.
inline bool holds_only(std::string_view text, std::u32string_view characters) {
  for (std::size_t at = 0; at < text.size();) {
    if (characters.find(next_char(text, at)) == std::u32string_view::npos) return false;
  }
  return true;
}

// With a to z for A to Z, and nothing else.
inline std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace sluice::html
