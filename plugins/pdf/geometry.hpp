// SPDX-License-Identifier: Apache-2.0
//
// Boxes in points, y downward. Which frame they are in (the page's, or that of a text direction)
// is said where they are kept.
#pragma once

#include <algorithm>

namespace sluice::pdf {

struct Box {
  float x0 = 0;
  float y0 = 0;
  float x1 = 0;
  float y1 = 0;

  float width() const { return x1 - x0; }
  float height() const { return y1 - y0; }
  float center_x() const { return (x0 + x1) / 2; }
  float center_y() const { return (y0 + y1) / 2; }
  float area() const { return std::max(0.0F, width()) * std::max(0.0F, height()); }
  // How far both reach over the same ground; negative: the distance between them.
  float overlap_x(const Box& other) const {
    return std::min(x1, other.x1) - std::max(x0, other.x0);
  }
  bool holds(float x, float y) const { return x >= x0 && x <= x1 && y >= y0 && y <= y1; }
  bool holds_center_of(const Box& other) const { return holds(other.center_x(), other.center_y()); }
  void add(const Box& other) {
    x0 = std::min(x0, other.x0);
    y0 = std::min(y0, other.y0);
    x1 = std::max(x1, other.x1);
    y1 = std::max(y1, other.y1);
  }
};

// A box from two opposite corners in any order.
inline Box box_of(double xa, double ya, double xb, double yb) {
  return {static_cast<float>(std::min(xa, xb)), static_cast<float>(std::min(ya, yb)),
          static_cast<float>(std::max(xa, xb)), static_cast<float>(std::max(ya, yb))};
}

}  // namespace sluice::pdf
