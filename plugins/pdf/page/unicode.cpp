// SPDX-License-Identifier: Apache-2.0
#include "unicode.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

namespace sluice::pdf {
namespace {

void append_raw(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

bool has_compatibility_form(char32_t c) {
  return (c >= 0xFB00 && c <= 0xFB4F) || (c >= 0xFB50 && c <= 0xFDFB) ||
         (c >= 0xFE70 && c <= 0xFEFC) || (c >= 0x132 && c <= 0x133);
}

void append_decomposed(std::string& out, char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfkc = unorm2_getNFKCInstance(&status);
  UChar form[32];
  const std::int32_t size =
      U_FAILURE(status)
          ? -1
          : unorm2_getRawDecomposition(nfkc, static_cast<UChar32>(c), form, 32, &status);
  if (size < 0 || U_FAILURE(status)) {
    append_raw(out, c);
    return;
  }
  // A form's leading blank carries an isolated mark: the mark alone is meant.
  for (std::int32_t i = 0; i < size; ++i) {
    const char32_t unit = form[i];
    if (i == 0 && unit == ' ' && size > 1) continue;
    if (has_compatibility_form(unit)) {
      append_decomposed(out, unit);
    } else {
      append_raw(out, unit);
    }
  }
}

}  // namespace

void StrongLetters::count(std::string_view utf8) {
  for (std::size_t at = 0; at < utf8.size();) {
    switch (u_charDirection(static_cast<UChar32>(next_char(utf8, at)))) {
      case U_LEFT_TO_RIGHT:
        ++to_right;
        break;
      case U_RIGHT_TO_LEFT:
      case U_RIGHT_TO_LEFT_ARABIC:
        ++to_left;
        break;
      default:
        break;
    }
  }
}

int digit_of(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9' ? static_cast<int>(c - '0') : -1;
  return u_charType(static_cast<UChar32>(c)) == U_DECIMAL_DIGIT_NUMBER
             ? u_charDigitValue(static_cast<UChar32>(c))
             : -1;
}

bool is_letter(char32_t c) {
  return u_isalpha(static_cast<UChar32>(c)) != 0;
}

bool is_capital(char32_t c) {
  return is_letter(c) && u_isULowercase(static_cast<UChar32>(c)) == 0;
}

char32_t combining_form(char32_t accent) {
  switch (accent) {
    case '`':
    case 0x2CB:
      return 0x300;
    case 0xB4:
    case 0x2CA:
      return 0x301;
    case '^':
    case 0x2C6:
      return 0x302;
    case '~':
    case 0x2DC:
      return 0x303;
    case 0xAF:
    case 0x2C9:
      return 0x304;
    case 0x2D8:
      return 0x306;
    case 0x2D9:
      return 0x307;
    case 0xA8:
      return 0x308;
    case 0x2DA:
      return 0x30A;
    case 0x2DD:
      return 0x30B;
    case 0x2C7:
      return 0x30C;
    case 0xB8:
      return 0x327;
    case 0x2DB:
      return 0x328;
    default:
      return 0;
  }
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return;
  if (c == 0xFFFE || c == 0xFFFF || c == 0xFEFF || (c >= 0x200B && c <= 0x200F) ||
      (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F)) {
    return;  // invisible
  }
  if (has_compatibility_form(c)) {
    append_decomposed(out, c);
  } else {
    append_raw(out, c);
  }
}

void append_composed(std::string& out, char32_t base, char32_t mark) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfc = unorm2_getNFCInstance(&status);
  const UChar32 both = U_FAILURE(status) ? -1
                                         : unorm2_composePair(nfc, static_cast<UChar32>(base),
                                                              static_cast<UChar32>(mark));
  if (both >= 0) {
    append_raw(out, static_cast<char32_t>(both));
  } else {
    append_raw(out, base);
    append_raw(out, mark);
  }
}

char32_t next_char(std::string_view utf8, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(utf8[i]); };
  const unsigned lead = byte(at++);
  if (lead < 0x80) return lead;
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  if (more == 0) return 0xFFFD;
  char32_t c = lead & (0x3FU >> more);
  for (int i = 0; i < more; ++i) {
    if (at >= utf8.size() || (byte(at) & 0xC0) != 0x80) return 0xFFFD;
    c = (c << 6) | (byte(at++) & 0x3F);
  }
  return c;
}

char32_t first_char(std::string_view utf8) {
  std::size_t at = 0;
  return utf8.empty() ? 0 : next_char(utf8, at);
}

char32_t last_char(std::string_view utf8) {
  if (utf8.empty()) return 0;
  std::size_t at = utf8.size() - 1;
  while (at > 0 && (static_cast<unsigned char>(utf8[at]) & 0xC0) == 0x80) --at;
  return next_char(utf8, at);
}

std::uint32_t leader_dots(char32_t c) {
  switch (c) {
    case '.':
    case 0xB7:    // middle dot
    case 0x2024:  // one dot leader
      return 1;
    case 0x2025:
      return 2;
    case 0x2026:
      return 3;
    default:
      return 0;
  }
}

bool is_exponent_or_index(std::string_view text) {
  constexpr int kMostDigits = 3;
  std::size_t at = 0;
  char32_t c = next_char(text, at);
  if (c < 0x80 && is_letter(c)) return at == text.size() && !is_capital(c);
  constexpr char32_t kMinus = 0x2212;
  if (c == kMinus || c == '-' || c == '+') {
    if (at == text.size()) return false;
    c = next_char(text, at);
  }
  int digits = digit_of(c) >= 0 ? 1 : 0;
  while (digits > 0 && at < text.size())
    digits = digit_of(next_char(text, at)) >= 0 ? digits + 1 : 0;
  return digits > 0 && digits <= kMostDigits;
}

}  // namespace sluice::pdf
