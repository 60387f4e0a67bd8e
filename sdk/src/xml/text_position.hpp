// SPDX-License-Identifier: Apache-2.0
//
// A place in a text, for messages.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "charset/skip_ascii.hpp"

namespace sluice {

// Counted from 0; columns are characters. CR LF is one line end, CR alone one, too.
struct TextPosition {
  std::uint64_t line = 0;
  std::uint64_t column = 0;

  // Moves behind `text`, which follows.
  void pass(std::string_view text) {
    if (text.find('\n') != std::string_view::npos || text.find('\r') != std::string_view::npos) {
      text.remove_prefix(pass_lines(text));
    }
    const std::size_t ascii = detail::skip_ascii(text, 0);
    column += ascii +
              static_cast<std::uint64_t>(std::count_if(
                  text.begin() + static_cast<std::ptrdiff_t>(ascii), text.end(), begins_character));
  }

  // The same place in a text that has `to` where the text of this place has `from`, and differs
  // before it only.
  TextPosition moved(const TextPosition& from, const TextPosition& to) const {
    if (line == from.line) return {to.line, to.column - from.column + column};
    return {line + to.line - from.line, column};
  }

 private:
  static bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }

  // Returns where the last line begins.
  std::size_t pass_lines(std::string_view text) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const bool is_pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
      if ((text[i] != '\n' && text[i] != '\r') || is_pair) continue;
      ++line;
      begin = i + 1;
    }
    column = 0;
    return begin;
  }
};

}  // namespace sluice
