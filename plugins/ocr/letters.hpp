// SPDX-License-Identifier: Apache-2.0
//
// What the letters of a recognized word say: how large its font is, where its line runs, whether it
// is a word at all. A box alone says little: that of "see" is half as high as that of "Bag".
#pragma once

#include <string_view>

#include "engine.hpp"

namespace sluice::ocr {

// Of the font, in pixels, by the letters that it has; 0 if they do not tell.
float font_size_of(const ReadWord& word);
// How far the letters hang below their line, as a part of the font's size.
float lowest_of(std::string_view text);
// Brackets and slashes hang below the line in some fonts.
bool tells_size(std::string_view text);
// "14,111", "Ill": stems look thicker than the curves of other letters.
bool is_mostly_stems(std::string_view text);
bool has_word_character(std::string_view text);
// Certain enough to be shown.
bool is_wanted(const ReadWord& word);

}  // namespace sluice::ocr
