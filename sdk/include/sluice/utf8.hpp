// SPDX-License-Identifier: Apache-2.0
//
// Stepping through UTF-8 that may be broken. Nothing here ever reads past the end of its view or
// moves by zero bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sluice {

// One character of a text. `length` is 1 to 4; where the bytes are not UTF-8 (RFC 3629: overlong
// forms, surrogates and values over U+10FFFF are not), `valid` is false, `code` is U+FFFD and
// `length` covers the longest prefix of a possible character (Unicode 15, section 3.9, "best
// practice for U+FFFD substitution").
struct Utf8Char {
  char32_t code = 0;
  unsigned length = 1;
  bool valid = true;
};

// The character that begins at `text[at]`. REQUIRES: at < text.size().
Utf8Char utf8_at(std::string_view text, std::size_t at);

// The character that begins at `text[at]`, and moves `at` behind it; U+FFFD for what is not UTF-8.
// REQUIRES: at < text.size().
inline char32_t next_char(std::string_view text, std::size_t& at) {
  if (const auto byte = static_cast<unsigned char>(text[at]); byte < 0x80) {
    ++at;
    return byte;
  }
  const Utf8Char character = utf8_at(text, at);
  at += character.length;
  return character.code;
}

// The first and the last character; 0 if there is none.
char32_t first_char(std::string_view text);
char32_t last_char(std::string_view text);

// The position of the first byte at or after `from` that is not part of valid UTF-8, or
// text.size().
std::size_t find_invalid_utf8(std::string_view text, std::size_t from = 0);

inline bool is_valid_utf8(std::string_view text) {
  return find_invalid_utf8(text) == text.size();
}

// Appends `code` as UTF-8; U+FFFD for surrogates and values over U+10FFFF.
void append_utf8(std::string& out, char32_t code);

// `text` with U+FFFD for what is not UTF-8: names in archives, for messages.
std::string valid_utf8(std::string_view text);

// The largest n <= `limit` at which `text` can be cut without cutting a character in two.
// text.size() if that is not over `limit`.
std::size_t utf8_cut(std::string_view text, std::size_t limit);

// The beginning of `text`, at most `limit` bytes, cut between characters.
inline std::string_view utf8_prefix(std::string_view text, std::size_t limit) {
  return text.substr(0, utf8_cut(text, limit));
}

}  // namespace sluice
