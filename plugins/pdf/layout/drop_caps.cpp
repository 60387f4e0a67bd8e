// SPDX-License-Identifier: Apache-2.0
#include "drop_caps.hpp"

#include <algorithm>
#include <cmath>

#include "../page/unicode.hpp"

namespace sluice::pdf {
namespace {

constexpr int kMaxInitials = 32;
constexpr float kLeastTimes = 1.7F;  // as large as the text beside it
// Parts of the size of the text beside it.
constexpr float kReach = 1.5F;
constexpr float kBaselineOfInitial = 0.6F;
constexpr float kLevelWithInitial = 0.3F;
constexpr float kNextLineBeside = 0.8F;    // between baselines; less is the same line
constexpr float kHeightOfInitial = 0.85F;  // of its own size, above its baseline

// The first word of the upper line beside an initial, if at least one more line stands beside it,
// and the lowest has its baseline.
Word* first_word_beside(PageContent& page, const std::vector<std::uint32_t>& chosen,
                        const Word& initial) {
  Word* first = nullptr;
  const Word* last = nullptr;
  for (const std::uint32_t index : chosen) {
    Word& word = page.words[index];
    if (word.size * kLeastTimes > initial.size) continue;
    const float away = word.box.x0 - initial.box.x1;
    if (away < -kLevelWithInitial * word.size || away > kReach * word.size) continue;
    if (word.baseline < initial.baseline - kHeightOfInitial * initial.size) continue;
    if (word.baseline > initial.baseline + kLevelWithInitial * word.size) continue;
    if (first == nullptr || word.baseline < first->baseline - kLevelWithInitial * word.size ||
        (word.baseline < first->baseline + kLevelWithInitial * word.size &&
         word.box.x0 < first->box.x0)) {
      first = &word;
    }
    if (last == nullptr || word.baseline > last->baseline) last = &word;
  }
  if (first == nullptr || last->baseline - first->baseline < kNextLineBeside * first->size)
    return nullptr;
  if (initial.baseline - last->baseline > kBaselineOfInitial * last->size) return nullptr;
  return is_letter(first_char(page.text_of(*first))) ? first : nullptr;
}

// The lines beside an initial begin where it begins: the first words of those below the upper line
// reach to its left edge, so that no indentation ends their paragraph.
void widen_lines_beside(PageContent& page, const std::vector<std::uint32_t>& chosen,
                        const Word& initial, float lowest, const Word& first) {
  for (const std::uint32_t index : chosen) {
    Word& word = page.words[index];
    const float away = word.box.x0 - initial.box.x1;
    if (away < -kLevelWithInitial * word.size || away > kReach * word.size) continue;
    if (word.baseline < first.baseline + kLevelWithInitial * word.size) continue;
    if (word.baseline > lowest + kLevelWithInitial * word.size) continue;
    word.box.x0 = initial.box.x0;
  }
}

}  // namespace

void lower_drop_caps(PageContent& page, const std::vector<std::uint32_t>& chosen) {
  float sizes = 0;
  for (const std::uint32_t index : chosen) sizes += page.words[index].size;
  const float mean = sizes / static_cast<float>(std::max<std::size_t>(1, chosen.size()));
  int found = 0;
  for (const std::uint32_t index : chosen) {
    Word& initial = page.words[index];
    if (initial.chars != 1 || initial.size < kLeastTimes * mean) continue;
    const char32_t letter = first_char(page.text_of(initial));
    if (!is_capital(letter) || is_cjk(letter)) continue;
    if (++found > kMaxInitials) return;
    Word* first = first_word_beside(page, chosen, initial);
    if (first == nullptr) continue;
    widen_lines_beside(page, chosen, initial, initial.baseline, *first);
    initial.baseline = first->baseline;
    initial.size = first->size;
    initial.face = first->face;
    initial.box.y0 = first->box.y0;
    initial.box.y1 = first->box.y1;
    initial.box.x1 = first->box.x0;
    first->blank_before = false;
  }
}

}  // namespace sluice::pdf
