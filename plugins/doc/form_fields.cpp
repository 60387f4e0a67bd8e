// SPDX-License-Identifier: Apache-2.0
#include "doc/form_fields.hpp"

#include <sluice/little_endian.hpp>

namespace sluice::doc {
namespace {

enum class Kind : std::uint8_t { kText = 0, kBox = 1, kMenu = 2 };

constexpr std::uint16_t kAsTheDefault = 25;
constexpr std::size_t kMaxEntries = 100;  // of a menu; Word allows 25

// An Xstz: a count of characters, the characters, and a zero.
void skip_text(FieldReader& fields) {
  fields.skip(std::size_t{fields.u16()} * 2 + 2);
}

// Entry `wanted` of a menu (2.2.4: a table of strings of two bytes a character).
std::string entry_of(FieldReader& fields, std::uint16_t wanted) {
  constexpr std::uint16_t kWide = 0xFFFF;
  if (fields.u16() != kWide) return {};
  const std::uint16_t count = fields.u16();
  const std::uint16_t extra = fields.u16();
  for (std::uint16_t i = 0; i < count && i < kMaxEntries && fields.ok(); ++i) {
    const std::string_view entry = fields.bytes(std::size_t{fields.u16()} * 2);
    fields.skip(extra);
    if (i == wanted && fields.ok()) return utf8_of_utf16le(entry);
  }
  return {};
}

}  // namespace

std::string form_text(std::string_view data, std::uint32_t place) {
  if (place >= data.size()) return {};
  // A NilPICFAndBinData: its size, the size of the part that pictures use, the facts behind that.
  FieldReader fields(data.substr(place));
  fields.skip(4);
  const std::uint16_t header = fields.u16();
  fields.skip(header < 6 ? 0 : header - 6);
  fields.skip(4);  // the version
  const std::uint16_t bits = fields.u16();
  fields.skip(4);  // the length and the size of its text
  const auto kind = static_cast<Kind>(bits & 0x3);
  if (kind != Kind::kBox && kind != Kind::kMenu) return {};
  skip_text(fields);  // its name
  const std::uint16_t usual = fields.u16();
  const std::uint16_t result = bits >> 2 & 0x1F;
  const std::uint16_t value = result == kAsTheDefault ? usual : result;
  if (!fields.ok()) return {};
  if (kind == Kind::kBox) return value == 0 ? "\u2610" : "\u2612";
  constexpr int kTexts = 5;  // its format, two helps, two macros
  for (int i = 0; i < kTexts; ++i) skip_text(fields);
  return entry_of(fields, value);
}

}  // namespace sluice::doc
