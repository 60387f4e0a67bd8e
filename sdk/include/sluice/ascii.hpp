// SPDX-License-Identifier: Apache-2.0
//
// The classes of ASCII characters, whatever the locale. Each takes a byte of UTF-8 or a character:
// what is beyond ASCII is in none of the classes.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace sluice {

constexpr bool is_ascii_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}
constexpr bool is_ascii_lower(char32_t c) {
  return c >= U'a' && c <= U'z';
}
constexpr bool is_ascii_upper(char32_t c) {
  return c >= U'A' && c <= U'Z';
}
constexpr bool is_ascii_letter(char32_t c) {
  return is_ascii_lower(c) || is_ascii_upper(c);
}
constexpr bool is_ascii_alphanumeric(char32_t c) {
  return is_ascii_letter(c) || is_ascii_digit(c);
}
// What is printed and neither a blank nor alphanumeric (CommonMark 0.31, 2.1).
constexpr bool is_ascii_punctuation(char32_t c) {
  return c > U' ' && c < U'\x7F' && !is_ascii_alphanumeric(c);
}

// The value of a hexadecimal digit, or -1.
constexpr int hex_value(char32_t c) {
  if (is_ascii_digit(c)) return static_cast<int>(c - U'0');
  if (c >= U'a' && c <= U'f') return static_cast<int>(c - U'a') + 10;
  if (c >= U'A' && c <= U'F') return static_cast<int>(c - U'A') + 10;
  return -1;
}

// Whether all of a text is digits; not of an empty one.
constexpr bool is_ascii_number(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_ascii_digit(c); });
}

constexpr char ascii_lower(char c) {
  return is_ascii_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr char ascii_upper(char c) {
  return is_ascii_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}
// A text with its ASCII letters in lower case, and all else as it is.
inline std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = ascii_lower(c);
  return lower;
}
// In upper case.
inline std::string ascii_upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = ascii_upper(c);
  return upper;
}

// Compares ASCII letters without regard to case, all else exactly.
constexpr bool equal_ignoring_ascii_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return ascii_lower(x) == ascii_lower(y); });
}
constexpr bool starts_with_ignoring_ascii_case(std::string_view text, std::string_view start) {
  return equal_ignoring_ascii_case(text.substr(0, start.size()), start);
}
constexpr bool ends_with_ignoring_ascii_case(std::string_view text, std::string_view end) {
  return text.size() >= end.size() &&
         equal_ignoring_ascii_case(text.substr(text.size() - end.size()), end);
}

}  // namespace sluice
