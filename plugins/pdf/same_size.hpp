// SPDX-License-Identifier: Apache-2.0
//
// When two sizes of text are the same.
#pragma once

#include <algorithm>
#include <cmath>

namespace sluice::pdf {

// Part of the smaller one. Rounded matrices, optical sizes and stretched lines differ by less;
// sizes that a typesetter chose (10 and 11 points, TeX's 10 and 10.95) by more.
constexpr float kSameSize = 0.05F;

inline bool is_same_size(float one, float other) {
  return std::abs(one - other) < kSameSize * std::min(one, other);
}

}  // namespace sluice::pdf
