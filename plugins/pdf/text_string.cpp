// SPDX-License-Identifier: Apache-2.0
#include "text_string.hpp"

#include <UTF.h>
#include <goo/gmem.h>

#include <vector>

#include "page/unicode.hpp"

namespace sluice::pdf {

std::string from_code_points(const unsigned* characters, int length) {
  std::string text;
  bool blank = false;
  for (int i = 0; i < length; ++i) {
    if (is_blank(characters[i])) {
      blank = !text.empty();
      continue;
    }
    if (characters[i] == 0x1B) {  // a language code up to the next escape
      int end = i + 1;
      while (end < length && end < i + 8 && characters[end] != 0x1B) ++end;
      if (end < length && characters[end] == 0x1B) i = end;
      continue;
    }
    if (blank) text += ' ';
    blank = false;
    append_utf8(text, characters[i]);
  }
  return text;
}

std::string text_string(const std::string& raw) {
  if (raw.rfind("\xEF\xBB\xBF", 0) == 0) {
    std::vector<unsigned> characters;
    for (std::size_t at = 3; at < raw.size();) characters.push_back(next_char(raw, at));
    return from_code_points(characters.data(), static_cast<int>(characters.size()));
  }
  Unicode* characters = nullptr;
  const int length = TextStringToUCS4(raw, &characters);
  std::string text = from_code_points(characters, length);
  gfree(characters);
  return text;
}

}  // namespace sluice::pdf
