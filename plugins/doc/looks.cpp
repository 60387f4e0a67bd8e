// SPDX-License-Identifier: Apache-2.0
#include "doc/looks.hpp"

#include <algorithm>
#include <sluice/little_endian.hpp>

namespace sluice::doc {
namespace {

Toggle toggle(const Modifier& modifier) {
  constexpr std::uint8_t kAsStyle = 0x80;
  constexpr std::uint8_t kAgainstStyle = 0x81;
  const std::uint32_t value = modifier.value();
  if (value == kAsStyle) return Toggle::kAsStyle;
  if (value == kAgainstStyle) return Toggle::kAgainstStyle;
  return value == 0 ? Toggle::kOff : Toggle::kOn;
}

std::uint16_t short_of(const Modifier& modifier) {
  return static_cast<std::uint16_t>(modifier.value());
}

// 2.9.327, 2.9.322: where the cells of a row end, and which are parts of larger ones.
void read_shape(std::string_view operand, TableShape& shape) {
  const std::size_t cells = little_u8(operand, 0);
  constexpr std::size_t kMostCells = 64;
  constexpr std::size_t kCellSize = 20;
  if (cells > kMostCells) return;
  shape.edges.clear();
  for (std::size_t i = 0; i <= cells; ++i) {
    shape.edges.push_back(static_cast<std::int16_t>(little_u16(operand, 1 + i * 2)));
  }
  shape.across.assign(cells, TableShape::Merge::kNone);
  shape.down.assign(cells, TableShape::Merge::kNone);
  for (std::size_t i = 0; i < cells; ++i) {
    const std::uint16_t bits = little_u16(operand, 1 + (cells + 1) * 2 + i * kCellSize);
    if ((bits & 0x01) != 0) shape.across[i] = TableShape::Merge::kFirst;
    if ((bits & 0x02) != 0) shape.across[i] = TableShape::Merge::kMore;
    if ((bits & 0x20) != 0) shape.down[i] = TableShape::Merge::kMore;
    if ((bits & 0x40) != 0) shape.down[i] = TableShape::Merge::kFirst;
  }
}

void merge_across(std::string_view operand, TableShape& shape) {
  const std::size_t first = little_u8(operand, 0);
  const std::size_t end = std::min<std::size_t>(little_u8(operand, 1), shape.across.size());
  for (std::size_t i = first; i < end; ++i) {
    shape.across[i] = i == first ? TableShape::Merge::kFirst : TableShape::Merge::kMore;
  }
}

void merge_down(std::string_view operand, TableShape& shape) {
  const std::size_t cell = little_u8(operand, 0);
  if (cell >= shape.down.size()) return;
  const std::uint8_t kind = little_u8(operand, 1);
  shape.down[cell] = kind == 3   ? TableShape::Merge::kFirst
                     : kind == 1 ? TableShape::Merge::kMore
                                 : TableShape::Merge::kNone;
}

void apply(const Modifier& modifier, RunLooks& looks) {
  switch (modifier.code) {
    case 0x0800:
      looks.is_deleted = modifier.value() != 0;
      break;
    case 0x0801:
      looks.is_inserted = modifier.value() != 0;
      break;
    case 0x4804:
    case 0x4863:
      looks.author = short_of(modifier);
      break;
    case 0x6A03:
      looks.picture = modifier.value();
      looks.is_special = true;
      break;
    case 0x0806:
    case 0x080A:
      looks.is_other_data = modifier.value() != 0;
      break;
    case 0x6A09:
      looks.symbol_font = little_u16(modifier.operand, 0);
      looks.symbol = little_u16(modifier.operand, 2);
      looks.is_special = true;
      break;
    case 0x0855:
      looks.is_special = modifier.value() != 0;
      break;
    case 0x2A0C:
      looks.highlight = static_cast<std::uint8_t>(modifier.value());
      break;
    case 0x4A30:
      looks.style = short_of(modifier);
      break;
    case 0x2A33: {
      // Plain: as the style has it.
      RunLooks plain;
      plain.is_special = looks.is_special;
      plain.style = looks.style;
      looks = plain;
      break;
    }
    case 0x0835:
      looks.bold = toggle(modifier);
      break;
    case 0x0836:
      looks.italic = toggle(modifier);
      break;
    case 0x0837:
      looks.strike = toggle(modifier);
      break;
    case 0x2A53:
      looks.double_strike = toggle(modifier);
      break;
    case 0x083C:
      looks.hidden = toggle(modifier);
      break;
    case 0x2A3E:
      looks.underline = static_cast<std::uint8_t>(modifier.value());
      break;
    case 0x2A48:
      looks.raised = static_cast<std::uint8_t>(modifier.value());
      break;
    case 0x4A4F:
      looks.font = short_of(modifier);
      break;
    case 0x486D:
    case 0x4873:
      looks.language = short_of(modifier);
      break;
    default:
      break;
  }
}

void apply(const Modifier& modifier, ParagraphLooks& looks) {
  switch (modifier.code) {
    case 0x4600:
      looks.style = short_of(modifier);
      break;
    case 0x260A:
      looks.level = static_cast<std::uint8_t>(modifier.value());
      break;
    case 0x460B:
      looks.list = short_of(modifier);
      break;
    case 0x2640:
      looks.outline = static_cast<std::uint8_t>(modifier.value());
      break;
    case 0x2407:
      looks.page_break_before = modifier.value() != 0;
      break;
    case 0x2416:
      if (modifier.value() != 0 && looks.depth == 0) looks.depth = 1;
      break;
    case 0x2417:
      looks.ends_row = modifier.value() != 0;
      break;
    case 0x6649:
      looks.depth = modifier.value();
      break;
    case 0x244B:
      looks.ends_inner_cell = modifier.value() != 0;
      break;
    case 0x244C:
      looks.ends_inner_row = modifier.value() != 0;
      break;
    case 0x3404:
      looks.is_header_row = modifier.value() != 0;
      break;
    case 0x840F:
    case 0x845E:
      looks.left = static_cast<std::int16_t>(short_of(modifier));
      break;
    case 0x840E:
    case 0x845D:
      looks.right = static_cast<std::int16_t>(short_of(modifier));
      break;
    case 0x8411:
    case 0x8460:
      looks.first = static_cast<std::int16_t>(short_of(modifier));
      break;
    case 0xD608:
      read_shape(modifier.operand, looks.shape);
      break;
    case 0x5624:
      merge_across(modifier.operand, looks.shape);
      break;
    case 0xD62B:
      merge_down(modifier.operand, looks.shape);
      break;
    default:
      break;
  }
}

void append_toggle(std::string& out, const char* name, Toggle toggle, bool of_style) {
  if (toggle == Toggle::kUnset || toggle == Toggle::kAsStyle) return;
  const bool on = toggle == Toggle::kOn || (toggle == Toggle::kAgainstStyle && !of_style);
  out += std::string("<w:") + name + (on ? "/>" : " w:val=\"0\"/>");
}

}  // namespace

RunLooks run_looks(std::string_view list, RunLooks from) {
  for_each_modifier(list, [&](const Modifier& modifier) { apply(modifier, from); });
  return from;
}

ParagraphLooks paragraph_looks(std::uint16_t style, std::string_view list, std::string_view data,
                               ParagraphLooks from) {
  from.style = style;
  for_each_modifier(list, [&](const Modifier& modifier) {
    // 2.9.190: a list that is too long for its page.
    constexpr std::uint16_t kLongList = 0x6646;
    constexpr std::uint16_t kOtherLongList = 0x6645;
    if (modifier.code != kLongList && modifier.code != kOtherLongList) return apply(modifier, from);
    const std::uint32_t at = modifier.value();
    if (at >= data.size()) return;
    for_each_modifier(
        data.substr(at).substr(std::min<std::size_t>(2, data.size() - at), little_u16(data, at)),
        [&](const Modifier& one) { apply(one, from); });
  });
  return from;
}

std::string run_xml(const RunLooks& looks, StyleLooks style,
                    const std::vector<std::string>& fonts) {
  std::string out;
  if (looks.style) out += "<w:rStyle w:val=\"s" + std::to_string(*looks.style) + "\"/>";
  if (looks.font && *looks.font < fonts.size() && !fonts[*looks.font].empty()) {
    out += "<w:rFonts w:ascii=\"" + fonts[*looks.font] + "\"/>";
  }
  append_toggle(out, "b", looks.bold, style.bold);
  append_toggle(out, "i", looks.italic, style.italic);
  append_toggle(out, "strike", looks.strike, false);
  append_toggle(out, "dstrike", looks.double_strike, false);
  append_toggle(out, "vanish", looks.hidden, false);
  if (looks.highlight > 0) out += "<w:highlight w:val=\"yellow\"/>";
  if (looks.underline > 0) out += "<w:u w:val=\"single\"/>";
  if (looks.raised == 1) out += "<w:vertAlign w:val=\"superscript\"/>";
  if (looks.raised == 2) out += "<w:vertAlign w:val=\"subscript\"/>";
  return out.empty() ? out : "<w:rPr>" + out + "</w:rPr>";
}

std::string paragraph_xml(const ParagraphLooks& looks) {
  std::string out;
  if (looks.page_break_before) out += "<w:pageBreakBefore/>";
  constexpr std::uint16_t kOldNumbers = 0x7FF;  // of Word 6, without a list
  if (looks.list && *looks.list < kOldNumbers) {
    out += "<w:numPr><w:ilvl w:val=\"" + std::to_string(looks.level.value_or(0)) +
           "\"/><w:numId w:val=\"" + std::to_string(*looks.list) + "\"/></w:numPr>";
  }
  if (looks.left || looks.right || looks.first) {
    out += "<w:ind";
    if (looks.left) out += " w:left=\"" + std::to_string(*looks.left) + "\"";
    if (looks.right) out += " w:right=\"" + std::to_string(*looks.right) + "\"";
    out += "/>";
  }
  constexpr std::uint8_t kBodyText = 9;
  if (looks.outline && *looks.outline <= kBodyText) {
    out += "<w:outlineLvl w:val=\"" + std::to_string(*looks.outline) + "\"/>";
  }
  return out;
}

}  // namespace sluice::doc
