// SPDX-License-Identifier: Apache-2.0
//
// Device-independent bitmaps ([MS-WMF] 2.2.2.9): with palettes of 1, 4 and 8 bits, run lengths, 16,
// 24 and 32 bits, and JPEG or PNG within.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::metafile {

// What a bitmap does where it is drawn over something.
enum class Blend : std::uint8_t {
  kCopy,
  kWhiteIsClear,  // "and": what white covers stays
  kBlackIsClear,  // "or", "exclusive or": what black covers stays
  kAlpha,         // its fourth byte says it
};

// The part of a bitmap that is drawn, in pixels from its top left; empty: all of it.
struct Part {
  std::int64_t left = 0;
  std::int64_t top = 0;
  std::int64_t width = 0;
  std::int64_t height = 0;
};

struct Picture {
  std::string media_type;
  std::string bytes;
  std::uint32_t width = 0;
  std::uint32_t height = 0;
};

// Decodes bitmaps, of which all together have a bounded number of pixels.
class Bitmaps {
 public:
  // `header`: the header and the palette; `bits`: the pixels. Nothing if it is damaged, or of a
  // kind that is not known.
  std::optional<Picture> decode(std::string_view header, std::string_view bits, Blend blend,
                                const Part& part);
  // Of bytes that begin with the header and end with the pixels.
  std::optional<Picture> decode(std::string_view bitmap, Blend blend, const Part& part);

 private:
  // A drawing of a page at 600 dpi has 35 million.
  static constexpr std::uint64_t kMaxPixels = 40'000'000;

  std::uint64_t pixels_ = 0;
};

// The size of a bitmap's header and palette, in bytes; 0 if it has none.
std::size_t bitmap_header_size(std::string_view bitmap);
// The height of a bitmap whose header is `header`, in pixels.
std::int64_t bitmap_height(std::string_view header);

}  // namespace sluice::metafile
