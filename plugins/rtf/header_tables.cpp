// SPDX-License-Identifier: Apache-2.0
#include "rtf/header_tables.hpp"

#include <algorithm>
#include <cstdio>
#include <sluice/blanks.hpp>
#include <sluice/symbol_font.hpp>
#include <sluice/utf8.hpp>

#include "docx/looks.hpp"
#include "docx/style_names.hpp"
#include "rtf/model.hpp"

namespace sluice::rtf {
namespace {

using Kind = Token::Kind;

// What documents of people have at most, with room: Word itself stops at 2,047 lists and 4,079
// styles.
constexpr std::size_t kMaxEntries = 10'000;
constexpr std::size_t kMaxName = 1'000;
constexpr std::size_t kMaxProperty = 64 * 1024;
constexpr std::size_t kMaxLevelText = 256;

// Number formats by `\levelnfc` ([MS-OSHARED], MSONFC), as ECMA-376 names them.
constexpr auto kNumberFormats = std::to_array<std::string_view>({"decimal",
                                                                 "upperRoman",
                                                                 "lowerRoman",
                                                                 "upperLetter",
                                                                 "lowerLetter",
                                                                 "ordinal",
                                                                 "cardinalText",
                                                                 "ordinalText",
                                                                 "hex",
                                                                 "chicago",
                                                                 "ideographDigital",
                                                                 "japaneseCounting",
                                                                 "aiueo",
                                                                 "iroha",
                                                                 "decimalFullWidth",
                                                                 "decimalHalfWidth",
                                                                 "japaneseLegal",
                                                                 "japaneseDigitalTenThousand",
                                                                 "decimalEnclosedCircle",
                                                                 "decimalFullWidth2",
                                                                 "aiueoFullWidth",
                                                                 "irohaFullWidth",
                                                                 "decimalZero",
                                                                 "bullet",
                                                                 "ganada",
                                                                 "chosung",
                                                                 "decimalEnclosedFullstop",
                                                                 "decimalEnclosedParen",
                                                                 "decimalEnclosedCircleChinese",
                                                                 "ideographEnclosedCircle",
                                                                 "ideographTraditional",
                                                                 "ideographZodiac",
                                                                 "ideographZodiacTraditional",
                                                                 "taiwaneseCounting",
                                                                 "ideographLegalTraditional",
                                                                 "taiwaneseCountingThousand",
                                                                 "taiwaneseDigital",
                                                                 "chineseCounting",
                                                                 "chineseLegalSimplified",
                                                                 "chineseCountingThousand",
                                                                 "decimal",
                                                                 "koreanDigital",
                                                                 "koreanCounting",
                                                                 "koreanLegal",
                                                                 "koreanDigital2",
                                                                 "hebrew1",
                                                                 "arabicAlpha",
                                                                 "hebrew2",
                                                                 "arabicAbjad",
                                                                 "hindiVowels",
                                                                 "hindiConsonants",
                                                                 "hindiNumbers",
                                                                 "hindiCounting",
                                                                 "thaiLetters",
                                                                 "thaiNumbers",
                                                                 "thaiCounting",
                                                                 "vietnameseCounting",
                                                                 "numberInDash",
                                                                 "russianLower",
                                                                 "russianUpper"});

std::string_view number_format(std::int32_t code) {
  if (code == 255) return "none";
  const auto at = static_cast<std::size_t>(code);
  return at < kNumberFormats.size() ? kNumberFormats.at(at) : "decimal";
}

// Calls `visit` with each token of a group and how deep in it the token stands (1: the group
// itself), to the group's end. A visitor that takes the end of a group itself counts `depth` down.
template <class Visit>
void for_each_token(Lexer& lexer, Visit visit) {
  std::size_t depth = 1;
  while (depth > 0) {
    const Token token = lexer.next();
    if (token.kind == Kind::kEnd) return;
    if (token.kind == Kind::kClose && --depth == 0) return;
    if (token.kind == Kind::kOpen) ++depth;
    visit(token, depth);
  }
}

std::string without_semicolon(std::string name) {
  name.erase(std::min(name.find(';'), name.size()));
  return std::string(trimmed(name));
}

}  // namespace

void HeaderReader::read_fonts() {
  std::int32_t number = 0;
  Font font;
  TextAssembler text(decoder_);
  bool open = false;
  const auto finish = [&] {
    const std::string name = without_semicolon(text.take());
    if (!open || fonts.size() >= kMaxEntries) return;
    font.monospaced = font.monospaced || docx::is_monospaced(name);
    font.symbols = symbol_font_named(name);
    if (font.charset == 2 && font.symbols == SymbolFont::kNone) font.symbols = SymbolFont::kSymbol;
    states_charsets_ = states_charsets_ || font.charset > 2;
    fonts[number] = font;
    open = false;
  };
  std::size_t skipping = 0;  // the depth of a group that only some readers know
  for_each_token(lexer_, [&](const Token& token, std::size_t& depth) {
    if (skipping > 0) {
      if (token.kind == Kind::kClose && depth < skipping) skipping = 0;
      return;
    }
    if (token.kind == Kind::kSymbol && token.text == "*") {
      skipping = depth;
    } else if (token.kind == Kind::kWord && token.text == "f") {
      finish();
      number = token.value;
      font = {};
      open = true;
    } else if (token.kind == Kind::kWord && token.text == "fcharset") {
      font.charset = token.value;
      text.set_page(code_page_of_charset(token.value) > kSymbolPage
                        ? code_page_of_charset(token.value)
                        : document_page);
    } else if (token.kind == Kind::kWord && token.text == "cpg") {
      font.page = token.value;
    } else if (token.kind == Kind::kWord && token.text == "fprq") {
      font.monospaced = font.monospaced || token.value == 1;
    } else if (token.kind == Kind::kWord && (token.text == "falt" || token.text == "panose")) {
      skipping = depth;
    } else {
      append_token(text, token);
    }
  });
  finish();
}

CodePage HeaderReader::page_of(std::int32_t number) const {
  const auto found = fonts.find(number);
  if (found == fonts.end()) return document_page;
  const Font& font = found->second;
  if (font.page > 0) return font.page;
  if (font.charset == 0) {
    // "ANSI". Writers that give other fonts other charsets mean Western letters; those that know no
    // charsets mean the document's.
    return states_charsets_ ? kWestern : document_page;
  }
  const CodePage page = code_page_of_charset(font.charset);
  return page > 0 ? page : document_page;
}

void HeaderReader::read_styles() {
  std::int32_t number = 0;
  bool is_character = false;
  bool is_other = false;
  NamedStyle style;
  TextAssembler text(decoder_);
  text.set_page(document_page);
  const auto finish = [&] {
    style.name = without_semicolon(text.take());
    if (style.name.size() > kMaxName) style.name.clear();
    const docx::NamedRole named = docx::role_of_name(style.name);
    if (named.role != docx::Role::kNone) {
      style.role = named.role;
      style.level = named.level;
    }
    auto& styles = is_character ? character_styles : paragraph_styles;
    style.is_code = is_character && docx::is_code_name(style.name);
    if (!is_other && styles.size() < kMaxEntries) styles[number] = style;
    number = 0;
    is_character = is_other = false;
    style = {};
  };
  for_each_token(lexer_, [&](const Token& token, std::size_t& depth) {
    if (depth == 1 && token.kind == Kind::kClose) return finish();
    if (depth == 2 && token.kind == Kind::kOpen) {
      text.take();
      return;
    }
    if (token.kind != Kind::kWord) {
      if (depth == 2) append_token(text, token);
      return;
    }
    if (token.text == "s") {
      number = token.value;
    } else if (token.text == "cs") {
      number = token.value;
      is_character = true;
    } else if (token.text == "ts" || token.text == "ds") {
      is_other = true;
    } else if (token.text == "outlinelevel" && token.value >= 0 && token.value < 9) {
      style.role = docx::Role::kHeading;
      style.level = token.value + 1;
    } else if (token.text == "ls") {
      style.list = token.value;
    } else if (token.text == "b" && token.is_on()) {
      style.looks |= bit(Style::kStrong);
    } else if (token.text == "i" && token.is_on()) {
      style.looks |= bit(Style::kEmphasis);
    } else if (token.text == "strike" && token.is_on()) {
      style.looks |= bit(Style::kStrike);
    } else if (depth == 2) {
      append_token(text, token);
    }
  });
}

void HeaderReader::read_lists() {
  for_each_token(lexer_, [&](const Token& token, std::size_t& depth) {
    if (token.kind != Kind::kWord || token.text != "list") return;
    read_list();
    --depth;
  });
}

void HeaderReader::read_list() {
  docx::Numbering::Definition definition;
  std::int32_t id = 0;
  int level = 0;
  for_each_token(lexer_, [&](const Token& token, std::size_t& depth) {
    if (token.kind != Kind::kWord) return;
    if (token.text == "listlevel") {
      read_level(definition, level++);
      --depth;
    } else if (token.text == "listid") {
      id = token.value;
    }
  });
  if (lists.definitions.size() < kMaxEntries) lists.definitions[id] = definition;
}

void HeaderReader::read_level(docx::Numbering::Definition& definition, int level) {
  docx::Numbering::Level read;
  for_each_token(lexer_, [&](const Token& token, std::size_t& depth) {
    if (token.kind != Kind::kWord) return;
    if (token.text == "levelnfc" || token.text == "levelnfcn") {
      read.format = number_format(token.value);
    } else if (token.text == "levelstartat") {
      read.start = std::clamp(token.value, 0, 1'000'000);
    } else if (token.text == "levellegal") {
      read.legal = token.is_on();
    } else if (token.text == "levelnorestart" && token.is_on()) {
      read.restart = 0;
    } else if (token.text == "li" || token.text == "lin") {
      read.left = token.value;
    } else if (token.text == "leveltext") {
      read.text = lists.texts.emplace_back(read_level_text());
      --depth;
    } else if (token.text == "levelnumbers") {
      lexer_.skip_group();
      --depth;
    }
  });
  if (level < docx::kLevels) definition.levels.at(static_cast<std::size_t>(level)) = read;
}

// `\'03\'00.\'01;`: the length, then the text, in which the bytes 0 to 8 stand for the numbers of
// levels.
std::string HeaderReader::read_level_text() {
  std::string out;
  TextAssembler text(decoder_);
  text.set_page(document_page);
  bool has_length = false;
  bool ended = false;
  for_each_token(lexer_, [&](const Token& token, std::size_t&) {
    if (ended || out.size() > kMaxLevelText) return;
    if (token.kind == Kind::kByte && !has_length) {
      has_length = true;
    } else if (token.kind == Kind::kByte && token.value < docx::kLevels) {
      out += text.take();
      out += '%';
      out += static_cast<char>('1' + token.value);
      text.end_fallback();
    } else if (token.kind == Kind::kText) {
      const std::size_t end = token.text.find(';');
      ended = end != std::string_view::npos;
      text.bytes(token.text.substr(0, end));
    } else {
      append_token(text, token);
    }
  });
  out += text.take();
  out.resize(utf8_cut(out, kMaxLevelText));
  return out;
}

void HeaderReader::read_list_overrides() {
  for_each_token(lexer_, [&](const Token& token, std::size_t& depth) {
    if (token.kind != Kind::kWord || token.text != "listoverride") return;
    read_override();
    --depth;
  });
}

void HeaderReader::read_override() {
  docx::Numbering::Instance instance;
  std::int32_t id = 0;
  std::int32_t number = -1;
  int level = -1;
  bool restarts = false;
  docx::Numbering::Definition own;  // levels that stand in the override itself
  for_each_token(lexer_, [&](const Token& token, std::size_t& depth) {
    if (token.kind != Kind::kWord) return;
    const bool in_level = level >= 0 && level < docx::kLevels;
    const auto at = static_cast<std::size_t>(in_level ? level : 0);
    if (token.text == "listid") {
      id = token.value;
    } else if (token.text == "ls") {
      number = token.value;
    } else if (token.text == "lfolevel") {
      ++level;
      restarts = false;
    } else if (token.text == "listoverridestartat") {
      restarts = true;
    } else if (token.text == "levelstartat" && in_level && restarts) {
      instance.starts.at(at) = std::clamp(token.value, 0, 1'000'000);
    } else if (token.text == "listlevel" && in_level) {
      read_level(own, level);
      --depth;
      instance.levels.at(at) = own.levels.at(at);
      if (restarts) instance.starts.at(at) = own.levels.at(at).start;
    }
  });
  const auto definition = lists.definitions.find(id);
  if (definition == lists.definitions.end() || number <= 0) return;
  instance.definition = id;
  lists.numbering.add_definition(id, definition->second);
  lists.numbering.add_instance(number, instance);
}

std::string HeaderReader::read_text(std::int32_t fallback) {
  TextAssembler text(decoder_);
  text.set_page(document_page);
  text.set_fallback(fallback);
  std::string out;
  std::size_t skipping = 0;
  bool opened = false;
  for_each_token(lexer_, [&](const Token& token, std::size_t& depth) {
    if (skipping > 0) {
      if (token.kind == Kind::kClose && depth < skipping) skipping = 0;
      return;
    }
    if (opened && token.kind == Kind::kSymbol && token.text == "*") {
      skipping = depth;
      return;
    }
    opened = token.kind == Kind::kOpen;
    append_token(text, token);
    if (out.size() < kMaxProperty) out += text.take();
  });
  out += text.take();
  return out;
}

namespace {

// The key of front matter for a word of `\info`, or empty.
std::string_view key_of(std::string_view word) {
  if (word == "title") return "title";
  if (word == "author") return "author";
  if (word == "keywords") return "keywords";
  if (word == "doccomm") return "description";
  if (word == "subject") return "subject";
  return {};
}

struct Moment {
  std::int32_t year = 0;
  std::int32_t month = 0;
  std::int32_t day = 0;

