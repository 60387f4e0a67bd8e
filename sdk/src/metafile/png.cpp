// SPDX-License-Identifier: Apache-2.0
#include "metafile/png.hpp"

#include <libdeflate.h>

#include <memory>
#include <string_view>

namespace sluice::metafile {
namespace {

struct FreeCompressor {
  void operator()(libdeflate_compressor* it) const { libdeflate_free_compressor(it); }
};

std::string big_endian(std::uint32_t value) {
  return {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
          static_cast<char>(value >> 8), static_cast<char>(value)};
}

void append_chunk(std::string& out, std::string_view type, std::string_view content) {
  const std::size_t begin = out.size() + 4;
  out += big_endian(static_cast<std::uint32_t>(content.size()));
  out.append(type).append(content);
  out += big_endian(libdeflate_crc32(0, out.data() + begin, out.size() - begin));
}

// Each row as the differences to the pixel on its left (filter 1), which drawings and screenshots
// compress well under.
std::string filtered_rows(const Pixels& pixels, std::size_t channels) {
  std::string rows;
  rows.reserve((pixels.width * channels + 1) * pixels.height);
  for (std::size_t y = 0; y < pixels.height; ++y) {
    const std::uint8_t* const row = &pixels.rgba[y * pixels.width * 4];
    rows += '\1';
    for (std::size_t x = 0; x < pixels.width; ++x) {
      for (std::size_t c = 0; c < channels; ++c) {
        const int left = x == 0 ? 0 : row[(x - 1) * 4 + c];
        rows += static_cast<char>(row[x * 4 + c] - left);
      }
    }
  }
  return rows;
}

}  // namespace

std::string png_of(const Pixels& pixels) {
  const std::string rows = filtered_rows(pixels, pixels.has_alpha ? 4 : 3);
  constexpr int kLevel = 6;
  const std::unique_ptr<libdeflate_compressor, FreeCompressor> compressor(
      libdeflate_alloc_compressor(kLevel));
  if (!compressor) throw std::bad_alloc();
  std::string packed(libdeflate_zlib_compress_bound(compressor.get(), rows.size()), '\0');
  packed.resize(libdeflate_zlib_compress(compressor.get(), rows.data(), rows.size(), packed.data(),
                                         packed.size()));
  std::string out = "\x89PNG\r\n\x1a\n";
  constexpr char kWithAlpha = 6;
  constexpr char kWithoutAlpha = 2;
  std::string header = big_endian(pixels.width) + big_endian(pixels.height);
  header += '\b';
  header += pixels.has_alpha ? kWithAlpha : kWithoutAlpha;
  header.append(3, '\0');
  append_chunk(out, "IHDR", header);
  append_chunk(out, "IDAT", packed);
  append_chunk(out, "IEND", {});
  return out;
}

}  // namespace sluice::metafile
