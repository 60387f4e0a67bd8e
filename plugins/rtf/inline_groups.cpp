// SPDX-License-Identifier: Apache-2.0
#include "rtf/inline_groups.hpp"

#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/omml.hpp>
#include <sluice/opc.hpp>
#include <sluice/utf8.hpp>
#include <sluice/xml.hpp>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::rtf {
namespace {

using Kind = Token::Kind;

constexpr std::size_t kMaxInstruction = 64 * 1024;
constexpr std::size_t kMaxAffix = 64;       // bytes before or after a number
constexpr std::int32_t kAsTheDefault = 25;  // `\ffres25`: the form's result is its default

struct Form {
  bool is_box = false;
  bool is_menu = false;
  std::int32_t result = kAsTheDefault;
  std::int32_t usual = 0;
  std::vector<std::string> entries;

  std::string shown() const {
    const std::int32_t value = result == kAsTheDefault ? usual : result;
    if (is_box) return value != 0 ? "\u2612" : "\u2610";
    const auto at = static_cast<std::size_t>(value);
    return is_menu && value >= 0 && at < entries.size() ? entries[at] : std::string();
  }
};

}  // namespace

Instruction read_instruction(Lexer& lexer, ByteDecoder& decoder, CodePage page) {
  constexpr std::size_t kMaxEntries = 100;
  TextAssembler text(decoder);
  text.set_page(page);
  Instruction instruction;
  Form form;
  std::size_t form_depth = 0;   // of the group that describes a form; 0: none is open
  std::size_t entry_depth = 0;  // of a menu's entry
  std::size_t depth = 1;
  while (depth > 0) {
    const Token token = lexer.next();
    if (token.kind == Kind::kEnd) break;
    if (token.kind == Kind::kOpen) ++depth;
    if (token.kind == Kind::kClose) {
      if (depth == entry_depth && form.entries.size() < kMaxEntries)
        form.entries.push_back(text.take());
      if (depth == entry_depth) entry_depth = 0;
      if (depth == form_depth) form_depth = 0;
      --depth;
    }
    const bool word = token.kind == Kind::kWord;
    if (word && token.text == "formfield") {
      instruction.text += text.take();
      form_depth = depth;
    } else if (word && token.text == "fftype") {
      form.is_box = token.value == 1;
      form.is_menu = token.value == 2;
    } else if (word && token.text == "ffres") {
      form.result = token.value;
    } else if (word && token.text == "ffdefres") {
      form.usual = token.value;
    } else if (word && token.text == "ffl") {
      text.take();
      entry_depth = depth;
    } else if (word && (token.text == "datafield" || token.text == "ffname" ||
                        token.text == "ffhelptext" || token.text == "ffstattext" ||
                        token.text == "ffdeftext" || token.text == "ffformat")) {
      lexer.skip_group();
      --depth;
    } else if (form_depth == 0 || entry_depth > 0) {
      append_token(text, token);
      if (form_depth == 0 && instruction.text.size() < kMaxInstruction)
        instruction.text += text.take();
    }
  }
  if (form_depth == 0) instruction.text += text.take();
  instruction.form = form.shown();
  return instruction;
}

OldNumber read_old_number(Lexer& lexer, HeaderReader& header) {
  static constexpr auto kFormats = std::to_array<std::pair<std::string_view, const char*>>({
      {"pndec", "decimal"},
      {"pnucltr", "upperLetter"},
      {"pnucrm", "upperRoman"},
      {"pnlcltr", "lowerLetter"},
      {"pnlcrm", "lowerRoman"},
      {"pncard", "cardinalText"},
      {"pnord", "ordinal"},
      {"pnordt", "ordinalText"},
  });
  OldNumber number;
  std::size_t depth = 1;
  while (depth > 0) {
    const Token token = lexer.next();
    if (token.kind == Kind::kEnd) break;
    if (token.kind == Kind::kOpen) ++depth;
    if (token.kind == Kind::kClose) --depth;
    if (token.kind != Kind::kWord) continue;
    const auto format = std::find_if(kFormats.begin(), kFormats.end(),
                                     [&](const auto& entry) { return entry.first == token.text; });
    if (format != kFormats.end()) {
      number.format = format->second;
    } else if (token.text == "pnlvlblt") {
      number.is_bullet = true;
    } else if (token.text == "pnlvlcont") {
      number.is_continued = true;
    } else if (token.text == "pnlvl" || token.text == "ilvl") {
      number.level =
          std::clamp(token.text == "pnlvl" ? token.value - 1 : token.value, 0, docx::kLevels - 1);
    } else if (token.text == "pnstart") {
      number.start = std::clamp(token.value, 0, 1'000'000);
    } else if (token.text == "pntxtb" || token.text == "pntxta") {
      const std::string text = header.read_text();
      (token.text == "pntxtb" ? number.before : number.after) =
          utf8_prefix(trimmed(text), kMaxAffix);
      --depth;
    }
  }
  return number;
}

