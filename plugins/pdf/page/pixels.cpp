// SPDX-License-Identifier: Apache-2.0
#include "pixels.hpp"

#include <Object.h>  // Dict.h does not stand alone
// clang-format off
#include <Dict.h>
// clang-format on
#include <GfxState.h>
#include <Stream.h>

#include <cmath>
#include <cstring>
#include <sluice/png.hpp>

#include "color_kinds.hpp"
#include "stream_bytes.hpp"

namespace sluice::pdf {
namespace {

// The transparency of a masked image, one byte a pixel of the image. Empty: none.
class Alpha {
 public:
  explicit Alpha(const ImageMask& mask) : mask_(mask) {
    if (mask.stream == nullptr || mask.width <= 0 || mask.height <= 0) return;
    const std::uint64_t pixels =
        static_cast<std::uint64_t>(mask.width) * static_cast<std::uint64_t>(mask.height);
    if (pixels > 64'000'000) return;
    read();
  }
  bool is_there() const { return !values_.empty(); }
  unsigned char at(int x, int y, int width, int height) const {
    const auto mx = static_cast<std::size_t>(static_cast<std::int64_t>(x) * mask_.width / width);
    const auto my = static_cast<std::size_t>(static_cast<std::int64_t>(y) * mask_.height / height);
    return static_cast<unsigned char>(values_[my * static_cast<std::size_t>(mask_.width) + mx]);
  }

 private:
  void read() {
    const int components = mask_.colors != nullptr ? mask_.colors->getNumPixelComps() : 1;
    const int bits = mask_.colors != nullptr ? mask_.colors->getBits() : 1;
    ImageStream lines(mask_.stream, mask_.width, components, bits);
    lines.reset();
    const auto row = static_cast<std::size_t>(mask_.width);
    values_.assign(row * static_cast<std::size_t>(mask_.height), '\xFF');
    for (int y = 0; y < mask_.height; ++y) {
      unsigned char* line = lines.getLine();
      if (line == nullptr) break;
      auto* to =
          reinterpret_cast<unsigned char*>(values_.data()) + row * static_cast<std::size_t>(y);
      if (mask_.colors != nullptr) {
        mask_.colors->getGrayLine(line, to, mask_.width);
      } else {
        for (std::size_t x = 0; x < row; ++x) to[x] = ((line[x] != 0) != mask_.invert) ? 0 : 255;
      }
    }
    lines.close();
  }

  ImageMask mask_;
  std::string values_;
};

bool is_color_key(const unsigned char* pixel, const int* ranges, int components) {
  for (int i = 0; i < components; ++i) {
    if (pixel[i] < ranges[2 * i] || pixel[i] > ranges[2 * i + 1]) return false;
  }
  return true;
}

}  // namespace

bool may_stay_jpeg(const ImageSource& source) {
  if (source.stream->getKind() != strDCT || source.colors == nullptr) return false;
  if (source.mask_colors != nullptr || source.mask.stream != nullptr) {
    // Transparency needs the pixels; in a large photograph it is not worth their decoding.
    if (static_cast<std::int64_t>(source.width) * source.height < 2'000'000) return false;
  }
  return is_gray_or_rgb(*source.colors) && order_of(*source.colors) == SampleOrder::kPlain;
}

std::string jpeg_as_it_is(const ImageSource& source, std::size_t most) {
  if (!may_stay_jpeg(source)) return {};
  Stream* encoded = source.stream->getNextStream();
  if (encoded == nullptr) return {};
  std::string bytes = read_stream(*encoded, most);
  const bool is_jpeg = bytes.size() > 4 && bytes.compare(0, 2, "\xFF\xD8") == 0;
  return is_jpeg ? bytes : std::string();
}

std::string png_as_it_is(const ImageSource& source, std::size_t most) {
  if (source.stream->getKind() != strFlate || source.colors == nullptr) return {};
  if (source.mask_colors != nullptr || source.mask.stream != nullptr) return {};
  const Dict* dict = source.stream->getDict();
  if (dict == nullptr) return {};
  Object parameters;
  if (!is_flate_alone(*dict, parameters) || !parameters.isDict()) return {};
  const Dict& of = *parameters.getDict();
  GfxImageColorMap& colors = *source.colors;
  const int components = colors.getNumPixelComps();
  if (integer_of(of, "Predictor", 1) < 10 || integer_of(of, "Columns", 1) != source.width ||
      integer_of(of, "Colors", 1) != components ||
      integer_of(of, "BitsPerComponent", 8) != colors.getBits()) {
    return {};
  }
  PngShape shape{static_cast<std::uint32_t>(source.width),
                 static_cast<std::uint32_t>(source.height), colors.getBits(),
                 components == 3 ? PngColor::kRgb : PngColor::kGray};
  std::string palette;
  if (colors.getColorSpace()->getMode() == csIndexed) {
    palette = palette_of(colors);
    if (palette.empty()) return {};
    shape.color = PngColor::kIndexed;
  } else if (!is_gray_or_rgb(colors) || order_of(colors) != SampleOrder::kPlain ||
             (components == 3 && shape.bits < 8)) {
    return {};
  }
  Stream* encoded = source.stream->getNextStream();
  if (encoded == nullptr) return {};
  return wrap_png(shape, read_stream(*encoded, most), palette);
}

std::string pixels_as_png(const ImageSource& source) {
  if (source.colors == nullptr || !source.colors->isOk()) return {};
  GfxImageColorMap& colors = *source.colors;
  const int components = colors.getNumPixelComps();
  const Alpha alpha(source.mask);
  const bool transparent = alpha.is_there() || source.mask_colors != nullptr;
  const bool gray = !transparent && is_gray(colors);
  PngShape shape{static_cast<std::uint32_t>(source.width),
                 static_cast<std::uint32_t>(source.height), 8,
                 transparent ? PngColor::kRgba
                 : gray      ? PngColor::kGray
                             : PngColor::kRgb};
  std::string rows(shape.row_bytes() * shape.height, '\xFF');
  std::string rgb(static_cast<std::size_t>(source.width) * 3, '\0');
  ImageStream lines(source.stream, source.width, components, colors.getBits());
  lines.reset();
  for (int y = 0; y < source.height; ++y) {
    unsigned char* line = lines.getLine();
    if (line == nullptr) break;
    auto* to = reinterpret_cast<unsigned char*>(rows.data()) +
               shape.row_bytes() * static_cast<std::size_t>(y);
    if (gray) {
      colors.getGrayLine(line, to, source.width);
      continue;
    }
    if (!transparent) {
      colors.getRGBLine(line, to, source.width);
      continue;
    }
    const std::string raw(reinterpret_cast<const char*>(line),
                          static_cast<std::size_t>(source.width * components));
    colors.getRGBLine(line, reinterpret_cast<unsigned char*>(rgb.data()), source.width);
    for (int x = 0; x < source.width; ++x) {
      const auto at = static_cast<std::size_t>(x);
      std::memcpy(to + 4 * at, rgb.data() + 3 * at, 3);
      bool clear = false;
      if (source.mask_colors != nullptr) {
        clear = is_color_key(reinterpret_cast<const unsigned char*>(raw.data()) +
                                 static_cast<std::size_t>(x * components),
                             source.mask_colors, components);
      }
      to[4 * at + 3] = clear              ? 0
                       : alpha.is_there() ? alpha.at(x, y, source.width, source.height)
                                          : 255;
    }
  }
  lines.close();
  return encode_png(shape, std::move(rows), {});
}

}  // namespace sluice::pdf
