// SPDX-License-Identifier: Apache-2.0
//
// Text that a page has outside of its edges, where nobody sees it: marks of printers, and what was
// cropped away. It is left out, and told.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace sluice::pdf {

// A glyph along its line of writing, in points.
struct PlacedGlyph {
  float along = 0;
  float across = 0;
  float advance = 0;
  float size = 0;  // of the font
};

class OutsideText {
 public:
  // `pieces`: of the page, one for each line of text; must outlive it. Of a page, 100 pieces are
  // kept, and 200 bytes of each.
  explicit OutsideText(std::vector<std::string>& pieces) : pieces_(pieces) {}

  // `characters`: what the glyph means.
  void add(const PlacedGlyph& glyph, std::span<const unsigned> characters);

 private:
  std::vector<std::string>& pieces_;
  PlacedGlyph last_;
};

}  // namespace sluice::pdf
