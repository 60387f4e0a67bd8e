// SPDX-License-Identifier: Apache-2.0
//
// A picture made ready for recognition: grey, dark on white, even light, straight lines, letters of
// a size that recognition knows. All places found in it are in its own pixels.
#pragma once

#include <vector>

#include "pix.hpp"
#include "strokes.hpp"

namespace sluice::ocr {

struct PageImage {
  PixPtr grey;     // 8 bits, without colours of its own
  PixPtr letters;  // as `grey`, without drawn lines
  PixPtr ink;      // 1 bit: what is darker than the paper around it, without drawn lines
  std::vector<Stroke> strokes;  // the drawn lines
  float dpi = 300;
  bool dpi_is_known = false;  // else a guess from its size
};

// `dpi`: what the user says, or 0. Throws Failure (limit) if memory runs out.
PageImage make_page_image(PixPtr picture, int dpi);

// Turns it clockwise, by quarters.
void turn(PageImage& page, int quarters);

// Whether there are marks on it that may be letters: cheap, and wrong only in that it may find some
// where there are none.
bool may_have_text(const PageImage& page);

}  // namespace sluice::ocr
