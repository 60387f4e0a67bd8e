// SPDX-License-Identifier: Apache-2.0
//
// What stands in front of the text: fonts, styles, lists, and the document's properties.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <unordered_map>

#include "docx/numbering.hpp"
#include "docx/styles.hpp"
#include "rtf/code_pages.hpp"
#include "rtf/lexer.hpp"

namespace sluice::rtf {

struct Font {
  std::int32_t charset = -1;  // `\fcharset`; -1: not stated
  CodePage page = 0;          // `\cpg`; 0: not stated
  bool monospaced = false;
  SymbolFont symbols = SymbolFont::kNone;
};

struct NamedStyle {
  docx::Role role = docx::Role::kNone;
  int level = 0;           // of a heading or an entry of the contents, from 1
  std::uint8_t looks = 0;  // a bit per sluice::Style that all its text has
  std::int32_t list = 0;   // `\ls`
  bool is_code = false;    // of a character style
  std::string name;
};

// The list tables as the model that counts items, with the text that it refers to.
struct Lists {
  docx::Numbering numbering;
  std::deque<std::string> texts;
  std::unordered_map<std::int32_t, docx::Numbering::Definition> definitions;  // by `\listid`
};

struct Properties {
  std::map<std::string, std::string> metadata;
};

// All readers begin behind the word that opens their group and read to the group's end, which they
// take.
class HeaderReader {
 public:
  HeaderReader(Lexer& lexer, ByteDecoder& decoder) : lexer_(lexer), decoder_(decoder) {}

  // `\ansicpg` and its like: the page of text without a font of its own.
  CodePage document_page = kWestern;
  std::unordered_map<std::int32_t, Font> fonts;
  std::unordered_map<std::int32_t, NamedStyle> paragraph_styles;
  std::unordered_map<std::int32_t, NamedStyle> character_styles;
  Lists lists;
  Properties properties;

  void read_fonts();
  void read_styles();
  void read_lists();
  void read_list_overrides();
  void read_properties();
  // The text of a group, groups in it included but for those that only some readers know.
  std::string read_text(std::int32_t fallback = 1);

  // The page of text in a font.
  CodePage page_of(std::int32_t font) const;

 private:
  void read_level(docx::Numbering::Definition& definition, int level);
  std::string read_level_text();
  void read_list();
  void read_override();
  bool states_charsets_ = false;

  Lexer& lexer_;
  ByteDecoder& decoder_;
};

}  // namespace sluice::rtf
