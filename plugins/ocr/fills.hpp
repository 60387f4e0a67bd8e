// SPDX-License-Identifier: Apache-2.0
//
// Filled boxes of a page: the head of a table, shaded cells, a coloured box around text. What parts
// such cells is where one colour ends, and no line. Letters on them may be white.
#pragma once

#include <vector>

#include "pix.hpp"
#include "strokes.hpp"

namespace sluice::ocr {

struct Fill {
  Area area;      // pixels
  int level = 0;  // its grey, 0 (black) to 255
};

// `grey`: 8 bits a pixel, with the paper bright, and straight. The largest come first; at most some
// hundreds.
std::vector<Fill> fills_in(Pix* grey, float dpi);

// Makes them paper in `grey`, the letters on them black.
void whiten_fills(const std::vector<Fill>& fills, Pix* grey);

// The edges of those that are no background of the page, as pdf has them for the boxes that a page
// draws.
std::vector<Stroke> edges_of(const std::vector<Fill>& fills, Pix* page);

}  // namespace sluice::ocr