  // As front matter has it; empty for what is no date. RTF does not say in which zone it is.
  std::string text() const {
    if (year < 1980 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return {};
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", year, month, day);
    return buffer;
  }
};

}  // namespace

void HeaderReader::read_properties() {
  std::string_view date;  // the key of the group that is open
  Moment moment;
  for_each_token(lexer_, [&](const Token& token, std::size_t& depth) {
    if (token.kind == Kind::kClose) {
      const std::string text = date.empty() ? std::string() : moment.text();
      if (!text.empty()) properties.metadata.emplace(date, text);
      date = {};
    }
    if (token.kind != Kind::kWord) return;
    if (const std::string_view key = key_of(token.text); !key.empty()) {
      const std::string value = one_line(read_text());
      --depth;
      if (!value.empty()) properties.metadata.emplace(key, value);
    } else if (token.text == "creatim" || token.text == "revtim") {
      date = token.text == "creatim" ? "created" : "modified";
      moment = {};
    } else if (token.text == "yr") {
      moment.year = token.value;
    } else if (token.text == "mo") {
      moment.month = token.value;
    } else if (token.text == "dy") {
      moment.day = token.value;
    } else if (token.text == "nofpages" && token.value > 0) {
      properties.metadata.emplace("pages", std::to_string(token.value));
    }
  });
}

}  // namespace sluice::rtf
