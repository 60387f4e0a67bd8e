// SPDX-License-Identifier: Apache-2.0
#include "docx/fields.hpp"

#include <cstdlib>
#include <sluice/symbol_font.hpp>
#include <sluice/url.hpp>
#include <sluice/utf8.hpp>
#include <utility>

namespace sluice::docx {
namespace {

// The words of an instruction; those in quotation marks without them, with `\\` and `\"` resolved
// (17.16.5). A switch (`\h`) is a word.
std::vector<std::string> words_of(std::string_view instruction) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while (at < instruction.size()) {
    if (static_cast<unsigned char>(instruction[at]) <= ' ') {
      ++at;
      continue;
    }
    std::string word;
    const bool quoted = instruction[at] == '"';
    if (quoted) ++at;
    while (at < instruction.size()) {
      const char c = instruction[at];
      if (quoted ? c == '"' : static_cast<unsigned char>(c) <= ' ') break;
      const bool escapes = quoted && c == '\\' && at + 1 < instruction.size() &&
                           (instruction[at + 1] == '\\' || instruction[at + 1] == '"');
      if (escapes) ++at;
      word += instruction[at++];
    }
    if (quoted) ++at;
    words.push_back(std::move(word));
  }
  return words;
}

// The word behind a switch, or empty.
std::string argument_of(const std::vector<std::string>& words, std::string_view name) {
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    if (equal_ignoring_ascii_case(words[i], name)) return words[i + 1];
  }
  return {};
}

bool has_switch(const std::vector<std::string>& words, std::string_view name) {
  for (const std::string& word : words) {
    if (equal_ignoring_ascii_case(word, name)) return true;
  }
  return false;
}

Field hyperlink(const std::vector<std::string>& words) {
  Field field;
  field.kind = Field::Kind::kLink;
  if (words.size() > 1 && !words[1].starts_with('\\')) field.url = words[1];
  const std::string place = argument_of(words, "\\l");
  field.title = argument_of(words, "\\o");
  if (field.url.empty()) {
    field.bookmark = place;
  } else if (!place.empty()) {
    field.url += "#" + place;
  }
  return field;
}

Field symbol(const std::vector<std::string>& words) {
  Field field;
  if (words.size() < 2) return field;
  const SymbolFont font = symbol_font_named(argument_of(words, "\\f"));
  const bool hexadecimal = words[1].starts_with("0x") || words[1].starts_with("0X");
  const unsigned long code = std::strtoul(words[1].c_str(), nullptr, hexadecimal ? 16 : 10);
  if (code == 0 || code > 0x10FFFF) return field;
  char32_t character = symbol_character(font, static_cast<char32_t>(code));
  if (character == 0 && font == SymbolFont::kNone) character = static_cast<char32_t>(code);
  if (character < 0x20) return field;
  field.kind = Field::Kind::kSymbol;
  append_utf8(field.text, character);
  return field;
}

}  // namespace

Field parse_field(std::string_view instruction) {
  const std::vector<std::string> words = words_of(instruction);
  Field field;
  if (words.empty()) return field;
  const std::string& name = words[0];
  if (equal_ignoring_ascii_case(name, "HYPERLINK")) return hyperlink(words);
  if (equal_ignoring_ascii_case(name, "SYMBOL")) return symbol(words);
  const bool page = equal_ignoring_ascii_case(name, "PAGEREF");
  const bool reference =
      page || equal_ignoring_ascii_case(name, "REF") || equal_ignoring_ascii_case(name, "NOTEREF");
  if (reference && words.size() > 1 && (page || has_switch(words, "\\h"))) {
    field.kind = page ? Field::Kind::kPageReference : Field::Kind::kReference;
    field.bookmark = words[1];
  }
  return field;
}

void FieldStack::begin() {
  if (open_.size() >= kMaxDepth) {
    ++beyond_;
    return;
  }
  open_.emplace_back();
  ++hiding_;
}

FieldStack::Open* FieldStack::separate() {
  if (open_.empty() || beyond_ > 0) return nullptr;
  Open& field = open_.back();
  if (field.in_result) return nullptr;
  field.in_result = true;
  --hiding_;
  return &field;
}

void FieldStack::hide_result(Open& field) {
  if (!field.is_hidden) ++hiding_;
  field.is_hidden = true;
}

FieldStack::Open FieldStack::end() {
  if (beyond_ > 0) {
    --beyond_;
    return {};
  }
  if (open_.empty()) return {};
  Open last = std::move(open_.back());
  open_.pop_back();
  if (!last.in_result || last.is_hidden) --hiding_;
  return last;
}

void FieldStack::add_instruction(std::string_view text) {
  constexpr std::size_t kMaxLength = 64 * 1024;
  if (open_.empty() || open_.back().in_result || open_.back().instruction.size() > kMaxLength)
    return;
  open_.back().instruction += text;
}

std::size_t FieldStack::end_unfinished() {
  std::size_t ended = 0;
  while (!open_.empty() && !open_.back().in_result) {
    open_.pop_back();
    --hiding_;
    ++ended;
  }
  return ended;
}

}  // namespace sluice::docx
