// SPDX-License-Identifier: Apache-2.0
//
// How a camera was held: the orientation in a JPEG's EXIF data (Exif 2.32, 4.6.4, tag 274).
#pragma once

#include <cstdint>
#include <span>

namespace sluice::ocr {

// What must be done to see the picture upright, in this order.
struct Orientation {
  bool is_mirrored = false;  // left and right change places
  int quarter_turns = 0;     // clockwise
};

// Upright if the file does not say, or says it wrong.
Orientation orientation_of(std::span<const std::uint8_t> jpeg);

}  // namespace sluice::ocr
