// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstring>
#include <sluice/utf8.hpp>

#include "charset/skip_ascii.hpp"

namespace sluice {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// The range that the second byte of a character must be in, by its first byte (Unicode 15, table
// 3-7), and how many bytes follow the first.
struct Lead {
  unsigned following;
  unsigned char low;
  unsigned char high;
};

Lead lead_of(unsigned char byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {1, 0x80, 0xBF};
  if (byte == 0xE0) return {2, 0xA0, 0xBF};
  if (byte == 0xED) return {2, 0x80, 0x9F};
  if (byte >= 0xE1 && byte <= 0xEF) return {2, 0x80, 0xBF};
  if (byte == 0xF0) return {3, 0x90, 0xBF};
  if (byte >= 0xF1 && byte <= 0xF3) return {3, 0x80, 0xBF};
  if (byte == 0xF4) return {3, 0x80, 0x8F};
  return {0, 0, 0};
}

// Where a run of the characters of two and three bytes that most texts beyond ASCII consist of
// ends; the rest is for utf8_at.
std::size_t skip_common(std::string_view text, std::size_t at) {
  const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text.data()[i]); };
  const auto follows = [&byte](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
  while (text.size() - at >= 3) {
    const unsigned first = byte(at);
    if (first > 0xE0 && first < 0xF0 && first != 0xED && follows(at + 1) && follows(at + 2)) {
      at += 3;
    } else if (first >= 0xC2 && first < 0xE0 && follows(at + 1)) {
      at += 2;
    } else {
      break;
    }
  }
  return at;
}

}  // namespace

std::size_t detail::skip_ascii(std::string_view text, std::size_t at) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080u;
  const auto word_at = [&text](std::size_t i) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, sizeof word);
    return word;
  };
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  while (text.size() - at >= 4 * kWord) {
    const std::uint64_t any =
        word_at(at) | word_at(at + kWord) | word_at(at + 2 * kWord) | word_at(at + 3 * kWord);
    if ((any & kHighBits) != 0) break;
    at += 4 * kWord;
  }
  while (text.size() - at >= kWord && (word_at(at) & kHighBits) == 0) at += kWord;
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

Utf8Char utf8_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, 1, true};
  const Lead lead = lead_of(first);
  if (lead.following == 0) return {kReplacement, 1, false};
  char32_t code = first & (0x3Fu >> lead.following);
  for (unsigned i = 1; i <= lead.following; ++i) {
    const auto byte = at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u;
    const unsigned low = i == 1 ? lead.low : 0x80u;
    const unsigned high = i == 1 ? lead.high : 0xBFu;
    if (byte < low || byte > high) return {kReplacement, i, false};
    code = code << 6 | (byte & 0x3Fu);
  }
  return {code, lead.following + 1, true};
}

char32_t first_char(std::string_view text) {
  return text.empty() ? U'\0' : utf8_at(text, 0).code;
}

char32_t last_char(std::string_view text) {
  if (text.empty()) return U'\0';
  std::size_t at = text.size() - 1;
  const std::size_t stop = at < 3 ? 0 : at - 3;  // a character has four bytes at most
  while (at > stop && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return utf8_at(text, at).code;
}

std::size_t find_invalid_utf8(std::string_view text, std::size_t from) {
  for (std::size_t at = from;;) {
    at = skip_common(text, detail::skip_ascii(text, at));
    if (at >= text.size()) return text.size();
    const Utf8Char character = utf8_at(text, at);
    if (!character.valid) return at;
    at += character.length;
  }
}

void append_utf8(std::string& out, char32_t code) {
  if ((code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF) code = kReplacement;
  const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

std::string valid_utf8(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t broken = find_invalid_utf8(text, at);
    out += text.substr(at, broken - at);
    at = broken;
    if (at == text.size()) break;
    append_utf8(out, kReplacement);
    at += utf8_at(text, at).length;
  }
  return out;
}

std::size_t utf8_cut(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text.size();
  std::size_t cut = limit;
  while (cut > 0 && limit - cut < 3 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80)
    --cut;
  return cut;
}

}  // namespace sluice
