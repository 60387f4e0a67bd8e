// SPDX-License-Identifier: Apache-2.0
#include "rtf/encapsulated.hpp"

#include <vector>

#include "rtf/header_tables.hpp"
#include "rtf/lexer.hpp"
#include "rtf/words.hpp"

namespace sluice::rtf {
namespace {

using Kind = Token::Kind;

constexpr std::size_t kMaxDepth = 1'000;

class Extractor {
 public:
  Extractor(std::string_view rtf, Encapsulated kind)
      : lexer_(rtf),
        header_(lexer_, decoder_),
        text_(decoder_),
        is_html_(kind == Encapsulated::kHtml) {
    groups_.emplace_back();
  }

  std::string run() {
    while (true) {
      const Token token = lexer_.next();
      switch (token.kind) {
        case Kind::kEnd:
          flush();
          return std::move(out_);
        case Kind::kOpen:
          flush();
          text_.end_fallback();
          open();
          break;
        case Kind::kClose:
          flush();
          text_.end_fallback();
          close();
          break;
        case Kind::kText:
          text_.bytes(token.text);
          break;
        case Kind::kByte:
          text_.byte(static_cast<std::uint8_t>(token.value));
          break;
        case Kind::kSymbol:
          symbol(token.text[0]);
          break;
        case Kind::kWord:
          word(token);
          break;
        case Kind::kBinary:
          break;
      }
    }
  }

 private:
  struct Group {
    bool is_for_rtf = false;  // \htmlrtf: what readers of RTF see in place of the HTML
    bool is_tag = false;      // \*\htmltag: HTML as it is
    bool is_optional = false;
    std::int32_t font = 0;
    std::int32_t fallback = 1;
  };

  void open() {
    if (groups_.size() >= kMaxDepth) {
      ++beyond_;
      return;
    }
    Group inner = groups_.back();
    inner.is_optional = false;
    inner.fallback = text_.fallback();
    groups_.push_back(inner);
  }

  void close() {
    if (beyond_ > 0) {
      --beyond_;
      return;
    }
    if (groups_.size() == 1) return;
    text_.set_fallback(groups_.back().fallback);
    groups_.pop_back();
    text_.set_page(header_.page_of(groups_.back().font));
  }

  void flush() {
    if (text_.is_empty()) return;
    append(text_.take());
  }

  void append(std::string_view text) {
    const Group& group = groups_.back();
    if (group.is_tag || (!is_html_ && !group.is_for_rtf)) {
      out_ += text;
    } else if (!group.is_for_rtf) {
      append_escaped(out_, text);
    }
  }

  void symbol(char c) {
    if (c == '*') {
      groups_.back().is_optional = true;
      return;
    }
    if (text_.skips_control()) return;
    flush();
    if (c == '\\' || c == '{' || c == '}') {
      append(std::string_view(&c, 1));
    } else if (c == '~') {
      append("\u00A0");
    } else if (c == '_') {
      append("\u2011");
    }
  }

  void word(const Token& token) {
    if (token.text == "u") return text_.unicode(token.value);
    if (text_.skips_control()) return;
    flush();
    Group& group = groups_.back();
    if (token.text == "htmltag") {
      group.is_tag = true;
      return;
    }
    if (token.text == "htmlrtf") {
      group.is_for_rtf = token.is_on();
      return;
    }
    if (token.text == "f") {
      group.font = token.value;
      text_.set_page(header_.page_of(token.value));
      return;
    }
    if (token.text == "deff" || token.text == "uc") {
      if (token.text == "uc") text_.set_fallback(token.has_value ? token.value : 1);
      if (token.text == "deff") group.font = token.value;
      return;
    }
    const Meaning meaning = meaning_of(token.text);
    switch (meaning.word) {
      case Word::kAnsiCodePage:
        header_.document_page = token.value > 0 ? token.value : kWestern;
        text_.set_page(header_.document_page);
        return;
      case Word::kFonts:
        header_.read_fonts();
        return close();
      case Word::kParagraph:
      case Word::kLine:
        return append("\r\n");
      case Word::kTab:
        return append("\t");
      case Word::kCharacter: {
        std::string character;
        append_utf8(character, meaning.character);
        return append(character);
      }
      case Word::kStyles:
      case Word::kInfo:
      case Word::kPicture:
      case Word::kListText:
      case Word::kSkipped:
        lexer_.skip_group();
        return close();
      default:
        break;
    }
    if (group.is_optional && !group.is_tag) {
      lexer_.skip_group();
      close();
    }
  }

  Lexer lexer_;
  ByteDecoder decoder_;
  HeaderReader header_;
  TextAssembler text_;
  const bool is_html_;
  std::vector<Group> groups_;
  std::size_t beyond_ = 0;
  std::string out_;
};

}  // namespace

Encapsulated encapsulated_in(std::string_view rtf) {
  // Before the first group within the document (2.1.1 asks for the first ten tokens).
  constexpr int kMaxTokens = 32;
  Lexer lexer(rtf);
  if (lexer.next().kind != Kind::kOpen) return Encapsulated::kNothing;
  for (int i = 0; i < kMaxTokens; ++i) {
    const Token token = lexer.next();
    if (token.kind != Kind::kWord) break;
    if (token.text == "fromhtml" && token.is_on()) return Encapsulated::kHtml;
    if (token.text == "fromtext") return Encapsulated::kText;
  }
  return Encapsulated::kNothing;
}

std::string de_encapsulated(std::string_view rtf) {
  return Extractor(rtf, encapsulated_in(rtf)).run();
}

}  // namespace sluice::rtf
