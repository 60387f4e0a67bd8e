// SPDX-License-Identifier: Apache-2.0
#include "docx/looks.hpp"

#include <array>
#include <sluice/url.hpp>

#include "docx/elements.hpp"

namespace sluice::docx {
namespace {

Toggle toggle(bool on) {
  return on ? Toggle::kOn : Toggle::kOff;
}

VerticalAlign vertical(std::string_view value) {
  if (value == "subscript") return VerticalAlign::kSubscript;
  if (value == "superscript") return VerticalAlign::kSuperscript;
  return VerticalAlign::kBaseline;
}

void read_one(XmlNode node, RunLook& look) {
  const std::string_view name = node.name();
  if (name == "w:b") {
    look.bold = toggle(is_on(node));
  } else if (name == "w:i") {
    look.italic = toggle(is_on(node));
  } else if (name == "w:strike" || name == "w:dstrike") {
    if (look.strike != Toggle::kOn) look.strike = toggle(is_on(node));
  } else if (name == "w:vanish" || name == "w:specVanish") {
    if (look.hidden != Toggle::kOn) look.hidden = toggle(is_on(node));
  } else if (name == "w:u") {
    look.underline = toggle(!value_of(node).empty() && is_on(node));
  } else if (name == "w:highlight") {
    look.highlight = toggle(is_on(node));
  } else if (name == "w:vertAlign") {
    look.vertical = vertical(value_of(node));
  } else if (name == "w:position") {
    look.raise = node.attribute("w:val").as_int();
  } else if (name == "w:sz") {
    look.size = node.attribute("w:val").as_int();
  } else if (name == "w:lang") {
    look.language = value_of(node);
    look.east_asian_language = node.attribute("w:eastAsia").value();
  } else if (name == "w:rFonts") {
    const std::string_view font = node.attribute("w:ascii").value();
    if (font.empty()) return;
    look.monospaced = toggle(is_monospaced(font));
    look.symbols = symbol_font_named(font);
  }
}

template <class Value>
void override_with(Value& base, Value over) {
  if (over != Value::kUnset) base = over;
}

Toggle combine(Toggle paragraph, Toggle run, Toggle direct) {
  if (direct != Toggle::kUnset) return direct;
  return toggle(is_on(paragraph) != is_on(run));
}

}  // namespace

bool is_monospaced(std::string_view font) {
  constexpr auto kFonts = std::to_array<std::string_view>({"Courier",
                                                           "Courier New",
                                                           "Consolas",
                                                           "Lucida Console",
                                                           "Lucida Sans Typewriter",
                                                           "Monaco",
                                                           "Menlo",
                                                           "Andale Mono",
                                                           "DejaVu Sans Mono",
                                                           "Liberation Mono",
                                                           "Bitstream Vera Sans Mono",
                                                           "Source Code Pro",
                                                           "Roboto Mono",
                                                           "Ubuntu Mono",
                                                           "Fira Code",
                                                           "Fira Mono",
                                                           "JetBrains Mono",
                                                           "Cascadia Code",
                                                           "Cascadia Mono",
                                                           "SF Mono",
                                                           "Inconsolata",
                                                           "Noto Sans Mono",
                                                           "IBM Plex Mono",
                                                           "Nimbus Mono L",
                                                           "FreeMono",
                                                           "OCR A Extended",
                                                           "Letter Gothic",
                                                           "Droid Sans Mono",
                                                           "Liberation Mono;Courier New"});
  for (const std::string_view known : kFonts) {
    if (equal_ignoring_ascii_case(font, known)) return true;
  }
  return false;
}

RunLook read_look(XmlNode properties) {
  RunLook look;
  for (const XmlNode node : properties.children()) read_one(node, look);
  // Text of complex scripts has toggles of its own (17.3.2.2, 17.3.2.17).
  if (is_on(properties.child("w:rtl")) || is_on(properties.child("w:cs"))) {
    if (const XmlNode bold = properties.child("w:bCs")) look.bold = toggle(is_on(bold));
    if (const XmlNode italic = properties.child("w:iCs")) look.italic = toggle(is_on(italic));
  }
  return look;
}

RunLook over(const RunLook& base, const RunLook& over) {
  RunLook look = base;
  override_with(look.bold, over.bold);
  override_with(look.italic, over.italic);
  override_with(look.strike, over.strike);
  override_with(look.hidden, over.hidden);
  override_with(look.underline, over.underline);
  override_with(look.highlight, over.highlight);
  override_with(look.monospaced, over.monospaced);
  override_with(look.vertical, over.vertical);
  if (over.raise != 0) look.raise = over.raise;
  if (over.size != 0) look.size = over.size;
  if (over.symbols) look.symbols = over.symbols;
  if (!over.language.empty()) look.language = over.language;
  if (!over.east_asian_language.empty()) look.east_asian_language = over.east_asian_language;
  return look;
}

RunLook combine(const RunLook& paragraph_style, const RunLook& run_style, const RunLook& direct) {
  RunLook look = over(over(paragraph_style, run_style), direct);
  look.bold = combine(paragraph_style.bold, run_style.bold, direct.bold);
  look.italic = combine(paragraph_style.italic, run_style.italic, direct.italic);
  look.strike = combine(paragraph_style.strike, run_style.strike, direct.strike);
  look.hidden = combine(paragraph_style.hidden, run_style.hidden, direct.hidden);
  return look;
}

}  // namespace sluice::docx
