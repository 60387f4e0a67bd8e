// SPDX-License-Identifier: Apache-2.0
#include "sluice/list_number.hpp"

#include <array>
#include <cstddef>
#include <sluice/ascii.hpp>
#include <sluice/utf8.hpp>

namespace sluice {
namespace {

std::string roman(std::int64_t value) {
  struct Digit {
    int value;
    std::string_view text;
  };
  constexpr auto kDigits = std::to_array<Digit>({{1000, "M"},
                                                 {900, "CM"},
                                                 {500, "D"},
                                                 {400, "CD"},
                                                 {100, "C"},
                                                 {90, "XC"},
                                                 {50, "L"},
                                                 {40, "XL"},
                                                 {10, "X"},
                                                 {9, "IX"},
                                                 {5, "V"},
                                                 {4, "IV"},
                                                 {1, "I"}});
  std::string out;
  for (const Digit& digit : kDigits) {
    for (; value >= digit.value; value -= digit.value) out += digit.text;
  }
  return out;
}

// a to z, aa to zz, aaa ...
std::string letters(std::int64_t value, char32_t first, std::int64_t count) {
  std::string out;
  const std::int64_t repeat = (value - 1) / count + 1;
  for (std::int64_t i = 0; i < repeat; ++i) {
    append_utf8(out, first + static_cast<char32_t>((value - 1) % count));
  }
  return out;
}

// 1 to 9,999 in Chinese and Japanese counting: 10 is ten, 12 ten-two, 105 hundred-zero-five.
std::string han(std::int64_t value, bool with_zero) {
  constexpr std::array<std::string_view, 10> kDigits = {"\u3007", "\u4E00", "\u4E8C", "\u4E09",
                                                        "\u56DB", "\u4E94", "\u516D", "\u4E03",
                                                        "\u516B", "\u4E5D"};
  constexpr std::array<std::string_view, 4> kUnits = {"", "\u5341", "\u767E", "\u5343"};
  std::string out;
  std::int64_t power = 1000;
  bool zero = false;
  for (std::size_t i = 4; i-- > 0; power /= 10) {
    const std::int64_t digit = value / power % 10;
    if (digit == 0) {
      zero = zero || (!out.empty() && value % power != 0);
      continue;
    }
    if (zero && with_zero) out += "\u96F6";
    zero = false;
    const bool plain_ten = digit == 1 && i == 1 && out.empty();
    if (!plain_ten && !(digit == 1 && i > 0 && !with_zero)) {
      out += kDigits.at(static_cast<std::size_t>(digit));
    }
    out += kUnits.at(i);
  }
  return out;
}

std::string english_ordinal(std::int64_t value) {
  const std::int64_t last = value % 10;
  const bool teen = value % 100 / 10 == 1;
  const char* ending = teen ? "th" : last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th";
  return std::to_string(value) + ending;
}

std::string one_of(std::int64_t value, char32_t first, std::int64_t count) {
  std::string out;
  if (value >= 1 && value <= count) append_utf8(out, first + static_cast<char32_t>(value - 1));
  return out;
}

}  // namespace

std::string list_number(std::int64_t value, std::string_view format) {
  constexpr std::int64_t kMaxLetters = 26 * 30;
  const std::string decimal = std::to_string(value);
  std::string out;
  if (format == "decimal" || value < 0) return decimal;
  if (format == "none") return {};
  if (format == "decimalZero") return value < 10 ? "0" + decimal : decimal;
  if (format == "ordinal") return english_ordinal(value);
  if (value == 0) return decimal;
  if (format == "upperRoman" && value < 5000) return roman(value);
  if (format == "lowerRoman" && value < 5000) return ascii_lower(roman(value));
  if (format == "upperLetter" && value <= kMaxLetters) return letters(value, U'A', 26);
  if (format == "lowerLetter" && value <= kMaxLetters) return letters(value, U'a', 26);
  if (format == "russianLower" && value <= kMaxLetters) return letters(value, 0x0430, 32);
  if (format == "russianUpper" && value <= kMaxLetters) return letters(value, 0x0410, 32);
  if (format == "decimalEnclosedCircle" || format == "decimalEnclosedCircleChinese") {
    out = one_of(value, 0x2460, 20);
  } else if (format == "ideographEnclosedCircle") {
    out = one_of(value, 0x3220, 10);
  } else if (value < 10'000 && (format.starts_with("chinese") || format.starts_with("taiwanese"))) {
    out = han(value, true);
  } else if (value < 10'000 && (format == "japaneseCounting" || format == "koreanDigital2")) {
    out = han(value, false);
  }
  return out.empty() ? decimal : out;
}

}  // namespace sluice
