// SPDX-License-Identifier: Apache-2.0
//
// Pixels as a PNG file (ISO/IEC 15948).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sluice::metafile {

struct Pixels {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  bool has_alpha = false;
  std::vector<std::uint8_t> rgba;  // 4 bytes each, rows from the top
};

std::string png_of(const Pixels& pixels);

}  // namespace sluice::metafile
