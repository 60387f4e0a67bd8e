// SPDX-License-Identifier: Apache-2.0
#include "charset/charset_evidence.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "charset/charset_names.hpp"

namespace sluice::detail {
namespace {

using Bytes = std::span<const std::uint8_t>;

bool is_plausible(char32_t code) {
  return code == '\t' || code == '\n' || code == '\r' || code == '\f' ||
         (code >= 0x20 && code < 0x7F) || (code >= 0xA0 && code < 0xD800) ||
         (code >= 0xF900 && code < 0xFFFE) || (code >= 0x10000 && code < 0xE0000);
}

// A sample read as units of `width` bytes (2 or 4).
struct Units {
  std::size_t all = 0;
  std::size_t plausible = 0;  // characters of a text
  std::size_t ascii = 0;
  std::size_t line_ends = 0;

  std::size_t share(std::size_t part) const { return all == 0 ? 0 : part * 100 / all; }
};

Units read_units(Bytes bytes, std::size_t width, bool big_endian) {
  Units units;
  for (std::size_t at = 0; at + width <= bytes.size(); at += width, ++units.all) {
    char32_t code = 0;
    for (std::size_t i = 0; i < width; ++i) {
      code = code << 8 | bytes[at + (big_endian ? i : width - 1 - i)];
    }
    const bool surrogate = width == 2 && code >= 0xD800 && code < 0xE000;
    units.plausible += surrogate || is_plausible(code) ? 1 : 0;
    units.ascii += code < 0x7F && is_plausible(code) ? 1 : 0;
    units.line_ends += code == '\n' || code == '\r' ? 1 : 0;
  }
  // Text that was cut inside a unit is long; a short one with a rest is no such text.
  constexpr std::size_t kLong = 16;
  return bytes.size() % width != 0 && units.all < kLong ? Units() : units;
}

// A few zero bytes in a text of single bytes make no wide text of it, though any two of its letters
// are one character of UTF-16. Most units of a wide text in Latin letters are ASCII. One in another
// script is no UTF-8, and its line ends are wide.
bool is_wide(const Units& units, std::size_t line_end_bytes, bool is_utf8) {
  constexpr std::size_t kMostPlausible = 95;
  constexpr std::size_t kManyAscii = 30;
  if (units.share(units.plausible) < kMostPlausible) return false;
  if (units.share(units.ascii) >= kManyAscii) return true;
  return !is_utf8 && units.line_ends > 0 && units.line_ends * 2 >= line_end_bytes;
}

std::u16string decoded(const std::string& charset, Bytes bytes) {
  std::uint64_t replaced = 0;
  const Converter converter = open_converter(charset, &replaced);
  if (!converter) return {};
  std::u16string text(bytes.size() * 2 + 16, u'\0');
  UErrorCode error = U_ZERO_ERROR;
  const std::int32_t size = ucnv_toUChars(
      converter.get(), text.data(), static_cast<std::int32_t>(text.size()),
      reinterpret_cast<const char*>(bytes.data()), static_cast<std::int32_t>(bytes.size()), &error);
  text.resize(U_FAILURE(error) ? 0 : static_cast<std::size_t>(size));
  return text;
}

bool is_cyrillic_capital(char16_t c) {
  return c >= 0x0410 && c <= 0x042F;
}
bool is_cyrillic_small(char16_t c) {
  return c >= 0x0430 && c <= 0x044F;
}

// How Russian a text reads: the share of the ten commonest letters among its characters beyond
// ASCII, in percent, less what no word has (a small letter before a capital, a sign).
int russian_score(std::u16string_view text) {
  constexpr std::u16string_view kCommon =
      u"\u043E\u0435\u0430\u0438\u043D\u0442\u0441\u0440\u0432\u043B";
  int letters = 0;
  int common = 0;
  int odd = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char16_t c = text[i];
    if (c < 0x80) continue;
    ++letters;
    const bool is_letter =
        is_cyrillic_capital(c) || is_cyrillic_small(c) || c == 0x0451 || c == 0x0401;
    const bool falls = i > 0 && is_cyrillic_capital(c) && is_cyrillic_small(text[i - 1]);
    if (!is_letter || falls) ++odd;
    const char16_t small = is_cyrillic_capital(c) ? static_cast<char16_t>(c + 0x20) : c;
    if (kCommon.find(small) != std::u16string_view::npos) ++common;
  }
  constexpr int kFewest = 12;  // fewer letters say nothing
  return letters < kFewest ? 0 : (common - odd) * 100 / letters;
}

}  // namespace

