// SPDX-License-Identifier: Apache-2.0
#include "character_references.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <sluice/utf8.hpp>
#include <unordered_map>

namespace sluice::html::parser {
namespace {

constexpr std::string_view kNames =
#include "named_characters.inc"
    ;
constexpr std::size_t kNameCount = 2125;
constexpr std::size_t kMaxName = 31;     // CounterClockwiseContourIntegral
constexpr std::size_t kMaxBareName = 6;  // frac12, without a semicolon

// What numbers of C1 controls mean (HTML 13.2.5.80): windows-1252.
constexpr std::array<char32_t, 32> kC1Meanings = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_alphanumeric(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct Named {
  char32_t first = 0;
  char32_t second = 0;
  bool bare = false;  // read without a semicolon, too
};

class NamedCharacters {
 public:
  NamedCharacters() {
    rows_.reserve(kNameCount);
    for (std::size_t begin = 0; begin < kNames.size();) {
      const std::size_t end = kNames.find(' ', begin);
      add(kNames.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  const Named* find(std::string_view name) const {
    const auto found = rows_.find(name);
    return found == rows_.end() ? nullptr : &found->second;
  }

 private:
  static char32_t code_of(std::string_view hex) {
    std::uint32_t code = 0;
    std::from_chars(hex.data(), hex.data() + hex.size(), code, 16);
    return code;
  }

  void add(std::string_view row) {
    const std::size_t comma = row.find(',');
    std::string_view name = row.substr(0, comma);
    const std::string_view codes = row.substr(comma + 1);
    const std::size_t plus = codes.find('+');
    Named named;
    named.first = code_of(codes.substr(0, plus));
    if (plus != std::string_view::npos) named.second = code_of(codes.substr(plus + 1));
    named.bare = name.back() == '?';
    if (named.bare) name.remove_suffix(1);
    rows_.emplace(name, named);
  }

  std::unordered_map<std::string_view, Named> rows_;
};

void append(const Named& named, std::string& out) {
  append_utf8(out, named.first);
  if (named.second != 0) append_utf8(out, named.second);
}

std::size_t read_name(std::string_view text, std::size_t at, ReferenceIn where, std::string& out) {
  static const NamedCharacters kCharacters;
  const std::size_t begin = at + 1;
  std::size_t end = begin;
  const std::size_t limit = std::min(text.size(), begin + kMaxName + 1);
  while (end < limit && is_alphanumeric(text[end])) ++end;
  if (end < text.size() && text[end] == ';') {
    if (const Named* const named = kCharacters.find(text.substr(begin, end - begin))) {
      append(*named, out);
      return end + 1 - at;
    }
  }
  for (std::size_t size = std::min(end - begin, kMaxBareName); size >= 2; --size) {
    const Named* const named = kCharacters.find(text.substr(begin, size));
    if (named == nullptr || !named->bare) continue;
    const char next = begin + size < text.size() ? text[begin + size] : '\0';
    // `?a=1&copy=2` in an address is no copyright sign.
    if (where == ReferenceIn::kAttribute && (next == '=' || is_alphanumeric(next))) return 0;
    append(*named, out);
    return size + 1;
  }
  return 0;
}

char32_t meaning_of(char32_t code) {
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return 0xFFFD;
  return code >= 0x80 && code < 0xA0 ? kC1Meanings[code - 0x80] : code;
}

std::size_t read_number(std::string_view text, std::size_t at, std::string& out) {
  std::size_t i = at + 2;
  const bool hex = i < text.size() && (text[i] == 'x' || text[i] == 'X');
  if (hex) ++i;
  const std::size_t first = i;
  char32_t code = 0;
  for (; i < text.size(); ++i) {
    const char lower = static_cast<char>(text[i] | 0x20);
    const bool letter = hex && lower >= 'a' && lower <= 'f';
    if (!is_digit(text[i]) && !letter) break;
    const int digit = letter ? lower - 'a' + 10 : text[i] - '0';
    code = std::min<char32_t>(code * (hex ? 16 : 10) + static_cast<char32_t>(digit), 0x110000);
  }
  if (i == first) return 0;
  if (i < text.size() && text[i] == ';') ++i;
  append_utf8(out, meaning_of(code));
  return i - at;
}

}  // namespace

std::size_t read_reference(std::string_view text, std::size_t at, ReferenceIn where,
                           std::string& out) {
  if (at + 1 >= text.size()) return 0;
  if (text[at + 1] == '#') return read_number(text, at, out);
  return is_alphanumeric(text[at + 1]) ? read_name(text, at, where, out) : 0;
}

}  // namespace sluice::html::parser
