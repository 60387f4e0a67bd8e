// SPDX-License-Identifier: Apache-2.0
//
// Signs that a page draws and does not write: bullets, boxes to tick, the buttons of a form. Each
// becomes a word beside the text it stands at, so that whatever reads text reads them, too.
#pragma once

#include <cstdint>
#include <vector>

#include "content.hpp"

class GfxPath;
class GfxState;

namespace sluice::pdf {

// A small piece of drawing.
struct Shape {
  Box box;  // page's frame
  std::uint32_t color = 0;
  bool filled = false;  // with anything but white
  bool curved = false;
  bool slanted = false;  // has a straight line off both axes: half a cross, a tick
  bool closed = false;
};

// A button of a form: a check box or a radio button.
struct Button {
  Box box;  // page's frame
  bool is_on = false;
};

// Notes the small shapes of a page, some thousands at most.
class ShapeCollector {
 public:
  void start_page() { shapes_.clear(); }
  void stroke(const GfxState& state);
  void fill(const GfxState& state);
  const std::vector<Shape>& shapes() const { return shapes_; }

 private:
  void add(const GfxState& state, bool filled, std::uint32_t color);

  std::vector<Shape> shapes_;
};

// Puts the signs of a page among its words: a check mark or an empty box for each button and each
// box that is drawn beside text, bullets where several alike stand before lines. What the drawing
// of a button or a ticked box left behind (a cross, rules) goes. `upright` is the direction of
// text that is not turned.
void add_signs(PageContent& page, const std::vector<Shape>& shapes,
               const std::vector<Button>& buttons, std::uint8_t upright);

}  // namespace sluice::pdf
