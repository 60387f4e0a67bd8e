// SPDX-License-Identifier: Apache-2.0
//
// What is drawn on a page besides its letters: the straight lines of tables and forms, in pixels.
// Recognition reads them as letters ("|", "}", "_"), and drops words that stand close to them. So
// they are found first, then erased.
#pragma once

#include <vector>

#include "pix.hpp"

namespace sluice::ocr {

struct Stroke {
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  bool is_horizontal = false;

  int length() const { return is_horizontal ? x1 - x0 : y1 - y0; }
  int thickness() const { return is_horizontal ? y1 - y0 : x1 - x0; }
};

struct Area {
  int x = 0, y = 0, width = 0, height = 0;
};

// Pixels of ink in it.
int ink_in(Pix* ink, const Area& area);

// The boxes of all marks that touch no other.
class Marks {
 public:
  explicit Marks(Pix* ink) : boxes_(pixConnCompBB(ink, 8)) {}
  ~Marks() { boxaDestroy(&boxes_); }
  Marks(const Marks&) = delete;
  Marks& operator=(const Marks&) = delete;

  int count() const { return boxes_ == nullptr ? 0 : boxaGetCount(boxes_); }
  // As a stroke along its longer side.
  Stroke at(int index) const;

 private:
  Boxa* boxes_;
};

// `ink`: 1 bit a pixel.
std::vector<Stroke> strokes_in(Pix* ink, float dpi);

// Paints them white in `grey` and in `ink`, which are of one size. What crosses them stays: the
// tail of a letter on its underline. So do strokes that may be a large letter's stem.
void erase_strokes(const std::vector<Stroke>& strokes, Pix* ink, Pix* grey);

// Where it lies once a page of this size is turned clockwise by so many quarters, 1 to 3.
Stroke turned(const Stroke& stroke, int width, int height, int quarters);

}  // namespace sluice::ocr
