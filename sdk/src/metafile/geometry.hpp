// SPDX-License-Identifier: Apache-2.0
//
// Points, and mappings between coordinate systems.
#pragma once

#include <algorithm>
#include <cmath>

namespace sluice::metafile {

struct Point {
  double x = 0;
  double y = 0;
};

// Left, top, right, bottom; any of two may be the larger.
struct Box {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;

  double width() const { return right - left; }
  double height() const { return bottom - top; }
};

// x' = a x + c y + e, y' = b x + d y + f, as SVG writes it.
struct Matrix {
  double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;

  Point operator()(Point p) const { return {a * p.x + c * p.y + e, b * p.x + d * p.y + f}; }
  // First this one, then `next`.
  Matrix then(const Matrix& next) const {
    return {next.a * a + next.c * b,          next.b * a + next.d * b,
            next.a * c + next.c * d,          next.b * c + next.d * d,
            next.a * e + next.c * f + next.e, next.b * e + next.d * f + next.f};
  }
  // By how much lengths grow, on average.
  double scale() const { return std::sqrt(std::abs(a * d - b * c)); }
  bool is_usable() const {
    const double parts[] = {a, b, c, d, e, f};
    return std::all_of(std::begin(parts), std::end(parts),
                       [](double part) { return std::isfinite(part) && std::abs(part) < 1e9; });
  }
};

}  // namespace sluice::metafile
