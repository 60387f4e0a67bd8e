// SPDX-License-Identifier: Apache-2.0
#include "recognize.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <string_view>
#include <utility>

#include "cells.hpp"
#include "pdf/page/unicode.hpp"

namespace sluice::ocr {
namespace {

// A page read upright has more than that, if it is clean; one that lies on its side has less.
constexpr float kCertainlyUpright = 75;
// Of text: the words of damaged old prints have 40 to 60, those seen in photos below 30.
constexpr float kLeastOfText = 35;
// A word of text: at least so many letters and digits, and so certain.
constexpr float kCertainWord = 60;
constexpr int kLettersOfWord = 2;
constexpr int kLettersOfText = 3;  // in all words together

double processor_seconds() {
  timespec now{};
  if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) != 0) return 0;
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

int letters_of(std::string_view text) {
  int letters = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = pdf::next_char(text, at);
    if (pdf::is_letter(c) || pdf::digit_of(c) >= 0) letters += pdf::is_cjk(c) ? 2 : 1;
  }
  return letters;
}

// The way in which most letters stand turned, in clockwise quarters.
int turned_of(const Reading& reading) {
  std::array<std::size_t, 4> letters{};
  for (const ReadWord& word : reading.words) {
    letters.at(static_cast<std::size_t>(word.turned)) += word.text.size();
  }
  return static_cast<int>(std::max_element(letters.begin(), letters.end()) - letters.begin());
}

}  // namespace

RecognizedPage recognize(Engine& engine, PixPtr picture, const RecognizeOptions& options,
                         const std::function<bool()>& is_cancelled) {
  RecognizedPage page;
  page.image = make_page_image(std::move(picture), options.dpi);
  if (!may_have_text(page.image)) return page;
  const double end = processor_seconds() + options.seconds;
  const auto stop = [&] { return is_cancelled() || processor_seconds() > end; };
  const auto read = [&](const std::vector<Area>& cells) {
    return engine.read(page.image, cells, options.languages, stop);
  };
  std::vector<Area> cells = cells_with_text(page.image);
  // Of a page on its side, hundreds of cells would be read in vain. Elsewhere it is cheaper to read
  // first, and to ask only where the words are uncertain.
  const bool is_table = !cells.empty();
  if (const int turns = is_table ? engine.turns_to_upright(page.image) : 0; turns != 0) {
    turn(page.image, turns);
    cells = cells_with_text(page.image);
  }
  page.reading = read(cells);
  // Tesseract sees lines that run upward or downward by itself, but parts their words worse.
  if (const int turned = turned_of(page.reading); turned != 0 && !stop()) {
    turn(page.image, 4 - turned);
    page.reading = read(cells_with_text(page.image));
  }
  if (is_table || page.reading.confidence >= kCertainlyUpright || stop()) return page;
  const int turns = engine.turns_to_upright(page.image);
  if (turns == 0) return page;
  turn(page.image, turns);
  Reading turned = read(cells_with_text(page.image));
  if (turned.confidence > page.reading.confidence) {
    page.reading = std::move(turned);
  } else {
    turn(page.image, 4 - turns);
  }
  return page;
}

bool has_text(const Reading& reading) {
  if (reading.confidence < kLeastOfText) return false;
  int letters = 0;
  for (const ReadWord& word : reading.words) {
    const int count = letters_of(word.text);
    if (word.confidence >= kCertainWord && count >= kLettersOfWord) letters += count;
  }
  return letters >= kLettersOfText;
}

}  // namespace sluice::ocr
