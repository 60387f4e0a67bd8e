// SPDX-License-Identifier: Apache-2.0
//
// The directories of a TIFF file, one a page (TIFF 6.0, section 2): where each stands and how large
// its image is, before a decoder sees it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sluice::ocr {

struct TiffPage {
  std::size_t offset = 0;  // of its directory
  std::uint64_t width = 0;
  std::uint64_t height = 0;
  unsigned bits = 1;          // of a pixel
  bool is_thumbnail = false;  // a small copy of another page, or a mask
};

struct TiffPages {
  std::vector<TiffPage> pages;
  bool is_cut = false;    // the chain of directories leads out of the file, or back into itself
  bool has_more = false;  // than `most`
};

TiffPages read_tiff_pages(std::span<const std::uint8_t> file, std::size_t most);

}  // namespace sluice::ocr
