// SPDX-License-Identifier: Apache-2.0
//
// Pixels to PNG (W3C PNG, 2nd edition). libspng at its fastest level, with the same filter, takes
// 1.4 to 1.5 times the CPU for scans and photos of 9 megapixels, and .7 to 1.1 times for drawn
// pages; it cannot frame data that is compressed already.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice {

enum class PngColor : std::uint8_t { kGray = 0, kRgb = 2, kIndexed = 3, kRgba = 6 };

struct PngShape {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  int bits = 8;  // per component
  PngColor color = PngColor::kRgb;

  std::size_t row_bytes() const;
};

// `rows`: the rows one after another, without filter bytes; it is used as working space. Empty if
// there is not enough memory. `palette`: of indexed colours, three bytes each. `level`: of
// libdeflate, from 1, fast, to 12, small.
std::string encode_png(const PngShape& shape, std::string rows, std::string_view palette,
                       int level = 1);
// A PNG around data that is compressed already, rows with their filter bytes: the same that
// FlateDecode with a PNG predictor holds (ISO 32000-1, 7.4.4.4). Empty if the data is not whole.
std::string wrap_png(const PngShape& shape, std::string_view zlib, std::string_view palette);

}  // namespace sluice
