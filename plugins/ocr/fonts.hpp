// SPDX-License-Identifier: Apache-2.0
//
// The fonts of a page's words, as far as a picture tells: their sizes, and whether they are bold.
// What is measured of a word is noisy. So words that stand together have one size, and sizes that
// differ by no more than measuring does are one, as in a document with few fonts.
#pragma once

#include <vector>

#include "engine.hpp"
#include "page_image.hpp"

namespace sluice::ocr {

struct WordFont {
  float size = 0;  // in pixels; 0 for words that are not wanted
  bool is_bold = false;
};

struct PageFonts {
  std::vector<WordFont> of_words;  // for each word
  float body = 0;                  // the size of most letters, in pixels; 0 without any
};

// `words`: in the order of their lines.
PageFonts fonts_of(const PageImage& page, const std::vector<ReadWord>& words);

}  // namespace sluice::ocr
