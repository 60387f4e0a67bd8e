// SPDX-License-Identifier: Apache-2.0
#include <libdeflate.h>

#include <memory>
#include <sluice/png.hpp>

namespace sluice {
namespace {

int components(PngColor color) {
  switch (color) {
    case PngColor::kRgb:
      return 3;
    case PngColor::kRgba:
      return 4;
    default:
      return 1;
  }
}

void put_u32(std::string& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
}

void put_chunk(std::string& out, std::string_view kind, std::string_view data) {
  put_u32(out, static_cast<std::uint32_t>(data.size()));
  const std::size_t from = out.size();
  out += kind;
  out += data;
  put_u32(out, libdeflate_crc32(0, out.data() + from, out.size() - from));
}

std::string framed(const PngShape& shape, std::string_view palette, std::string_view zlib) {
  std::string out("\x89PNG\r\n\x1a\n", 8);
  out.reserve(zlib.size() + palette.size() + 80);
  std::string header;
  put_u32(header, shape.width);
  put_u32(header, shape.height);
  header += static_cast<char>(shape.bits);
  header += static_cast<char>(shape.color);
  header += std::string(3, '\0');
  put_chunk(out, "IHDR", header);
  if (!palette.empty()) put_chunk(out, "PLTE", palette);
  put_chunk(out, "IDAT", zlib);
  put_chunk(out, "IEND", {});
  return out;
}

// Each row with its filter: differences to the pixel before where there are whole bytes. Numbers of
// colours do not differ by little where the colours do.
std::string filtered(const PngShape& shape, std::string_view rows) {
  const std::size_t row = shape.row_bytes();
  const bool differences = shape.bits == 8 && shape.color != PngColor::kIndexed;
  const std::size_t step = differences ? static_cast<std::size_t>(components(shape.color)) : 0;
  std::string out;
  out.resize((row + 1) * shape.height);
  const char* from = rows.data();
  char* to = out.data();
  for (std::uint32_t y = 0; y < shape.height; ++y, from += row) {
    *to++ = step > 0 ? 1 : 0;
    if (step == 0) {
      std::char_traits<char>::copy(to, from, row);
    } else {
      std::char_traits<char>::copy(to, from, step < row ? step : row);
      for (std::size_t x = step; x < row; ++x) to[x] = static_cast<char>(from[x] - from[x - step]);
    }
    to += row;
  }
  return out;
}

}  // namespace

std::size_t PngShape::row_bytes() const {
  return (std::size_t{width} * static_cast<std::size_t>(components(color) * bits) + 7) / 8;
}

std::string encode_png(const PngShape& shape, std::string rows, std::string_view palette,
                       int level) {
  if (rows.size() != shape.row_bytes() * shape.height) return {};
  std::string pixels = filtered(shape, rows);
  rows = std::string();
  const std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)> compressor(
      libdeflate_alloc_compressor(level), libdeflate_free_compressor);
  if (compressor == nullptr) return {};
  std::string zlib;
  zlib.resize(libdeflate_zlib_compress_bound(compressor.get(), pixels.size()));
  zlib.resize(libdeflate_zlib_compress(compressor.get(), pixels.data(), pixels.size(), zlib.data(),
                                       zlib.size()));
  return zlib.empty() ? std::string() : framed(shape, palette, zlib);
}

std::string wrap_png(const PngShape& shape, std::string_view zlib, std::string_view palette) {
  const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> decompressor(
      libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  if (decompressor == nullptr) return {};
  const std::size_t row = shape.row_bytes() + 1;
  std::string pixels;
  pixels.resize(row * shape.height);
  std::size_t used = 0;
  const auto result = libdeflate_zlib_decompress_ex(decompressor.get(), zlib.data(), zlib.size(),
                                                    pixels.data(), pixels.size(), &used, nullptr);
  if (result != LIBDEFLATE_SUCCESS) return {};
  for (std::size_t at = 0; at < pixels.size(); at += row) {
    if (static_cast<unsigned char>(pixels[at]) > 4) return {};
  }
  return framed(shape, palette, zlib.substr(0, used));
}

}  // namespace sluice
