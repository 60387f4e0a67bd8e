// SPDX-License-Identifier: Apache-2.0
#include "turned_words.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "letters.hpp"
#include "unread.hpp"

namespace sluice::ocr {
namespace {

// Heights of a line.
constexpr float kNarrowest = 0.4F;
constexpr float kWidest = 1.5F;
constexpr float kLongestMark = 4;  // letters that touch
// Letters of a turned line are no farther apart. Level lines above each other are.
constexpr float kApart = 0.4F;
constexpr float kLongerThanWide = 1.6F;
constexpr std::size_t kLeastMarks = 2;
constexpr std::size_t kMaxPlaces = 40;  // a bound for the time that they take
// What is read with less may be a turned word's letter.
constexpr float kSureLevel = 70;
constexpr std::size_t kLettersOfLevelWord = 2;
constexpr float kSureTurned = 85;
constexpr std::size_t kLettersOfTurned = 3;

bool is_weak(const ReadWord& word) {
  return word.turned == 0 &&
         (word.confidence < kSureLevel || word.text.size() <= kLettersOfLevelWord);
}

bool holds(const Area& place, int x, int y) {
  return x >= place.x && x < place.x + place.width && y >= place.y && y < place.y + place.height;
}

bool is_inside(const ReadWord& word, const Area& place) {
  return holds(place, (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2);
}

bool is_inside(const Area& mark, const Area& place) {
  return holds(place, mark.x + mark.width / 2, mark.y + mark.height / 2);
}

struct Sureness {
  std::size_t letters = 0;
  float confidence = 0;  // the mean of its letters
};

Sureness sureness_of(const std::vector<ReadWord>& words) {
  Sureness all;
  for (const ReadWord& word : words) {
    all.letters += word.text.size();
    all.confidence += word.confidence * static_cast<float>(word.text.size());
  }
  if (all.letters > 0) all.confidence /= static_cast<float>(all.letters);
  return all;
}

}  // namespace

std::vector<Area> turned_places(const PageImage& page, const std::vector<ReadWord>& words,
                                float row) {
  std::vector<bool> weak;
  weak.reserve(words.size());
  for (const ReadWord& word : words) weak.push_back(is_weak(word));
  const PixPtr boxes = kept(pixCreateTemplate(page.ink.get()));
  std::vector<Area> marks = unread_marks(page, words, weak);
  std::erase_if(marks, [&](const Area& mark) {
    return static_cast<float>(mark.width) > kWidest * row ||
           static_cast<float>(mark.height) > kLongestMark * row;
  });
  for (const Area& mark : marks) {
    pixRasterop(boxes.get(), mark.x, mark.y, mark.width, mark.height, PIX_SET, nullptr, 0, 0);
  }
  const int apart = std::max(1, static_cast<int>(kApart * row)) | 1;
  const PixPtr joined = kept(pixCloseSafeBrick(nullptr, boxes.get(), 1, apart));
  std::vector<Area> places;
  const Marks found(joined.get());
  for (int i = 0; i < found.count() && places.size() < kMaxPlaces; ++i) {
    const Stroke line = found.at(i);
    const Area place = {line.x0, line.y0, line.x1 - line.x0, line.y1 - line.y0};
    const auto width = static_cast<float>(place.width);
    if (width < kNarrowest * row || width > kWidest * row) continue;
    if (static_cast<float>(place.height) < kLongerThanWide * width) continue;
    const auto letters = std::count_if(marks.begin(), marks.end(),
                                       [&](const Area& mark) { return is_inside(mark, place); });
    if (static_cast<std::size_t>(letters) >= kLeastMarks) places.push_back(place);
  }
  return places;
}

void choose_turned(const Area& place, std::vector<ReadWord> found, std::vector<ReadWord>& words) {
  std::erase_if(found, [](const ReadWord& word) { return !is_wanted(word); });
  const Sureness turned = sureness_of(found);
  if (turned.letters < kLettersOfTurned || turned.confidence < kSureTurned) return;
  std::vector<ReadWord> level;
  std::copy_if(words.begin(), words.end(), std::back_inserter(level),
               [&](const ReadWord& word) { return is_weak(word) && is_inside(word, place); });
  // As many letters, read as surely: a column of figures.
  const Sureness before = sureness_of(level);
  if (before.letters >= turned.letters && before.confidence >= turned.confidence) return;
  std::erase_if(words,
                [&](const ReadWord& word) { return is_weak(word) && is_inside(word, place); });
  int line = 0;
  for (const ReadWord& word : words) line = std::max(line, word.line + 1);
  for (ReadWord& word : found) {
    word.line = line;
    word.row_height = static_cast<float>(place.width);
    words.push_back(std::move(word));
  }
}

}  // namespace sluice::ocr
