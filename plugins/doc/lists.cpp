// SPDX-License-Identifier: Apache-2.0
#include "doc/lists.hpp"

#include <algorithm>
#include <map>
#include <sluice/little_endian.hpp>
#include <sluice/utf8.hpp>
#include <vector>

#include "doc/properties.hpp"
#include "office_xml/package.hpp"
#include "office_xml/xml_text.hpp"

namespace sluice::doc {
namespace {

constexpr std::size_t kLevels = 9;

// [MS-OSHARED] 2.2.1.3
const char* format_name(std::uint8_t format) {
  switch (format) {
    case 1:
      return "upperRoman";
    case 2:
      return "lowerRoman";
    case 3:
      return "upperLetter";
    case 4:
      return "lowerLetter";
    case 5:
      return "ordinal";
    case 6:
      return "cardinalText";
    case 7:
      return "ordinalText";
    case 22:
      return "decimalZero";
    case 23:
      return "bullet";
    case 255:
      return "none";
    default:
      return "decimal";
  }
}

// The text of a level: the number of level N stands in it as the character N, from 0 on.
std::string level_text(std::string_view wide, bool is_bullet) {
  std::string out;
  for (std::size_t at = 0; at + 1 < wide.size(); at += 2) {
    const std::uint16_t unit = little_u16(wide, at);
    if (unit < kLevels && !is_bullet) {
      out += "%" + std::to_string(unit + 1);
    } else {
      office_xml::append_escaped(out, utf8_of_utf16le(wide.substr(at, 2)));
    }
  }
  return out;
}

std::string indent_of(std::string_view list) {
  std::string out;
  for_each_modifier(list, [&](const Modifier& modifier) {
    if (modifier.code != 0x840F && modifier.code != 0x845E) return;
    const auto left = static_cast<std::int16_t>(modifier.value());
    out = "<w:pPr><w:ind w:left=\"" + std::to_string(left) + "\"/></w:pPr>";
  });
  return out;
}

// 2.9.150: one level, which is taken off `rest`.
std::string level_xml(std::string_view& rest, std::size_t index) {
  FieldReader fields(rest);
  const std::uint32_t start = fields.u32();
  const std::uint8_t format = fields.u8();
  fields.skip(19);
  const std::size_t run_size = fields.u8();
  const std::size_t paragraph_size = fields.u8();
  const std::uint8_t restart = fields.u8();
  fields.skip(1);
  const std::string_view paragraph = fields.bytes(paragraph_size);
  fields.skip(run_size);
  const std::string_view text = fields.bytes(std::size_t{fields.u16()} * 2);
  rest = fields.ok() ? rest.substr(rest.size() - fields.left()) : std::string_view();
  if (!fields.ok()) return {};
  constexpr std::uint8_t kBullet = 23;
  constexpr std::uint32_t kMostStart = 32'767;
  return "<w:lvl w:ilvl=\"" + std::to_string(index) + "\"><w:start w:val=\"" +
         std::to_string(std::min(start, kMostStart)) + "\"/><w:numFmt w:val=\"" +
         format_name(format) + "\"/>" +
         (restart < index ? "<w:lvlRestart w:val=\"" + std::to_string(restart) + "\"/>" : "") +
         "<w:lvlText w:val=\"" + level_text(text, format == kBullet) + "\"/>" +
         indent_of(paragraph) + "</w:lvl>";
}

// 2.9.147: the lists, then their levels.
std::string lists_xml(std::string_view lists, std::map<std::uint32_t, std::size_t>& numbers) {
  constexpr std::size_t kListSize = 28;
  const std::size_t count = little_u16(lists, 0);
  std::string_view levels = lists.substr(std::min(lists.size(), 2 + count * kListSize));
  std::string out;
  for (std::size_t i = 0; i < count && !levels.empty(); ++i) {
    const std::size_t at = 2 + i * kListSize;
    numbers.emplace(little_u32(lists, at), i);
    const bool is_simple = (little_u8(lists, at + 26) & 1U) != 0;
    out += "<w:abstractNum w:abstractNumId=\"" + std::to_string(i) + "\">";
    for (std::size_t level = 0; level < (is_simple ? 1 : kLevels); ++level) {
      out += level_xml(levels, level);
    }
    out += "</w:abstractNum>";
  }
  return out;
}

// 2.9.133: what one use of a list has of its own, taken off `rest`.
std::string override_xml(std::string_view& rest) {
  const std::uint32_t start = little_u32(rest, 0);
  const std::uint32_t bits = little_u32(rest, 4);
  rest.remove_prefix(std::min<std::size_t>(rest.size(), 8));
  const std::uint32_t level = bits & 0xF;
  std::string out = "<w:lvlOverride w:ilvl=\"" + std::to_string(level) + "\">";
  if ((bits & 0x10) != 0) out += "<w:startOverride w:val=\"" + std::to_string(start) + "\"/>";
  if ((bits & 0x20) != 0) out += level_xml(rest, level);
  return out + "</w:lvlOverride>";
}

// 2.9.201: the uses, then what each has of its own.
std::string uses_xml(std::string_view overrides,
                     const std::map<std::uint32_t, std::size_t>& numbers) {
  constexpr std::size_t kUseSize = 16;
  const std::size_t count =
      std::min<std::size_t>(little_u32(overrides, 0), overrides.size() / kUseSize);
  std::string_view rest = overrides.substr(std::min(overrides.size(), 4 + count * kUseSize));
  std::string out;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = 4 + i * kUseSize;
    const auto number = numbers.find(little_u32(overrides, at));
    const std::size_t own = little_u8(overrides, at + 12);
    out += "<w:num w:numId=\"" + std::to_string(i + 1) + "\">";
    if (number != numbers.end()) {
      out += "<w:abstractNumId w:val=\"" + std::to_string(number->second) + "\"/>";
    }
    rest.remove_prefix(std::min<std::size_t>(rest.size(), 4));
    for (std::size_t j = 0; j < own && !rest.empty(); ++j) out += override_xml(rest);
    out += "</w:num>";
  }
  return out;
}

}  // namespace

std::string numbering_xml(std::string_view lists, std::string_view overrides) {
  std::map<std::uint32_t, std::size_t> numbers;
  const std::string defined = lists_xml(lists, numbers);
  return office_xml::part_of("w:numbering", defined + uses_xml(overrides, numbers));
}

}  // namespace sluice::doc
