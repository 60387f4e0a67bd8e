// SPDX-License-Identifier: Apache-2.0
#include "doc/styles.hpp"

#include <algorithm>
#include <sluice/little_endian.hpp>

#include "office_xml/package.hpp"
#include "office_xml/xml_text.hpp"

namespace sluice::doc {

struct StyleSheet::Style {
  std::uint16_t builtin = 0;  // its number among Word's own
  std::uint8_t kind = 0;
  std::uint16_t base = 0;
  std::string name;
  RunLooks run;
  ParagraphLooks paragraph;
};

namespace {

constexpr std::uint8_t kParagraph = 1;
constexpr std::uint8_t kCharacter = 2;
constexpr std::uint16_t kNoStyle = 0xFFF;

// Word's own styles have names in the language of the program that made the document; by their
// numbers (2.9.260) they have the ones that packages have.
std::string name_of(std::uint16_t builtin, const std::string& own) {
  if (builtin == 0) return "Normal";
  if (builtin >= 1 && builtin <= 9) return "heading " + std::to_string(builtin);
  if (builtin >= 19 && builtin <= 27) return "toc " + std::to_string(builtin - 18);
  switch (builtin) {
    case 29:
      return "footnote text";
    case 30:
      return "annotation text";
    case 31:
      return "header";
    case 32:
      return "footer";
    case 34:
      return "caption";
    case 62:
      return "Title";
    case 74:
      return "Subtitle";
    case 101:
      return "HTML Preformatted";
    default:
      return own;
  }
}

// 2.9.260: the formatting of a style, in one or two parts, each behind its size.
void read_parts(std::string_view rest, std::uint8_t kind, ParagraphLooks& paragraph,
                RunLooks& run) {
  const auto next = [&rest] {
    const std::size_t size = little_u16(rest, 0);
    const std::string_view part = rest.substr(std::min<std::size_t>(2, rest.size()), size);
    rest.remove_prefix(std::min(rest.size(), 2 + size + size % 2));
    return part;
  };
  if (kind == kParagraph) {
    const std::string_view part = next();
    if (part.size() > 2) paragraph = paragraph_looks(little_u16(part, 0), part.substr(2), {});
  }
  if (kind == kParagraph || kind == kCharacter) run = run_looks(next());
}

}  // namespace

StyleSheet::StyleSheet(std::string_view sheet, const std::vector<std::string>& fonts) {
  const std::size_t header = little_u16(sheet, 0);
  const std::size_t base_size = little_u16(sheet, 4);
  constexpr std::size_t kLeastBase = 8;
  std::string_view rest = sheet.substr(std::min(sheet.size(), 2 + header));
  for (std::size_t index = 0; rest.size() >= 2 && index < kNoStyle; ++index) {
    const std::size_t size = little_u16(rest, 0);
    const std::string_view bytes = rest.substr(2, size);
    rest.remove_prefix(std::min(rest.size(), 2 + size + size % 2));
    looks_.emplace_back();
    if (bytes.size() < base_size || bytes.size() < kLeastBase) continue;
    Style style;
    style.builtin = little_u16(bytes, 0) & 0xFFF;
    style.kind = static_cast<std::uint8_t>(little_u16(bytes, 2) & 0xF);
    style.base = static_cast<std::uint16_t>(little_u16(bytes, 2) >> 4);
    std::string_view named = bytes.substr(base_size);
    const std::size_t length = std::size_t{little_u16(named, 0)} * 2;
    style.name =
        name_of(style.builtin,
                utf8_of_utf16le(named.substr(std::min<std::size_t>(2, named.size()), length)));
    named.remove_prefix(std::min(named.size(), 2 + length + 2));
    read_parts(named, style.kind, style.paragraph, style.run);
    add(index, style, fonts);
  }
  xml_ = office_xml::part_of("w:styles", xml_);
}

void StyleSheet::add(std::size_t index, const Style& style, const std::vector<std::string>& fonts) {
  if (style.kind != kParagraph && style.kind != kCharacter) return;
  StyleLooks& looks = looks_[index];
  if (style.base < index) looks = looks_[style.base];
  if (style.run.bold == Toggle::kOn) looks.bold = true;
  if (style.run.bold == Toggle::kOff) looks.bold = false;
  if (style.run.italic == Toggle::kOn) looks.italic = true;
  if (style.run.italic == Toggle::kOff) looks.italic = false;
  xml_ += "<w:style w:type=\"" + std::string(style.kind == kParagraph ? "paragraph" : "character") +
          "\"" + (index == 0 ? " w:default=\"1\"" : "") + " w:styleId=\"s" + std::to_string(index) +
          "\"><w:name";
  office_xml::append_attribute(xml_, "w:val", style.name);
  xml_ += "/>";
  if (style.base != kNoStyle) {
    xml_ += "<w:basedOn w:val=\"s" + std::to_string(style.base) + "\"/>";
  }
  if (style.kind == kParagraph) xml_ += "<w:pPr>" + paragraph_xml(style.paragraph) + "</w:pPr>";
  xml_ += run_xml(style.run, {}, fonts) + "</w:style>";
}

// 2.9.286, 2.9.89: each font behind its size; its name at the end.
std::vector<std::string> font_names(std::string_view table) {
  std::vector<std::string> names;
  constexpr std::size_t kBeforeName = 39;
  const std::size_t count = little_u16(table, 0);
  std::string_view rest = table.substr(std::min<std::size_t>(4, table.size()));
  for (std::size_t i = 0; i < count && !rest.empty(); ++i) {
    const std::size_t size = little_u8(rest, 0);
    const std::string_view font = rest.substr(1, size);
    const std::string wide = utf8_of_utf16le(font.substr(std::min(font.size(), kBeforeName)));
    std::string name;
    office_xml::append_escaped(name, wide.substr(0, wide.find('\0')));
    names.push_back(std::move(name));
    rest.remove_prefix(std::min(rest.size(), 1 + size));
  }
  return names;
}

}  // namespace sluice::doc
