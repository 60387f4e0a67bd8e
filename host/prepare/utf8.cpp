#include "prepare/utf8.h"

#include <cstdint>
#include <cstring>

namespace sluice::prepare {
namespace {

unsigned char byte_at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

// What may follow a lead byte: the length of the character and the range of its second byte.
struct Lead {
  std::size_t size = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
};

Lead lead_of(unsigned char first) {
  if (first >= 0xC2 && first <= 0xDF) return {2};
  if (first == 0xE0) return {3, 0xA0};
  if (first == 0xED) return {3, 0x80, 0x9F};
  if (first >= 0xE1 && first <= 0xEF) return {3};
  if (first == 0xF0) return {4, 0x90};
  if (first >= 0xF1 && first <= 0xF3) return {4};
  if (first == 0xF4) return {4, 0x80, 0x8F};
  return {};
}

}  // namespace

Utf8Step utf8_step(std::string_view text) {
  const unsigned char first = byte_at(text, 0);
  if (first < 0x80) return {Utf8Step::Kind::kCharacter, 1};
  const Lead lead = lead_of(first);
  if (lead.size == 0) return {Utf8Step::Kind::kBroken, 1};
  for (std::size_t i = 1; i < lead.size; ++i) {
    if (i == text.size()) return {Utf8Step::Kind::kCutOff, i};
    const unsigned char low = i == 1 ? lead.low : 0x80;
    const unsigned char high = i == 1 ? lead.high : 0xBF;
    if (byte_at(text, i) < low || byte_at(text, i) > high) return {Utf8Step::Kind::kBroken, i};
  }
  return {Utf8Step::Kind::kCharacter, lead.size};
}

std::size_t plain_ascii_prefix(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kHighs = 0x8080808080808080;
  // Eight at a time: a byte of `x` is zero only if (x - ones) borrows from it and its own top bit
  // is clear. May also stop early at a byte behind such a one; the loop below settles it.
  const auto has_zero = [](std::uint64_t x) { return ((x - kOnes) & ~x & kHighs) != 0; };
  std::size_t i = 0;
  while (i + 8 <= text.size()) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, sizeof word);
    if ((word & kHighs) != 0 || has_zero(word) || has_zero(word ^ (kOnes * '\r'))) break;
    i += 8;
  }
  while (i < text.size() && byte_at(text, i) < 0x80 && text[i] != '\0' && text[i] != '\r') ++i;
  return i;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t plain = plain_ascii_prefix(text);
    text.remove_prefix(plain);
    if (text.empty()) return true;
    const Utf8Step step = utf8_step(text);
    if (step.kind != Utf8Step::Kind::kCharacter) return false;
    text.remove_prefix(step.size);
  }
  return true;
}

std::string mended_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Utf8Step step = utf8_step(text);
    out += step.kind == Utf8Step::Kind::kCharacter ? text.substr(0, step.size) : kReplacement;
    text.remove_prefix(step.size);
  }
  return out;
}

}  // namespace sluice::prepare
