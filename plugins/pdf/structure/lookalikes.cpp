// SPDX-License-Identifier: Apache-2.0
#include "lookalikes.hpp"

#include <algorithm>
#include <array>

#include "../page/unicode.hpp"

namespace sluice::pdf {
namespace {

constexpr std::array<std::string_view, 14> kWords = {
    "Figure ",  "Fig. ",      "Table ", "Tab. ",    "Exhibit ", "Chart ", "Algorithm ",
    "Listing ", "Abbildung ", "Abb. ",  "Tabelle ", "Tableau ", "Tabla ", "Figura "};

bool is_relation(char32_t c) {
  return c == '=' || c == '<' || c == '>' || c == 0x2192 || c == 0x2208 ||
         (c >= 0x2248 && c <= 0x2265);
}

}  // namespace

bool is_caption(std::string_view text) {
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    if (!text.starts_with(word)) return false;
    const std::string_view rest = text.substr(word.size());
    return rest.substr(0, rest.find(' ')).find_first_of("0123456789") != std::string_view::npos;
  });
}

bool is_formula(const Story& story, const std::vector<std::uint32_t>& lines) {
  constexpr int kLettersOfWord = 3;
  bool any_relation = false;
  for (const std::uint32_t index : lines) {
    const Line& line = story.lines[index];
    for (std::uint32_t i = 0; i < line.spans; ++i) {
      const Span& span = story.spans[line.first_span + i];
      const std::string_view text = story.text_of(span);
      int letters = 0;
      for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_char(text, at);
        letters = is_letter(c) ? letters + 1 : 0;
        if ((letters == kLettersOfWord && span.shift == Shift::kNone) || is_cjk(c)) return false;
        any_relation = any_relation || is_relation(c);
      }
    }
  }
  return any_relation;
}

}  // namespace sluice::pdf
