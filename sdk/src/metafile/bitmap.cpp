// SPDX-License-Identifier: Apache-2.0
#include "metafile/bitmap.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <sluice/little_endian.hpp>
#include <sluice/png.hpp>
#include <vector>

namespace sluice::metafile {
namespace {

constexpr std::uint32_t kCoreHeader = 12;
constexpr std::uint32_t kInfoHeader = 40;

enum class Packing : std::uint32_t {
  kPlain = 0,
  kRunsOf8 = 1,
  kRunsOf4 = 2,
  kMasks = 3,
  kJpeg = 4,
  kPng = 5,
};

using Color = std::array<std::uint8_t, 4>;

struct Header {
  std::uint32_t size = 0;
  std::int64_t width = 0;
  std::int64_t height = 0;
  bool is_top_down = false;
  std::uint32_t depth = 0;
  Packing packing = Packing::kPlain;
  std::uint32_t colors = 0;
  std::array<std::uint32_t, 4> masks = {0, 0, 0, 0};  // red, green, blue, alpha

  std::size_t masks_behind() const {
    return size == kInfoHeader && packing == Packing::kMasks ? 12 : 0;
  }
  std::size_t color_size() const { return size == kCoreHeader ? 3 : 4; }
};

std::optional<Header> read_header(std::string_view bytes) {
  Header header;
  header.size = little_u32(bytes, 0);
  if (header.size == kCoreHeader) {
    header.width = little_u16(bytes, 4);
    header.height = little_u16(bytes, 6);
    header.depth = little_u16(bytes, 10);
  } else {
    if (header.size < kInfoHeader || header.size > 1024) return std::nullopt;
    header.width = static_cast<std::int32_t>(little_u32(bytes, 4));
    header.height = static_cast<std::int32_t>(little_u32(bytes, 8));
    header.depth = little_u16(bytes, 14);
    header.packing = static_cast<Packing>(little_u32(bytes, 16));
    header.colors = little_u32(bytes, 32);
  }
  header.is_top_down = header.height < 0;
  header.height = std::abs(header.height);
  if (header.colors == 0 && header.depth <= 8) header.colors = 1U << header.depth;
  header.colors = std::min(header.colors, 256U);
  if (header.depth == 16) header.masks = {0x7C00, 0x3E0, 0x1F, 0};
  if (header.depth == 32) header.masks = {0xFF0000, 0xFF00, 0xFF, 0};
  if (header.packing == Packing::kMasks) {
    for (std::size_t i = 0; i < 3; ++i) header.masks[i] = little_u32(bytes, 40 + 4 * i);
  }
  if (bytes.size() < header.size || header.width <= 0 || header.height == 0) return std::nullopt;
  return header;
}

std::vector<Color> read_palette(std::string_view bytes, const Header& header) {
  std::vector<Color> palette;
  if (header.depth > 8) return palette;
  const std::size_t begin = header.size + header.masks_behind();
  for (std::size_t i = 0; i < header.colors; ++i) {
    const std::size_t at = begin + i * header.color_size();
    palette.push_back(
        {little_u8(bytes, at + 2), little_u8(bytes, at + 1), little_u8(bytes, at), 255});
  }
  return palette;
}

std::uint8_t masked(std::uint32_t value, std::uint32_t mask) {
  if (mask == 0) return 0;
  const int shift = std::countr_zero(mask);
  const std::uint64_t most = mask >> shift;
  return static_cast<std::uint8_t>(((value & mask) >> shift) * std::uint64_t{255} / most);
}

// The runs of [MS-WMF] 3.1.6 as plain rows, one byte a pixel.
std::string unpacked(std::string_view bits, const Header& header) {
  const auto width = static_cast<std::size_t>(header.width);
  const auto height = static_cast<std::size_t>(header.height);
  std::string out(width * height, '\0');
  const bool is_nibbles = header.packing == Packing::kRunsOf4;
  std::size_t x = 0;
  std::size_t y = 0;
  const auto put = [&](unsigned value) {
    if (x < width && y < height) out[y * width + x] = static_cast<char>(value);
    ++x;
  };
  const auto nibble = [](unsigned byte, std::size_t i) {
    return i % 2 == 0 ? byte >> 4 : byte & 0xF;
  };
  for (std::size_t at = 0; at + 1 < bits.size() && y < height;) {
    const unsigned count = little_u8(bits, at);
    const unsigned value = little_u8(bits, at + 1);
    at += 2;
    if (count > 0) {
      for (std::size_t i = 0; i < count; ++i) put(is_nibbles ? nibble(value, i) : value);
    } else if (value == 0) {
      x = 0;
      ++y;
    } else if (value == 1) {
      break;
    } else if (value == 2) {
      x += little_u8(bits, at);
      y += little_u8(bits, at + 1);
      at += 2;
    } else {
      const std::size_t bytes = is_nibbles ? (value + 1) / 2 : value;
      for (std::size_t i = 0; i < value; ++i) {
        put(is_nibbles ? nibble(little_u8(bits, at + i / 2), i) : little_u8(bits, at + i));
      }
      at += (bytes + 1) / 2 * 2;
    }
  }
  return out;
}

// Reads single pixels, whatever the depth.
class PixelReader {
 public:
  PixelReader(const Header& header, std::string_view bits, std::vector<Color> palette)
      : header_(header), bits_(bits), palette_(std::move(palette)), depth_(header.depth) {
    if (header.packing == Packing::kRunsOf8 || header.packing == Packing::kRunsOf4) {
      unpacked_ = unpacked(bits, header);
      bits_ = unpacked_;
      depth_ = 8;
      stride_ = static_cast<std::size_t>(header.width);
    } else {
      stride_ = (static_cast<std::size_t>(header.width) * depth_ + 31) / 32 * 4;
    }
  }

