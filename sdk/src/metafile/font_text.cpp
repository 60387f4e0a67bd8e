// SPDX-License-Identifier: Apache-2.0
#include "metafile/font_text.hpp"

#include <sluice/code_page.hpp>
#include <sluice/little_endian.hpp>
#include <sluice/symbol_font.hpp>
#include <sluice/utf8.hpp>

namespace sluice::metafile {

const CodePage& FontTexts::code_page(std::uint32_t number) {
  return code_pages_.try_emplace(number, number).first->second;
}

std::string FontTexts::read(std::string_view bytes, bool is_wide, const Font& font) {
  constexpr std::uint8_t kSymbolCharset = 2;
  const SymbolFont symbols = symbol_font_named(font.family);
  if (is_wide) {
    std::string text = utf8_of_utf16le(bytes);
    return symbols == SymbolFont::kNone ? text : without_private_characters(text, symbols);
  }
  if (font.charset != kSymbolCharset && symbols == SymbolFont::kNone) {
    return code_page(code_page_of_charset(font.charset)).utf8(bytes);
  }
  // A symbol font of which nothing is known shows what its letters are.
  if (symbols == SymbolFont::kNone) return code_page(1252).utf8(bytes);
  std::string text;
  for (const char byte : bytes) {
    if (const char32_t c = symbol_character(symbols, static_cast<unsigned char>(byte))) {
      append_utf8(text, c);
    }
  }
  return text;
}

}  // namespace sluice::metafile
