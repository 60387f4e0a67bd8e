// SPDX-License-Identifier: Apache-2.0
//
// A picture file as pages. How large a page is stands in its header, and is checked before the
// decoder gets it. Whatever is wrong with the file is thrown as Failure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "pix.hpp"
#include "tiff_pages.hpp"

namespace sluice::ocr {

enum class Format : std::uint8_t { kPng, kJpeg, kTiff, kWebp, kBmp, kGif, kPnm, kUnknown };

// By the first bytes.
Format format_of(std::span<const std::uint8_t> file);

class Picture {
 public:
  // Throws Failure (unsupported, malformed). `file` must outlive it.
  explicit Picture(std::span<const std::uint8_t> file);

  std::size_t pages() const { return format_ == Format::kTiff ? tiff_.pages.size() : 1; }
  // The file ends before its last page, or says that more follow than it has.
  bool is_cut() const { return tiff_.is_cut; }
  // More pages than are read.
  bool has_more() const { return tiff_.has_more; }

  // Decodes a page, from 0, upright as its camera or scanner says. Throws Failure (malformed,
  // limit).
  PixPtr read(std::size_t page) const;

 private:
  std::span<const std::uint8_t> file_;
  Format format_;
  TiffPages tiff_;
};

}  // namespace sluice::ocr
