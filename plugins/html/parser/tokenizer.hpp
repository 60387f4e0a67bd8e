// SPDX-License-Identifier: Apache-2.0
//
// The text of a page to tokens (HTML 13.2.5). The whole text is at hand, so what the standard
// describes as eighty states of one character each are loops over one construct each.
#pragma once

#include <string>
#include <string_view>

#include "character_references.hpp"
#include "tokens.hpp"

namespace sluice::html::parser {

// How text is read, which the element that it stands in decides.
enum class TextKind : std::uint8_t {
  kData,       // with tags and references
  kRcdata,     // with references: title, textarea
  kRawtext,    // style, iframe, noframes
  kScript,     // with comments that hide end tags
  kPlaintext,  // to the end of the page
};

// Line feeds for all line ends (13.2.3.5), in place: a Tokenizer expects them.
void normalize_line_ends(std::string& text);

class Tokenizer {
 public:
  // `text` is UTF-8, with normal line ends; both must outlive this.
  Tokenizer(std::string_view text, TokenSink& sink) : text_(text), sink_(sink) {}

  // For the sink: how the text behind the start tag is read, up to the end tag `name`.
  void switch_to(TextKind kind, std::string_view name);
  // Hands out all tokens, the end of the file last, in one pass.
  void run();

 private:
  bool at_end() const { return at_ >= text_.size(); }
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool at_word(std::string_view word) const;
  void emit(std::size_t end);
  void emit_reference();
  void emit_with_replacements(std::size_t end);

  void data();
  void markup();
  void tag(bool is_end);
  void declaration();
  void comment();
  void bogus_comment(std::size_t begin);
  void cdata();
  void doctype();

  void text_element();
  void plaintext();
  // Where the end tag that ends the text begins, or the text's end.
  std::size_t end_of_text(std::size_t from) const;
  std::size_t end_of_script(std::size_t from) const;
  bool is_tag_at(std::size_t at, std::string_view before, std::string_view name) const;

  const std::string_view text_;
  TokenSink& sink_;
  std::size_t at_ = 0;
  TextKind kind_ = TextKind::kData;
  std::string end_name_;  // the tag that ends the text
  TagToken tag_;
  std::string buffer_;
};

}  // namespace sluice::html::parser
