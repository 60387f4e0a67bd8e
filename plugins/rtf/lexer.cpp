// SPDX-License-Identifier: Apache-2.0
#include "rtf/lexer.hpp"

#include <algorithm>
#include <limits>
#include <sluice/ascii.hpp>

namespace sluice::rtf {
namespace {

// The specification's bound of a control word's name.
constexpr std::size_t kMaxWord = 32;
constexpr std::int64_t kMaxValue = std::numeric_limits<std::int32_t>::max();

}  // namespace

Token Lexer::next() {
  // Line ends are no text, and NULs are the padding of writers that store records.
  while (at_ < source_.size() &&
         (source_[at_] == '\r' || source_[at_] == '\n' || source_[at_] == '\0')) {
    ++at_;
  }
  if (at_ >= source_.size()) return {};
  const char c = source_[at_];
  if (c == '{' || c == '}') {
    ++at_;
    return {c == '{' ? Token::Kind::kOpen : Token::Kind::kClose, false, 0, {}};
  }
  if (c == '\\') return control();
  const std::size_t begin = at_;
  at_ = std::min(source_.find_first_of(std::string_view("\\{}\r\n\0", 6), at_), source_.size());
  return {Token::Kind::kText, false, 0, source_.substr(begin, at_ - begin)};
}

Token Lexer::control() {
  ++at_;  // the backslash
  if (at_ >= source_.size()) return {};
  const char c = source_[at_];
  if (is_ascii_letter(static_cast<unsigned char>(c))) return word(at_);
  if (c == '\'') return hex_byte();
  ++at_;
  if (c == '\r' || c == '\n') return {Token::Kind::kWord, false, 0, "par"};
  if (c == '\t') return {Token::Kind::kWord, false, 0, "tab"};
  return {Token::Kind::kSymbol, false, 0, source_.substr(at_ - 1, 1)};
}

Token Lexer::word(std::size_t begin) {
  std::size_t end = begin;
  while (end < source_.size() && is_ascii_letter(static_cast<unsigned char>(source_[end]))) ++end;
  Token token{Token::Kind::kWord, false, 0, source_.substr(begin, std::min(end - begin, kMaxWord))};
  const bool negative = end + 1 < source_.size() && source_[end] == '-' &&
                        is_ascii_digit(static_cast<unsigned char>(source_[end + 1]));
  if (negative) ++end;
  std::int64_t value = 0;
  while (end < source_.size() && is_ascii_digit(static_cast<unsigned char>(source_[end]))) {
    value = std::min(value * 10 + (source_[end++] - '0'), kMaxValue);
    token.has_value = true;
  }
  token.value = static_cast<std::int32_t>(negative ? -value : value);
  if (end < source_.size() && source_[end] == ' ')
    ++end;  // a blank that ends the word is part of it
  at_ = end;
  return token.text == "bin" ? binary(token.value) : token;
}

Token Lexer::hex_byte() {
  ++at_;  // the apostrophe
  int value = 0;
  int digits = 0;
  for (; digits < 2 && at_ < source_.size(); ++digits) {
    const int digit = hex_value(static_cast<unsigned char>(source_[at_]));
    if (digit < 0) break;
    value = value * 16 + digit;
    ++at_;
  }
  if (digits == 0) return {Token::Kind::kSymbol, false, 0, "'"};
  return {Token::Kind::kByte, true, value, {}};
}

Token Lexer::binary(std::int32_t size) {
  const std::size_t length =
      std::min(static_cast<std::size_t>(std::max(size, 0)), source_.size() - at_);
  at_ += length;
  return {Token::Kind::kBinary, true, size, source_.substr(at_ - length, length)};
}

void Lexer::skip_group() {
  std::size_t depth = 1;
  while (depth > 0) {
    const Token token = next();
    if (token.kind == Token::Kind::kEnd) return;
    if (token.kind == Token::Kind::kOpen) ++depth;
    if (token.kind == Token::Kind::kClose) --depth;
  }
}

}  // namespace sluice::rtf