std::optional<std::string> wide_charset(Bytes sample, bool is_utf8) {
  struct Candidate {
    const char* charset;
    std::size_t width;
    bool big_endian;
  };
  static constexpr std::array kCandidates = {
      Candidate{"UTF-32LE", 4, false}, Candidate{"UTF-32BE", 4, true},
      Candidate{"UTF-16LE", 2, false}, Candidate{"UTF-16BE", 2, true}};
  const auto line_end_bytes = static_cast<std::size_t>(
      std::count_if(sample.begin(), sample.end(), [](auto b) { return b == '\n' || b == '\r'; }));
  const char* best = nullptr;
  std::size_t best_share = 0;
  for (const Candidate& candidate : kCandidates) {
    const Units units = read_units(sample, candidate.width, candidate.big_endian);
    if (!is_wide(units, line_end_bytes, is_utf8)) continue;
    const std::size_t share = units.share(units.plausible) + units.share(units.ascii);
    if (share <= best_share) continue;
    best = candidate.charset;
    best_share = share;
  }
  return best ? std::optional<std::string>(best) : std::nullopt;
}

std::optional<std::string> ebcdic_charset(Bytes sample) {
  static constexpr auto kSigns =
      std::to_array<unsigned>({0x4A, 0x5A, 0x4B, 0x4C, 0x4D, 0x4E, 0x50, 0x5C, 0x5D, 0x5E, 0x60,
                               0x61, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x7A, 0x7D, 0x7E, 0x7F});
  std::array<std::size_t, 256> count{};
  for (const std::uint8_t byte : sample) ++count[byte];
  const auto sum = [&](int from, int to) {
    std::size_t all = 0;
    for (int byte = from; byte <= to; ++byte) all += count[static_cast<std::size_t>(byte)];
    return all;
  };
  const std::size_t blanks = count[0x40];
  const std::size_t small = sum(0x81, 0x89) + sum(0x91, 0x99) + sum(0xA2, 0xA9);
  const std::size_t capital = sum(0xC1, 0xC9) + sum(0xD1, 0xD9) + sum(0xE2, 0xE9);
  const std::size_t digits = sum(0xF0, 0xF9);
  // Line ends, tabs and the signs that stand at the same place in each EBCDIC.
  std::size_t signs = count[0x15] + count[0x25] + count[0x0D] + count[0x05];
  for (const unsigned sign : kSigns) {
    signs += count[sign];
  }
  // A text of the codes that ASCII has below 0x80 would have no blank at 0x40, which is '@' there.
  constexpr std::size_t kFewest = 32;
  const std::size_t all = sample.size();
  const bool fits = all >= kFewest &&
                    (blanks + small + capital + digits + signs) * 100 >= all * 92 &&
                    blanks * 100 >= all * 3 && (small + capital + digits) * 100 >= all * 40 &&
                    (count[0x20] + count[0x0A]) * 200 <= all;
  if (!fits) return std::nullopt;
  // International EBCDIC has brackets where that of the United States has a cent sign and `!`.
  const bool has_brackets = count[0x4A] > 0 && count[0x4A] == count[0x5A];
  return icu_name(has_brackets ? "ibm-500" : "ibm-37");
}

std::optional<std::string> dos_cyrillic_charset(Bytes sample) {
  constexpr int kEnough = 45;  // Russian text has 55 to 65; letters at random have less than 20
  const int score = russian_score(decoded("ibm-866", sample));
  if (score < kEnough) return std::nullopt;
  for (const char* other : {"windows-1251", "KOI8-R", "ISO-8859-5", "x-mac-cyrillic"}) {
    // Capitals alone stand at the same places in that of the Macintosh.
    if (russian_score(decoded(other, sample)) > score) return std::nullopt;
  }
  return icu_name("ibm-866");
}

std::string without_controls(const std::string& charset, Bytes sample) {
  struct Pair {
    std::string_view iso;
    const char* windows;
  };
  // Where most letters stand at the same place; those of ISO 8859-5 and -6 do not.
  static constexpr std::array kPairs = {
      Pair{"ISO-8859-2", "windows-1250"},  Pair{"ISO-8859-16", "windows-1250"},
      Pair{"ISO-8859-7", "windows-1253"},  Pair{"ISO-8859-8", "windows-1255"},
      Pair{"ISO-8859-3", "windows-1254"},  Pair{"ISO-8859-4", "windows-1257"},
      Pair{"ISO-8859-10", "windows-1257"}, Pair{"ISO-8859-13", "windows-1257"},
      Pair{"ISO-8859-15", "windows-1252"}, Pair{"ISO-8859-1", "windows-1252"},
  };
  const auto pair = std::find_if(kPairs.begin(), kPairs.end(), [&](const Pair& each) {
    return icu_name(each.iso) == charset || each.iso == charset;
  });
  if (pair == kPairs.end() || try_charset(charset, sample).controls == 0) return charset;
  const std::string windows = icu_name(pair->windows);
  const Fit fit = try_charset(windows, sample);
  return fit.replaced == 0 && fit.controls == 0 ? windows : charset;
}

}  // namespace sluice::detail
