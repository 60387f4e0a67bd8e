// SPDX-License-Identifier: Apache-2.0
//
// The code pages of RTF's text, and the step from its bytes and `\u` to UTF-8.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <sluice/charset.hpp>
#include <string>
#include <string_view>

#include "rtf/lexer.hpp"

namespace sluice::rtf {

// A Windows code page by its number; 2 is the page of symbol fonts, which stand for no letters.
using CodePage = std::int32_t;
inline constexpr CodePage kSymbolPage = 2;
inline constexpr CodePage kMacRoman = 10000;
inline constexpr CodePage kWestern = 1252;

// The code page of a font's `\fcharset`; 0 where the document's own counts.
CodePage code_page_of_charset(std::int32_t fcharset);

// Bytes of any code page to UTF-8. Keeps one decoder for each page that was used.
class ByteDecoder {
 public:
  ByteDecoder() = default;
  ByteDecoder(const ByteDecoder&) = delete;
  ByteDecoder& operator=(const ByteDecoder&) = delete;

  // Appends `bytes`, which begin and end with whole characters, to `out`. Symbols are appended as
  // U+F000 and their code, as Word stores them.
  void decode(std::string_view bytes, CodePage page, std::string& out);
  // Characters that could not be decoded so far.
  std::uint64_t replaced() const;

 private:
  struct Page;
  std::string* out_ = nullptr;
  std::map<CodePage, std::unique_ptr<TextDecoder>> decoders_;
};

// The text of a group or a paragraph: bytes and Unicode characters in any order, with what `\uc`
// says to leave out behind each `\u`.
class TextAssembler {
 public:
  explicit TextAssembler(ByteDecoder& decoder) : decoder_(decoder) {}

  void set_page(CodePage page);
  void set_fallback(std::int32_t characters);  // `\ucN`
  std::int32_t fallback() const { return fallback_; }

  // Each appends what it makes to text().
  void bytes(std::string_view bytes);
  void byte(std::uint8_t byte);
  void unicode(std::int32_t value);
  // Any other control word or symbol counts as one character of a fallback. True if it belongs to
  // one and is to be left out.
  bool skips_control();
  // A group begins or ends: a fallback reaches no further.
  void end_fallback() { to_skip_ = 0; }

  // The text so far, which is then empty. Bytes that wait for the rest of their character are
  // decoded.
  std::string take();
  bool is_empty() const { return text_.empty() && pending_.empty() && high_ == 0; }

 private:
  void flush();

  ByteDecoder& decoder_;
  CodePage page_ = kWestern;
  std::int32_t fallback_ = 1;
  std::int32_t to_skip_ = 0;
  char32_t high_ = 0;  // half of a character beyond U+FFFF
  std::string pending_;
  std::string text_;
};

// Appends the text that a token stands for in a name or another text of its own: a tab and a line
// end are blanks, and what only changes the look of text is left out.
void append_token(TextAssembler& text, const Token& token);

// Appends text as content, or as an attribute's value, of HTML and XML. Control characters, which
// XML does not know, are left out but for tabs and line ends.
void append_escaped(std::string& out, std::string_view text);

}  // namespace sluice::rtf
