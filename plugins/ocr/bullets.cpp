// SPDX-License-Identifier: Apache-2.0
#include "bullets.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "letters.hpp"
#include "pdf/page/unicode.hpp"
#include "unread.hpp"

namespace sluice::ocr {
namespace {

constexpr float kCertainSign = 100;
// Heights of a line. Full stops are smaller than bullets.
constexpr float kLowestBullet = 0.15F;
constexpr float kHighestBullet = 0.6F;
constexpr float kLeastDash = 0.22F;
constexpr float kMostDash = 1.3F;
constexpr float kThickestDash = 0.14F;
// Where a bullet and a dash stand: so far above the baseline.
constexpr float kLowestPlace = 0.08F;
constexpr float kHighestPlace = 0.6F;
// How far before its line's first word.
constexpr float kNearest = 0.15F;
constexpr float kFarthest = 3.5F;
// Dots and dashes of a row stand nearer than that: dot leaders, dashed lines.
constexpr float kAlone = 1.5F;
constexpr std::size_t kMaxBullets = 500;

bool is_dash(const Area& area, float row) {
  const auto width = static_cast<float>(area.width);
  const auto height = static_cast<float>(area.height);
  return width >= kLeastDash * row && width <= kMostDash * row && height <= kThickestDash * row &&
         width >= 3 * height;
}

// Nothing else that was not read stands beside it.
bool stands_alone(const Area& area, const std::vector<Area>& marks, float row) {
  return std::none_of(marks.begin(), marks.end(), [&](const Area& other) {
    if (other.x == area.x && other.y == area.y) return false;
    if (other.y > area.y + area.height || other.y + other.height < area.y) return false;
    const auto gap = static_cast<float>(std::max(other.x, area.x) -
                                        std::min(other.x + other.width, area.x + area.width));
    return gap < kAlone * row;
  });
}

bool is_level(const Area& area, const ReadWord& word) {
  const float middle = static_cast<float>(area.y) + static_cast<float>(area.height) / 2;
  const float above = word.baseline - middle;
  return above > kLowestPlace * word.row_height && above < kHighestPlace * word.row_height;
}

struct Neighbours {
  std::optional<std::size_t> next;  // to the right of it, the nearest word that it is level with
  float before = 0;                 // how far the nearest word on its left ends before it
};

Neighbours neighbours_of(const Area& area, const std::vector<ReadWord>& words) {
  constexpr float kNone = 1e9F;
  Neighbours found;
  found.before = kNone;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const ReadWord& word = words[i];
    if (word.turned != 0 || !is_wanted(word) || !is_level(area, word)) continue;
    if (word.x0 >= area.x + area.width) {
      if (!found.next || word.x0 < words[*found.next].x0) found.next = i;
    } else if (word.x0 < area.x) {
      found.before = std::min(found.before, static_cast<float>(area.x - word.x1));
    }
  }
  return found;
}

ReadWord sign(const char* text, const Area& area, const ReadWord& beside) {
  ReadWord word = beside;
  word.text = text;
  word.x0 = area.x;
  word.x1 = area.x + area.width;
  word.y0 = area.y;
  word.y1 = area.y + area.height;
  word.confidence = kCertainSign;
  return word;
}

}  // namespace

bool is_solid_mark(Pix* ink, const Area& area, float row) {
  constexpr float kSquare = 0.75F;  // its shorter side, of the longer one
  constexpr float kSolid = 0.7F;    // a disc fills 0.785 of its box, an "e" half of it
  Box* box = boxCreate(area.x, area.y, area.width, area.height);
  const PixPtr clip(pixClipRectangle(ink, box, nullptr));
  boxDestroy(&box);
  Pix* tight = nullptr;
  if (clip == nullptr || pixClipToForeground(clip.get(), &tight, nullptr) != 0) return false;
  const PixPtr mark(tight);
  if (mark == nullptr) return false;
  const auto width = static_cast<float>(pixGetWidth(mark.get()));
  const auto height = static_cast<float>(pixGetHeight(mark.get()));
  if (height < kLowestBullet * row || height > kHighestBullet * row) return false;
  if (std::min(width, height) < kSquare * std::max(width, height)) return false;
  l_int32 count = 0;
  pixCountPixels(mark.get(), &count, nullptr);
  return static_cast<float>(count) >= kSolid * width * height;
}

void mark_bullets(Pix* ink, std::vector<ReadWord>& words) {
  int line = -1;
  for (ReadWord& word : words) {
    const bool is_first = word.line != line;
    line = word.line;
    std::size_t end = 0;
    pdf::next_char(word.text, end);
    if (!is_first || word.turned != 0 || end != word.text.size()) continue;
    const Area box = {word.x0, word.y0, word.x1 - word.x0, word.y1 - word.y0};
    if (!is_solid_mark(ink, box, word.row_height)) continue;
    word.text = "\u2022";
    word.confidence = kCertainSign;
  }
}

void add_bullets(Pix* ink, const std::vector<Area>& unread, std::vector<ReadWord>& words) {
  std::vector<PlacedWord> bullets;
  for (const Area& area : unread) {
    if (bullets.size() >= kMaxBullets) break;
    const Neighbours found = neighbours_of(area, words);
    if (!found.next) continue;
    const ReadWord& next = words[*found.next];
    const float row = next.row_height;
    const auto gap = static_cast<float>(next.x0 - area.x - area.width);
    if (found.before < kAlone * row || gap < kNearest * row || gap > kFarthest * row) continue;
    const bool is_disc = is_solid_mark(ink, area, row);
    if ((!is_disc && !is_dash(area, row)) || !stands_alone(area, unread, row)) continue;
    bullets.push_back({*found.next, sign(is_disc ? "\u2022" : "\u2013", area, next)});
  }
  insert_words(std::move(bullets), words);
}

}  // namespace sluice::ocr
