// SPDX-License-Identifier: Apache-2.0
//
// What recognition left out: it drops lone figures and letters that stand apart from lines of text,
// as in tables without rules, and bullets. The marks on the page that no word covers are found, and
// read by themselves.
#pragma once

#include <cstddef>
#include <vector>

#include "engine.hpp"
#include "page_image.hpp"

namespace sluice::ocr {

// For each word, whether it is better read again: those that are not certain, and turned lines that
// may be columns of figures.
std::vector<bool> doubtful_words(const std::vector<ReadWord>& words);

// The boxes of marks in which no word was read, from dots to large letters. `doubtful`: words that
// do not count; empty if all do.
std::vector<Area> unread_marks(const PageImage& page, const std::vector<ReadWord>& words,
                               const std::vector<bool>& doubtful);

// Marks that stand together as those of a word or a short line do, each to be read by itself.
// `row`: the height of most lines, in pixels.
std::vector<Area> pieces_of(const std::vector<Area>& marks, float row, const PageImage& page);

// Of doubtful words and those found in their places, the surer ones stay. Of the others found,
// those that are sure by themselves.
void choose_surer(std::vector<ReadWord>& found, const std::vector<bool>& doubtful,
                  std::vector<ReadWord>& words);

// Puts words that were read by themselves to the lines that they are level with. A word in a gap of
// a line belongs to it.
void add_words(std::vector<ReadWord> found, std::vector<ReadWord>& words);

// A word, and the one before which it is to be inserted.
struct PlacedWord {
  std::size_t before = 0;  // its index; that behind the last one: at the end
  ReadWord word;
};
void insert_words(std::vector<PlacedWord> placed, std::vector<ReadWord>& words);

// The height of most lines, in pixels; 0 without any.
float usual_row(const std::vector<ReadWord>& words);

}  // namespace sluice::ocr
