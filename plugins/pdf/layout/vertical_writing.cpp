// SPDX-License-Identifier: Apache-2.0
#include "vertical_writing.hpp"

#include <cmath>
#include <vector>

#include "../page/unicode.hpp"
#include "../shared_measures.hpp"

namespace sluice::pdf {
namespace {

constexpr std::uint32_t kEnough = 20;  // steps down before anything is concluded
// Parts of the font's size.
constexpr float kShortStep = 0.7F;
constexpr float kLongStep = 2.2F;
constexpr float kAside = 0.3F;
constexpr float kSameTextDown = 0.15F;  // a glyph of the text, and none of a header

bool is_step(float step, float aside, float size) {
  return step > kShortStep * size && step < kLongStep * size && std::abs(aside) < kAside * size;
}

std::uint8_t downward(PageContent& page) {
  for (std::size_t i = 0; i < page.directions.size(); ++i) {
    if (page.directions[i].degrees == 90) return static_cast<std::uint8_t>(i);
  }
  Direction down;
  down.degrees = 90;
  down.cosine = 0;
  down.sine = 1;
  page.directions.push_back(down);
  return static_cast<std::uint8_t>(page.directions.size() - 1);
}

}  // namespace

void find_vertical_writing(PageContent& page) {
  const auto index_of = [&page](const Word& word) {
    return static_cast<std::size_t>(&word - page.words.data());
  };
  std::uint32_t down = 0;
  std::uint32_t along = 0;
  float sizes = 0;
  std::vector<bool> stacked(page.words.size(), false);
  const Word* before = nullptr;
  for (const Word& word : page.words) {
    const bool level = page.directions[word.direction].degrees == 0;
    if (!level || !is_cjk(first_char(page.text_of(word)))) {
      before = nullptr;
      continue;
    }
    along += word.chars - 1U;
    if (before != nullptr) {
      const float x = word.box.center_x() - before->box.center_x();
      const float y = word.baseline - before->baseline;
      if (is_step(y, x, word.size)) {
        ++down;
        sizes += word.size;
        stacked[index_of(word)] = stacked[index_of(*before)] = true;
      }
      if (is_step(x, y, word.size)) ++along;
    }
    before = &word;
  }
  if (down < kEnough || down < 3 * along) return;
  // A lone glyph of the same size goes with the others; a header of another size does not.
  const float usual = sizes / static_cast<float>(down);
  const auto belongs = [&](const Word& word) {
    if (page.directions[word.direction].degrees != 0) return false;
    if (stacked[index_of(word)]) return true;
    return std::abs(word.size - usual) < kSameTextDown * usual &&
           is_cjk(first_char(page.text_of(word)));
  };
  const std::uint8_t direction = downward(page);
  for (Word& word : page.words) {
    if (!belongs(word)) continue;
    Direction& from = page.directions[word.direction];
    from.chars -= word.chars;
    page.directions[direction].chars += word.chars;
    word.box = page.directions[direction].from_page(from.to_page(word.box));
    word.baseline = word.box.y1 - kBelowVertical * word.size;
    word.direction = direction;
    word.blank_before = false;
  }
}

}  // namespace sluice::pdf
