// SPDX-License-Identifier: Apache-2.0
//
// Characters by what they mean for extraction. Unicode scalar values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::pdf {

// Strong right-to-left letters, and their presentation forms.
inline bool is_right_to_left(char32_t c) {
  return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
         (c >= 0xFE70 && c <= 0xFEFC) || (c >= 0x10800 && c <= 0x10FFF) ||
         (c >= 0x1E800 && c <= 0x1EFFF);
}
// Marks that sit on the letter before them.
inline bool is_combining(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x591 && c <= 0x5C7 && c != 0x5BE && c != 0x5C0) ||
         (c >= 0x610 && c <= 0x61A) || (c >= 0x64B && c <= 0x65F) || c == 0x670 ||
         (c >= 0x6D6 && c <= 0x6ED && c != 0x6DD && c != 0x6E5 && c != 0x6E6) ||
         (c >= 0xFE20 && c <= 0xFE2F);
}
inline bool is_blank(char32_t c) {
  return c == ' ' || c == 0xA0 || (c >= 9 && c <= 13) || (c >= 0x2000 && c <= 0x200B) ||
         c == 0x202F || c == 0x205F || c == 0x3000;
}
// Scripts written without blanks between words: their lines are joined without one.
inline bool is_cjk(char32_t c) {
  return (c >= 0x2E80 && c <= 0x30FF) || (c >= 0x3100 && c <= 0x312F) ||
         (c >= 0x31A0 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE4F) ||
         (c >= 0xFF00 && c <= 0xFF60) || (c >= 0x20000 && c <= 0x3FFFF);
}
// A syllable of Korean, which has blanks between its words.
inline bool is_hangul(char32_t c) {
  return c >= 0xAC00 && c <= 0xD7A3;
}
// Letters that run from left to right and from right to left (Unicode's strong types L, and R or
// AL).
struct StrongLetters {
  std::uint32_t to_right = 0;
  std::uint32_t to_left = 0;

  void count(std::string_view utf8);
};

inline bool is_private(char32_t c) {
  return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

// Of a decimal digit of any script, 0 to 9; -1: no digit.
int digit_of(char32_t c);
bool is_letter(char32_t c);
// A letter that is upper case, or of a script that has no case.
bool is_capital(char32_t c);

// The combining mark that looks like a spacing accent, or 0.
char32_t combining_form(char32_t accent);

// Appends as UTF-8; ligatures and presentation forms become their letters (compatibility
// decomposition), control characters and what is no scalar value are dropped.
void append_utf8(std::string& out, char32_t c);
// Puts a base letter and a combining mark together, composed where there is such a letter.
void append_composed(std::string& out, char32_t base, char32_t mark);

// The character at `at`, which moves behind it. 0xFFFD for broken UTF-8.
char32_t next_char(std::string_view utf8, std::size_t& at);
char32_t first_char(std::string_view utf8);
char32_t last_char(std::string_view utf8);

// Whether a text can be an exponent or an index: a number of few digits, or one small letter.
bool is_exponent_or_index(std::string_view text);

// How many dots of a leader the character is: "." and "·" one, an ellipsis three; 0: it is none.
std::uint32_t leader_dots(char32_t c);

}  // namespace sluice::pdf
