// SPDX-License-Identifier: Apache-2.0
#include "letters.hpp"

#include <algorithm>

#include "pdf/page/unicode.hpp"

namespace sluice::ocr {
namespace {

// Parts of a font's size, between those of Times and of Helvetica: the small letters, the letters
// that rise, what hangs below the line.
constexpr float kSmall = 0.49F;
constexpr float kRising = 0.70F;
constexpr float kHanging = 0.21F;
// What is recognized with less is dust, a drawing's edge or a picture's pattern.
constexpr float kLeastConfidence = 15;
constexpr float kLeastConfidenceOfSigns = 60;

struct Reach {
  float above = 0;
  float below = 0;
};

// How far a letter reaches above and below its line.
Reach reach_of(char32_t c) {
  constexpr std::u32string_view kLow = U"acemnorsuvwxz";
  constexpr std::u32string_view kHung = U"gpqy";
  constexpr std::u32string_view kBoth = U"j()[]{}|/";
  if (kLow.find(c) != std::u32string_view::npos) return {kSmall, 0};
  if (kHung.find(c) != std::u32string_view::npos) return {kSmall, kHanging};
  if (kBoth.find(c) != std::u32string_view::npos) return {kRising, kHanging};
  if (c == 't' || c == 'i') return {0.64F, 0};
  if (c >= '0' && c <= '9') return {kRising, 0};
  if (c == ',' || c == ';') return {0.1F, 0.13F};
  if (c < 0x80) return pdf::is_letter(c) ? Reach{kRising, 0} : Reach{};
  // With an accent or of another alphabet: as high as a capital.
  return pdf::is_letter(c) && c < 0x590 ? Reach{kRising, 0} : Reach{};
}

}  // namespace

float lowest_of(std::string_view text) {
  float below = 0;
  for (std::size_t at = 0; at < text.size();) {
    below = std::max(below, reach_of(pdf::next_char(text, at)).below);
  }
  return below;
}

bool tells_size(std::string_view text) {
  return text.find_first_of("/()[]{}|Q") == std::string_view::npos;
}

bool is_mostly_stems(std::string_view text) {
  const auto stems = std::count_if(text.begin(), text.end(), [](char c) {
    return c == '1' || c == 'I' || c == 'l' || c == '|' || c == 'i';
  });
  return static_cast<std::size_t>(stems) * 2 > text.size();
}

bool has_word_character(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = pdf::next_char(text, at);
    if (pdf::is_letter(c) || pdf::digit_of(c) >= 0) return true;
  }
  return false;
}

bool is_wanted(const ReadWord& word) {
  return word.confidence >=
         (has_word_character(word.text) ? kLeastConfidence : kLeastConfidenceOfSigns);
}

float font_size_of(const ReadWord& word) {
  float above = 0;
  float below = 0;
  for (std::size_t at = 0; at < word.text.size();) {
    const Reach reach = reach_of(pdf::next_char(word.text, at));
    above = std::max(above, reach.above);
    below = std::max(below, reach.below);
  }
  if (above < kSmall) return 0;
  const int height = word.turned % 2 == 0 ? word.y1 - word.y0 : word.x1 - word.x0;
  return static_cast<float>(height) / (above + below);
}

}  // namespace sluice::ocr
