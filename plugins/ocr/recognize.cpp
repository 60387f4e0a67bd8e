// SPDX-License-Identifier: Apache-2.0
#include "recognize.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <string_view>
#include <utility>

#include "bullets.hpp"
#include "cells.hpp"
#include "pdf/page/unicode.hpp"
#include "turned_words.hpp"
#include "unread.hpp"

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

// One page, read as it lies, then turned where that is better.
class PageReader {
 public:
  PageReader(Engine& engine, const RecognizeOptions& options, std::function<bool()> stop)
      : engine_(engine), options_(options), stop_(std::move(stop)) {}

  void read_upright(RecognizedPage& page) {
    std::vector<Area> cells = cells_with_text(page.image);
    // Of a page on its side, hundreds of cells would be read in vain. Elsewhere it is cheaper to
    // read first, and to ask only where the words are uncertain.
    const bool is_table = !cells.empty();
    if (const int turns = is_table ? engine_.turns_to_upright(page.image) : 0; turns != 0) {
      turn(page.image, turns);
      cells = cells_with_text(page.image);
    }
    page.reading = read(page.image, cells);
    // Tesseract sees lines that run upward or downward by itself, but parts their words worse.
    if (const int turned = turned_of(page.reading); turned != 0 && !stop_()) {
      turn(page.image, 4 - turned);
      page.reading = read(page.image, cells_with_text(page.image));
    }
    if (is_table || page.reading.confidence >= kCertainlyUpright || stop_()) return;
    const int turns = engine_.turns_to_upright(page.image);
    if (turns == 0) return;
    turn(page.image, turns);
    Reading turned = read(page.image, cells_with_text(page.image));
    if (turned.confidence > page.reading.confidence) {
      page.reading = std::move(turned);
    } else {
      turn(page.image, 4 - turns);
    }
  }

  // What was left out. The page's confidence is that of the page as it was read.
  void read_rest(RecognizedPage& page) {
    const float row = usual_row(page.reading.words);
    if (row <= 0 || stop_()) return;
    std::vector<ReadWord>& words = page.reading.words;
    const std::vector<bool> doubtful = doubtful_words(words);
    const std::vector<Area> pieces =
        pieces_of(unread_marks(page.image, words, doubtful), row, page.image);
    std::vector<ReadWord> found =
        engine_.read_pieces(page.image, pieces, options_.languages, stop_);
    choose_surer(found, doubtful, words);
    add_words(std::move(found), words);
    for (const Area& place : turned_places(page.image, words, row)) {
      if (stop_()) break;
      choose_turned(place, engine_.read_turned(page.image, place, options_.languages, stop_),
                    words);
    }
    add_bullets(page.image.ink.get(), unread_marks(page.image, words, {}), words);
    if (stop_()) page.reading.is_complete = false;
  }

 private:
  Reading read(const PageImage& image, const std::vector<Area>& cells) {
    return engine_.read(image, cells, options_.languages, stop_);
  }

  Engine& engine_;
  const RecognizeOptions& options_;
  std::function<bool()> stop_;
};

}  // namespace

RecognizedPage recognize(Engine& engine, PixPtr picture, const RecognizeOptions& options,
                         const std::function<bool()>& is_cancelled) {
  RecognizedPage page;
  page.image = make_page_image(std::move(picture), options.dpi);
  if (!may_have_text(page.image)) return page;
  const double end = processor_seconds() + options.seconds;
  PageReader reader(engine, options, [&] { return is_cancelled() || processor_seconds() > end; });
  reader.read_upright(page);
  if (has_text(page.reading)) reader.read_rest(page);
  return page;
}

double processor_seconds() {
  timespec now{};
  if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) != 0) return 0;
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
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
