// SPDX-License-Identifier: Apache-2.0
#include "color_kinds.hpp"

#include <Object.h>  // Dict.h does not stand alone
// clang-format off
#include <Dict.h>
// clang-format on
#include <GfxState.h>

#include <algorithm>
#include <cmath>

namespace sluice::pdf {
namespace {

constexpr double kSameValue = 0.01;  // files round the numbers of Decode arrays

bool is_near(double a, double b) {
  return std::abs(a - b) <= kSameValue;
}

}  // namespace

SampleOrder order_of(const GfxImageColorMap& of) {
  // Poppler's getters change nothing.
  auto& colors = const_cast<GfxImageColorMap&>(of);
  const bool indexed = colors.getColorSpace()->getMode() == csIndexed;
  const double most = indexed ? (1 << colors.getBits()) - 1 : 1;
  bool plain = true;
  bool reversed = true;
  for (int i = 0; i < colors.getNumPixelComps(); ++i) {
    const double low = colors.getDecodeLow(i);
    const double high = colors.getDecodeHigh(i);
    plain = plain && is_near(low, 0) && is_near(high, most);
    reversed = reversed && is_near(low, most) && is_near(high, 0);
  }
  return plain ? SampleOrder::kPlain : reversed ? SampleOrder::kReversed : SampleOrder::kOther;
}

bool is_gray(GfxImageColorMap& colors) {
  const auto mode = colors.getColorSpace()->getMode();
  return mode == csDeviceGray || mode == csCalGray ||
         (mode == csICCBased && colors.getNumPixelComps() == 1);
}

bool is_gray_or_rgb(GfxImageColorMap& colors) {
  const auto mode = colors.getColorSpace()->getMode();
  return is_gray(colors) || mode == csDeviceRGB || mode == csCalRGB ||
         (mode == csICCBased && colors.getNumPixelComps() == 3);
}

std::string palette_of(GfxImageColorMap& colors) {
  if (colors.getColorSpace()->getMode() != csIndexed || colors.getBits() > 8) return {};
  auto& indexed = static_cast<GfxIndexedColorSpace&>(*colors.getColorSpace());
  std::string palette;
  const int last = std::min(indexed.getIndexHigh(), (1 << colors.getBits()) - 1);
  for (int i = 0; i <= last; ++i) {
    GfxColor color;
    clearGfxColor(&color);
    color.c[0] = i * gfxColorComp1;
    GfxRGB rgb;
    indexed.getRGB(&color, &rgb);
    palette += static_cast<char>(colToByte(rgb.r));
    palette += static_cast<char>(colToByte(rgb.g));
    palette += static_cast<char>(colToByte(rgb.b));
  }
  return palette;
}

bool is_flate_alone(const Dict& image, Object& parameters) {
  Object filter = image.lookup("Filter");
  parameters = image.lookup("DecodeParms");
  if (filter.isArray()) {
    if (filter.arrayGetLength() != 1) return false;
    filter = filter.arrayGet(0);
  }
  if (parameters.isArray()) {
    if (parameters.arrayGetLength() != 1) return false;
    parameters = parameters.arrayGet(0);
  }
  return filter.isName("FlateDecode");
}

int integer_of(const Dict& dict, const char* key, int otherwise) {
  const Object value = dict.lookup(key);
  return value.isInt() ? value.getInt() : otherwise;
}

}  // namespace sluice::pdf
