// SPDX-License-Identifier: Apache-2.0
//
// Reads one tag (HTML 13.2.5.8, 13.2.5.32 to 13.2.5.40).
#pragma once

#include <string_view>

#include "tokens.hpp"

namespace sluice::html::parser {

inline constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD, for NUL

inline bool is_html_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r';
}
inline bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
inline char in_lower_case(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

class TagReader {
 public:
  TagReader(std::string_view text, std::size_t at, TagToken& tag)
      : text_(text), at_(at), tag_(tag) {}

  // Reads the tag whose name begins at `at`. False if the page ends in it: then it is no tag.
  bool read();
  // One past its `>`.
  std::size_t end() const { return at_; }

 private:
  bool at_end() const { return at_ >= text_.size(); }
  void skip_blanks();
  void append_name_char(char c);
  bool read_attribute();
  void read_attribute_name();
  bool read_value();
  bool read_quoted(char quote);
  void read_unquoted();
  void append_value(std::size_t end);
  void finish_attribute();

  std::string_view text_;
  std::size_t at_;
  TagToken& tag_;
  std::size_t begin_ = 0;  // of the current attribute, in the tag's text
  std::size_t name_length_ = 0;
};

}  // namespace sluice::html::parser
