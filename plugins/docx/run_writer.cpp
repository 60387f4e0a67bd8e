// SPDX-License-Identifier: Apache-2.0
#include "docx/run_writer.hpp"

#include <algorithm>
#include <cstdlib>
#include <sluice/omml.hpp>
#include <sluice/utf8.hpp>
#include <string>

#include "docx/elements.hpp"

namespace sluice::docx {
namespace {

constexpr std::uint8_t bit(Style style) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(style));
}

constexpr Style kRunStyles[] = {Style::kStrong,    Style::kEmphasis,    Style::kStrike,
                                Style::kSubscript, Style::kSuperscript, Style::kUnderline,
                                Style::kHighlight};

std::uint8_t styles_of(const RunLook& look) {
  unsigned styles = 0;
  if (is_on(look.bold)) styles |= bit(Style::kStrong);
  if (is_on(look.italic)) styles |= bit(Style::kEmphasis);
  if (is_on(look.strike)) styles |= bit(Style::kStrike);
  if (look.vertical == VerticalAlign::kSubscript) styles |= bit(Style::kSubscript);
  if (look.vertical == VerticalAlign::kSuperscript) styles |= bit(Style::kSuperscript);
  if (is_on(look.underline)) styles |= bit(Style::kUnderline);
  if (is_on(look.highlight)) styles |= bit(Style::kHighlight);
  return static_cast<std::uint8_t>(styles);
}

}  // namespace

RunLook RunWriter::look_of(XmlNode properties) const {
  RunLook look = paragraph_look_;
  if (!properties) return look;
  const RunLook& style = context_.document.styles.character(value_of(properties.child("w:rStyle")));
  look = combine(paragraph_look_, style, read_look(properties));
  // Raised and smaller than the text around it: so some writers say superscript.
  if (look.vertical == VerticalAlign::kUnset && look.raise != 0 &&
      look.size < paragraph_look_.size) {
    look.vertical = look.raise > 0 ? VerticalAlign::kSuperscript : VerticalAlign::kSubscript;
  }
  return look;
}

void RunWriter::begin(XmlNode run, Link link) {
  const RunLook look = look_of(run.child("w:rPr"));
  Run open;
  open.hidden = is_on(look.hidden) && !context_.document.settings.hidden_text;
  open.code = is_on(look.monospaced) && !context_.document.styles.is_typewritten();
  open.symbols = look.symbols.value_or(SymbolFont::kNone);
  const RunLook& defaults = context_.document.styles.defaults();
  open.language = look.language.empty() ? defaults.language : look.language;
  open.east_asian_language =
      look.east_asian_language.empty() ? defaults.east_asian_language : look.east_asian_language;
  open.styles = styles_of(look);
  // Headings are bold as they are, links underlined, and code has no emphasis worth the markers.
  if (context_.flow().is_heading()) open.styles &= static_cast<std::uint8_t>(~bit(Style::kStrong));
  if (link == Link::kInside) open.styles &= static_cast<std::uint8_t>(~bit(Style::kUnderline));
  if (context_.flow().is_code()) open.styles = 0;
  for (const Style style : kRunStyles) {
    if ((open.styles & bit(style)) != 0) context_.out.begin_style(style);
  }
  runs_.push_back(open);
}

void RunWriter::end() {
  if (runs_.empty()) return;
  for (const Style style : kRunStyles) {
    if ((runs_.back().styles & bit(style)) != 0) context_.out.end_style(style);
  }
  runs_.pop_back();
}

bool RunWriter::is_hidden() const {
  return fields_.hides() || (!runs_.empty() && runs_.back().hidden);
}

void RunWriter::text_of(XmlNode node) {
  const XmlNode only = node.first_child();
  if (only && only.next_sibling()) {
    text(xml_text(node));
  } else {
    text(only.value());
  }
}

void RunWriter::text(std::string_view words) {
  if (is_muted_ || words.empty()) return;
  if (is_hidden()) {
    if (!fields_.hides() && !context_.is_rehearsal) context_.document.left_out.hidden.add(words);
    return;
  }
  if (skip_bytes_ > 0) {
    words.remove_prefix(std::min(skip_bytes_, words.size()));
    skip_bytes_ = 0;
  }
  const Run run = runs_.empty() ? Run() : runs_.back();
  if (run.skip_text) {
    if (!context_.is_rehearsal) context_.document.notes.mark(words);
    return;
  }
  if (!context_.is_rehearsal)
    context_.document.languages.count(words, run.language, run.east_asian_language);
  std::string mapped;
  if (run.symbols != SymbolFont::kNone) {
    mapped = without_private_characters(words, run.symbols);
    words = mapped;
  }
  if (context_.flow().is_code()) {
    context_.flow().code() += words;
  } else if (run.code) {
    context_.out.code(words);
  } else {
    context_.out.text(words);
  }
}

void RunWriter::label(std::string_view words) {
  context_.out.text(words);
  context_.out.text(" ");
}

void RunWriter::line_break() {
  if (is_hidden()) return;
  if (context_.flow().is_code()) {
    context_.flow().code() += '\n';
  } else {
    context_.out.line_break();
  }
}

void RunWriter::symbol(XmlNode node) {
  const auto code =
      static_cast<char32_t>(std::strtoul(node.attribute("w:char").value(), nullptr, 16));
  const SymbolFont font = symbol_font_named(node.attribute("w:font").value());
  char32_t character = symbol_character(font, code);
  const bool is_private = code >= 0xE000 && code <= 0xF8FF;
  if (character == 0 && !is_private && font == SymbolFont::kNone) character = code;
  if (character < 0x20) return;
  std::string out;
  append_utf8(out, character);
  text(out);
}

void RunWriter::math(XmlNode node) {
  if (is_hidden()) return;
  const auto write = [this](XmlNode formula, MathLayout layout) {
    const std::string tex = omml_to_tex(formula);
    if (context_.flow().is_code()) {
      context_.flow().code() += tex;
    } else {
      context_.out.math(tex, layout);
    }
  };
  if (named(node, "m:oMath")) {
    write(node, MathLayout::kInline);
    return;
  }
  for (const XmlNode formula : node.children("m:oMath")) {
    write(formula, MathLayout::kDisplay);
  }
}

void RunWriter::note(NoteKind kind, XmlNode node) {
  if (is_hidden() || context_.flow().is_code()) return;
  Notes& notes = context_.document.notes;
  const std::string_view id = node.attribute("w:id").value();
  const std::string_view label =
      context_.is_rehearsal ? notes.announce(kind, id) : notes.refer(kind, id);
  if (label.empty()) return;
  const std::string_view custom = node.attribute("w:customMarkFollows").value();
  if ((custom == "1" || custom == "true" || custom == "on") && !runs_.empty()) {
    runs_.back().skip_text = true;
  }
  // A reference is raised by itself, and no part of the words beside it.
  const std::uint8_t styles = runs_.empty() ? std::uint8_t{0} : runs_.back().styles;
  for (const Style style : kRunStyles) {
    if ((styles & bit(style)) != 0) context_.out.end_style(style);
  }
  context_.out.footnote_reference(label);
  for (const Style style : kRunStyles) {
    if ((styles & bit(style)) != 0) context_.out.begin_style(style);
  }
}

void RunWriter::begin_change(Style style) {
  if (context_.document.settings.changes == Changes::kAll && !context_.flow().is_code())
    context_.out.begin_style(style);
}

void RunWriter::end_change(Style style) {
  if (context_.document.settings.changes == Changes::kAll) context_.out.end_style(style);
}

}  // namespace sluice::docx