  // How many whole rows there are bytes for.
  std::int64_t rows() const { return static_cast<std::int64_t>(bits_.size() / stride_); }

  Color at(std::int64_t x, std::int64_t y) const {
    const std::int64_t row = header_.is_top_down ? y : header_.height - 1 - y;
    const std::size_t line = static_cast<std::size_t>(row) * stride_;
    const auto column = static_cast<std::size_t>(x);
    switch (depth_) {
      case 1:
        return color(little_u8(bits_, line + column / 8) >> (7 - column % 8) & 1U);
      case 4:
        return color(little_u8(bits_, line + column / 2) >> (column % 2 == 0 ? 4 : 0) & 0xFU);
      case 8:
        return color(little_u8(bits_, line + column));
      case 24: {
        const std::size_t at = line + column * 3;
        return {little_u8(bits_, at + 2), little_u8(bits_, at + 1), little_u8(bits_, at), 255};
      }
      case 16:
        return by_masks(little_u16(bits_, line + column * 2), 255);
      default: {
        const std::uint32_t value = little_u32(bits_, line + column * 4);
        return by_masks(value, static_cast<std::uint8_t>(value >> 24));
      }
    }
  }

 private:
  Color color(unsigned index) const {
    return index < palette_.size() ? palette_[index] : Color{0, 0, 0, 255};
  }
  Color by_masks(std::uint32_t value, std::uint8_t alpha) const {
    return {masked(value, header_.masks[0]), masked(value, header_.masks[1]),
            masked(value, header_.masks[2]), alpha};
  }

