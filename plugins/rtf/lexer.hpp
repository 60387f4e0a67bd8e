// SPDX-License-Identifier: Apache-2.0
//
// RTF as tokens (Rich Text Format Specification 1.9.1, "Conventions of an RTF reader"). Any bytes
// make some tokens; nothing is read past the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sluice::rtf {

struct Token {
  enum class Kind : std::uint8_t {
    kEnd,
    kOpen,
    kClose,
    kWord,    // a control word: `text` is its name, `value` its parameter
    kSymbol,  // a control symbol: `text` is its one character
    kText,    // bytes in the current code page
    kByte,    // `\'hh`: `value` is one byte in the current code page
    kBinary,  // the bytes of `\bin`
  };
  Kind kind = Kind::kEnd;
  bool has_value = false;
  std::int32_t value = 0;
  std::string_view text;

  // What a word that switches something on says: `\b`, `\b1` on, `\b0` off.
  bool is_on() const { return !has_value || value != 0; }
};

class Lexer {
 public:
  explicit Lexer(std::string_view source) : source_(source) {}

  Token next();
  // Skips the rest of the open group and its end. `\bin` data in it are skipped by their length.
  void skip_group();
  std::size_t position() const { return at_; }
  bool at_end() const { return at_ >= source_.size(); }

 private:
  Token control();
  Token word(std::size_t begin);
  Token hex_byte();
  Token binary(std::int32_t size);

  std::string_view source_;
  std::size_t at_ = 0;
};

}  // namespace sluice::rtf