namespace {

// An element of a formula while its group is open.
struct Element {
  std::string name;
  std::string text;
  std::string children;  // as XML
};

std::string xml_of(const Element& element) {
  if (element.name.empty()) return element.children;
  std::string out = "<m:" + element.name;
  if (element.name == "r" || element.name == "t") {
    out += ">" + element.children + (element.name == "r" ? "<m:t xml:space=\"preserve\">" : "");
    append_escaped(out, element.text);
    return out + (element.name == "r" ? "</m:t></m:r>" : "</m:t>");
  }
  if (element.children.empty() && !element.text.empty()) {
    out += " m:val=\"";
    append_escaped(out, trimmed(element.text));
    return out + "\"/>";
  }
  return out + ">" + element.children + "</m:" + element.name + ">";
}

// Words with a parameter that are elements with a value.
std::string value_element(const Token& token) {
  static constexpr auto kStyles = std::to_array<std::string_view>({"p", "b", "i", "bi"});
  static constexpr auto kScripts = std::to_array<std::string_view>(
      {"roman", "script", "fraktur", "double-struck", "sans-serif", "monospace"});
  const auto at = static_cast<std::size_t>(token.value);
  if (token.text == "msty" && at < kStyles.size())
    return "<m:sty m:val=\"" + std::string(kStyles.at(at)) + "\"/>";
  if (token.text == "mscr" && at < kScripts.size())
    return "<m:scr m:val=\"" + std::string(kScripts.at(at)) + "\"/>";
  if (token.text == "mnor") return "<m:nor/>";
  return {};
}

bool is_element_name(std::string_view word) {
  return word.size() > 1 && word[0] == 'm' && std::all_of(word.begin(), word.end(), [](char c) {
           return is_ascii_letter(static_cast<unsigned char>(c));
         });
}

}  // namespace

std::string read_math(Lexer& lexer, ByteDecoder& decoder, CodePage page) {
  // What is nested deeper than omml_to_tex goes is part of the deepest element.
  constexpr std::size_t kMaxDepth = 200;
  TextAssembler text(decoder);
  text.set_page(page);
  std::vector<Element> open(1);
  std::size_t beyond = 0;
  const auto close = [&open] {
    const std::string xml = xml_of(open.back());
    const bool is_plain = open.back().name.empty();
    std::string words = is_plain ? std::move(open.back().text) : std::string();
    open.pop_back();
    open.back().children += xml;
    open.back().text += words;
  };
  while (true) {
    const Token token = lexer.next();
    if (token.kind == Kind::kEnd) break;
    append_token(text, token);
    open.back().text += text.take();
    if (token.kind == Kind::kOpen) {
      if (open.size() > kMaxDepth) {
        ++beyond;
      } else {
        open.emplace_back();
      }
    } else if (token.kind == Kind::kClose) {
      if (beyond > 0) {
        --beyond;
      } else if (open.size() == 1) {
        break;
      } else {
        close();
      }
    } else if (token.kind == Kind::kWord && beyond == 0) {
      if (const std::string value = value_element(token); !value.empty()) {
        open.back().children += value;
      } else if (open.size() > 1 && open.back().name.empty() && is_element_name(token.text)) {
        open.back().name = token.text.substr(1);
      }
    }
  }
  while (open.size() > 1) close();
  const std::string xml =
      "<m:oMath xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" "
      "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">" +
      open.front().children + "</m:oMath>";
  const XmlPart part = parse_xml(xml, "formula", office_namespaces());
  return part.root() ? omml_to_tex(part.root()) : std::string();
}

}  // namespace sluice::rtf