  const Header& header_;
  std::string unpacked_;
  std::string_view bits_;
  std::vector<Color> palette_;
  std::uint32_t depth_;
  std::size_t stride_ = 0;
};

// Colors are stored multiplied with their alpha ([MS-EMF] 2.3.1.1).
std::uint8_t divided(std::uint8_t value, std::uint8_t alpha) {
  return alpha == 0 ? 0 : static_cast<std::uint8_t>(std::min(255, value * 255 / alpha));
}

Color blended(Color color, Blend blend) {
  const int sum = color[0] + color[1] + color[2];
  switch (blend) {
    case Blend::kWhiteIsClear:
      color[3] = sum == 3 * 255 ? 0 : 255;
      break;
    case Blend::kBlackIsClear:
      color[3] = sum == 0 ? 0 : 255;
      break;
    case Blend::kAlpha:
      for (std::size_t i = 0; i < 3; ++i) color[i] = divided(color[i], color[3]);
      break;
    case Blend::kCopy:
      color[3] = 255;
      break;
  }
  return color;
}

// Four bytes a pixel to three.
void drop_alpha(std::string& rgba) {
  std::size_t to = 0;
  for (std::size_t from = 0; from < rgba.size(); from += 4) {
    for (std::size_t i = 0; i < 3; ++i) rgba[to++] = rgba[from + i];
  }
  rgba.resize(to);
}

Part whole_or(const Part& part, const Header& header) {
  const bool is_inside = part.width > 0 && part.height > 0 && part.left >= 0 && part.top >= 0 &&
                         part.left < header.width && part.top < header.height;
  if (!is_inside) return {0, 0, header.width, header.height};
  return {part.left, part.top, std::min(part.width, header.width - part.left),
          std::min(part.height, header.height - part.top)};
}

bool is_known(const Header& header) {
  switch (header.packing) {
    case Packing::kPlain:
    case Packing::kMasks:
      return header.depth == 1 || header.depth == 4 || header.depth == 8 || header.depth == 16 ||
             header.depth == 24 || header.depth == 32;
    case Packing::kRunsOf8:
    case Packing::kRunsOf4:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::size_t bitmap_header_size(std::string_view bitmap) {
  const auto header = read_header(bitmap);
  if (!header) return 0;
  const std::size_t palette = header->depth <= 8 ? header->colors * header->color_size() : 0;
  return header->size + header->masks_behind() + palette;
}

std::int64_t bitmap_height(std::string_view header) {
  const auto read = read_header(header);
  return read ? read->height : 0;
}

std::optional<Picture> Bitmaps::decode(std::string_view bitmap, Blend blend, const Part& part) {
  const std::size_t header = bitmap_header_size(bitmap);
  if (header == 0 || header > bitmap.size()) return std::nullopt;
  return decode(bitmap.substr(0, header), bitmap.substr(header), blend, part);
}

std::optional<Picture> Bitmaps::decode(std::string_view header_bytes, std::string_view bits,
                                       Blend blend, const Part& part) {
  const auto header = read_header(header_bytes);
  if (!header) return std::nullopt;
  const auto width = static_cast<std::uint64_t>(header->width);
  const auto height = static_cast<std::uint64_t>(header->height);
  if (header->packing == Packing::kJpeg || header->packing == Packing::kPng) {
    const char* const type = header->packing == Packing::kJpeg ? "image/jpeg" : "image/png";
    return Picture{type, std::string(bits), static_cast<std::uint32_t>(width),
                   static_cast<std::uint32_t>(height)};
  }
  if (!is_known(*header) || width > kMaxPixels || height > kMaxPixels / width) return std::nullopt;
  if (width * height > kMaxPixels - pixels_) return std::nullopt;
  // Two bytes are a run of 255 pixels at most: a few bytes make no large picture.
  const bool has_runs =
      header->packing == Packing::kRunsOf8 || header->packing == Packing::kRunsOf4;
  constexpr std::uint64_t kSmall = 65'536;
  if (has_runs && width * height > kSmall + bits.size() * 256) return std::nullopt;
  pixels_ += width * height;
  const PixelReader reader(*header, bits, read_palette(header_bytes, *header));
  // A few rows may be missing from a damaged one; more, and its size is not to be believed.
  if (reader.rows() < header->height / 2 || reader.rows() == 0) return std::nullopt;
  const Part shown = whole_or(part, *header);
  const auto shown_width = static_cast<std::uint32_t>(shown.width);
  const auto shown_height = static_cast<std::uint32_t>(shown.height);
  std::string rgba;
  rgba.reserve(std::size_t{4} * shown_width * shown_height);
  bool has_alpha = false;
  for (std::int64_t y = 0; y < shown.height; ++y) {
    for (std::int64_t x = 0; x < shown.width; ++x) {
      const Color color = blended(reader.at(shown.left + x, shown.top + y), blend);
      rgba.append(color.begin(), color.end());
      has_alpha = has_alpha || color[3] != 255;
    }
  }
  if (!has_alpha) drop_alpha(rgba);
  constexpr int kLevel = 6;  // pictures of documents: small, and seldom large
  std::string png = encode_png({.width = shown_width,
                                .height = shown_height,
                                .color = has_alpha ? PngColor::kRgba : PngColor::kRgb},
                               std::move(rgba), {}, kLevel);
  if (png.empty()) throw std::bad_alloc();
  return Picture{"image/png", std::move(png), shown_width, shown_height};
}

}  // namespace sluice::metafile
