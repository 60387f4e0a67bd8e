// SPDX-License-Identifier: Apache-2.0
//
// The cells of ruled tables on a picture. Each is recognized by itself: on the page as a whole,
// tesseract reads lines through several columns, drops lone figures, and sees quotes in the blank
// between two cells.
#pragma once

#include <vector>

#include "page_image.hpp"

namespace sluice::ocr {

// Those with something in them that may be text, a pixel inside their rules.
std::vector<Area> cells_with_text(const PageImage& page);

// The picture without these cells and the rules around them.
PixPtr without(const std::vector<Area>& cells, Pix* grey);

// One of them, on white paper that is wider by so many pixels on each side.
PixPtr with_margin(const Area& cell, int margin, Pix* grey);

}  // namespace sluice::ocr
