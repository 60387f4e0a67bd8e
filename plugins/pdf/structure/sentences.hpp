// SPDX-License-Identifier: Apache-2.0
//
// How lines of text begin and end, as far as that tells where paragraphs do.
#pragma once

#include <string_view>

#include "../page/unicode.hpp"
#include "../story.hpp"
#include "paragraph_measures.hpp"

namespace sluice::pdf {

inline bool ends_sentence(std::string_view text) {
  while (!text.empty() && (text.back() == '"' || text.back() == ')' || text.back() == '\''))
    text.remove_suffix(1);
  if (text.size() >= 3 && (text.ends_with("\u201D") || text.ends_with("\u2019")))
    text.remove_suffix(3);
  const char32_t last = last_char(text);
  return last == '.' || last == '!' || last == '?' || last == ':' || last == 0x3002 ||
         last == 0xFF01 || last == 0xFF1F || last == 0x61F;
}
inline bool ends_with_hyphen(std::string_view text) {
  const char32_t last = last_char(text);
  return last == '-' || last == 0xAD || last == 0x2010;
}
inline bool begins_lower(std::string_view text) {
  const char32_t first = first_char(text);
  return (first >= 'a' && first <= 'z') || (first >= 0xDF && first <= 0xFF && first != 0xF7);
}
inline bool begins_upper(std::string_view text) {
  const char32_t first = first_char(text);
  return (first >= 'A' && first <= 'Z') || (first >= 0xC0 && first <= 0xDE) || first == 0x201C ||
         first == '"';
}

// A line that ends within a sentence, by a letter or a comma.
inline bool is_unfinished(const Story& story, const Line& line) {
  const char32_t end = last_char(story.text_of(line));
  return line.chars >= kCharsOfSentence && (end == ',' || (is_letter(end) && !is_cjk(end)));
}

// A raised mark follows a word, unless it begins a footnote.
inline bool begins_raised(const Story& story, const Line& line) {
  const Span& first = story.spans[line.first_span];
  if (line.spans < 2 || first.shift != Shift::kSuperscript || first.bytes > 4) return false;
  const std::string_view text = story.text_of(first);
  return (text[0] >= '0' && text[0] <= '9') || text[0] == '*' || text.starts_with("\u2020");
}

}  // namespace sluice::pdf
