// SPDX-License-Identifier: Apache-2.0
#include "heading_text.hpp"

#include "../page/unicode.hpp"

namespace sluice::pdf {

std::string outline_key(std::string_view text) {
  std::string key;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    if (c < 0x80) {
      if (c >= 'A' && c <= 'Z') key += static_cast<char>(c + 32);
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) key += static_cast<char>(c);
    } else if (!is_blank(c) && !(c >= 0x2000 && c <= 0x206F)) {
      append_utf8(key, c);
    }
  }
  return key;
}

bool is_numbering(std::string_view key) {
  return key.size() <= 3 || key.starts_with("appendix") || key.starts_with("anhang") ||
         key.find_first_of("0123456789") != std::string_view::npos;
}

bool has_letters_of_any_script(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0xC0) {
      if (c < 0x2000 || c > 0x2BFF) return true;
    }
  }
  return false;
}

int numbering_depth(std::string_view text) {
  std::size_t at = 0;
  int depth = 0;
  while (at < text.size()) {
    const std::size_t from = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    if (at == from || at - from > 3) return depth;
    ++depth;
    if (at < text.size() && text[at] == '.') {
      ++at;
    } else {
      break;
    }
  }
  return at < text.size() && text[at] == ' ' ? depth : 0;
}

bool has_roman_number(std::string_view text) {
  const std::size_t digits = text.find_first_not_of("IVX");
  return digits != std::string_view::npos && digits > 0 && digits <= 5 &&
         text.compare(digits, 2, ". ") == 0;
}

}  // namespace sluice::pdf
