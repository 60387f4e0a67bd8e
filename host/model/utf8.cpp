#include "model/utf8.h"

namespace sluice {
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

constexpr std::size_t kBlock = 64;

// Whether all bytes of a block are ASCII, and neither NUL nor CR. Without a way out in the middle,
// so that compilers make it vector instructions.
bool is_plain_block(const char* block) {
  unsigned other = 0;
  for (std::size_t i = 0; i < kBlock; ++i) {
    const auto byte = static_cast<unsigned char>(block[i]);
    other |= static_cast<unsigned>(byte >= 0x80) | static_cast<unsigned>(byte == 0) |
             static_cast<unsigned>(byte == '\r');
  }
  return other == 0;
}

// The same for what is printable.
bool is_printable_block(const char* block) {
  unsigned other = 0;
  for (std::size_t i = 0; i < kBlock; ++i) {
    const auto byte = static_cast<unsigned char>(block[i]);
    other |= static_cast<unsigned>(byte < 0x20) | static_cast<unsigned>(byte >= 0x7F);
  }
  return other == 0;
}

}  // namespace

bool is_printable_ascii(std::string_view text) {
  std::size_t i = 0;
  for (; text.size() - i >= kBlock; i += kBlock) {
    if (!is_printable_block(text.data() + i)) return false;
  }
  for (; i < text.size(); ++i) {
    if (byte_at(text, i) < 0x20 || byte_at(text, i) >= 0x7F) return false;
  }
  return true;
}

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
  std::size_t i = 0;
  while (text.size() - i >= kBlock && is_plain_block(text.data() + i)) i += kBlock;
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

}  // namespace sluice
