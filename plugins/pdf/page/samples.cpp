// SPDX-License-Identifier: Apache-2.0
#include "samples.hpp"

#include <Object.h>  // Dict.h does not stand alone
// clang-format off
#include <Dict.h>
// clang-format on
#include <GfxState.h>
#include <Stream.h>
#include <libdeflate.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <sluice/png.hpp>
#include <utility>

#include "color_kinds.hpp"
#include "stream_bytes.hpp"

namespace sluice::pdf {
namespace {

struct Format {
  PngShape shape;
  std::string palette;
  bool reversed = false;  // black and white are exchanged
};

// Samples beyond the palette's end get its last colour, as viewers show them.
std::string whole_palette(std::string palette, int bits) {
  const std::string last = palette.substr(palette.size() - 3);
  while (palette.size() < (std::size_t{3} << bits)) palette += last;
  return palette;
}

std::optional<Format> format_of(const ImageSource& source) {
  if (source.mask_colors != nullptr || source.mask.stream != nullptr) return std::nullopt;
  Format format;
  format.shape = {static_cast<std::uint32_t>(source.width),
                  static_cast<std::uint32_t>(source.height), 1, PngColor::kGray};
  if (source.is_mask) {
    // A stencil paints where its samples are 0: black on white.
    format.reversed = source.invert;
    return format;
  }
  if (source.colors == nullptr || !source.colors->isOk()) return std::nullopt;
  GfxImageColorMap& colors = *source.colors;
  const int bits = colors.getBits();
  const SampleOrder order = order_of(colors);
  if (bits > 8 || order == SampleOrder::kOther) return std::nullopt;
  format.shape.bits = bits;
  if (colors.getColorSpace()->getMode() == csIndexed) {
    const std::string palette = palette_of(colors);
    if (palette.empty() || order != SampleOrder::kPlain) return std::nullopt;
    format.shape.color = PngColor::kIndexed;
    format.palette = whole_palette(palette, bits);
    return format;
  }
  format.reversed = order == SampleOrder::kReversed;
  if (is_gray(colors)) return format;
  if (!is_gray_or_rgb(colors) || bits != 8) return std::nullopt;
  format.shape.color = PngColor::kRgb;
  return format;
}

// The rows of FlateDecode data without a predictor: libdeflate takes a third of poppler's time.
std::string inflated(const ImageSource& source, std::size_t bytes, std::size_t most_encoded) {
  if (source.is_inline || source.stream->getKind() != strFlate) return {};
  const Dict* dict = source.stream->getDict();
  Object parameters;
  if (dict == nullptr || !is_flate_alone(*dict, parameters)) return {};
  if (parameters.isDict() && integer_of(*parameters.getDict(), "Predictor", 1) > 1) return {};
  Stream* encoded = source.stream->getNextStream();
  if (encoded == nullptr) return {};
  const std::string data = read_stream(*encoded, most_encoded);
  const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> decompressor(
      libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  if (decompressor == nullptr) return {};
  std::string rows;
  rows.resize(bytes);
  std::size_t used = 0;
  const auto result = libdeflate_zlib_decompress_ex(decompressor.get(), data.data(), data.size(),
                                                    rows.data(), rows.size(), &used, nullptr);
  return result == LIBDEFLATE_SUCCESS ? rows : std::string();
}

// What is missing at the end is white.
std::string decoded(Stream& stream, std::size_t bytes) {
  std::string rows(bytes, '\xFF');
  constexpr std::size_t kAtOnce = 1 << 16;
  stream.reset();
  for (std::size_t done = 0; done < bytes;) {
    const auto want = static_cast<int>(std::min(kAtOnce, bytes - done));
    const int got = stream.doGetChars(want, reinterpret_cast<unsigned char*>(rows.data()) + done);
    if (got <= 0) break;
    done += static_cast<std::size_t>(got);
  }
  stream.close();
  return rows;
}

}  // namespace

std::string samples_as_png(const ImageSource& source, std::size_t most_encoded) {
  const std::optional<Format> format = format_of(source);
  if (!format) return {};
  const std::size_t bytes = format->shape.row_bytes() * format->shape.height;
  std::string rows = inflated(source, bytes, most_encoded);
  if (rows.empty()) rows = decoded(*source.stream, bytes);
  if (format->reversed) {
    for (char& byte : rows) byte = static_cast<char>(~byte);
  }
  return encode_png(format->shape, std::move(rows), format->palette);
}

}  // namespace sluice::pdf
