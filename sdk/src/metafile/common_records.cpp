// SPDX-License-Identifier: Apache-2.0
#include "metafile/players.hpp"

namespace sluice::metafile {

RasterOperation raster_operation(std::uint32_t code) {
  switch (code) {
    case 0x00CC0020:  // copy
    case 0x00C000CA:  // with the brush, which is mostly white
      return {RasterStep::kBitmap, Blend::kCopy};
    case 0x008800C6:  // and
      return {RasterStep::kBitmap, Blend::kWhiteIsClear};
    case 0x00EE0086:  // or
    case 0x00660046:  // exclusive or: mostly behind a mask that was drawn with "and"
      return {RasterStep::kBitmap, Blend::kBlackIsClear};
    case 0x00F00021:
      return {RasterStep::kBrush, Blend::kCopy};
    case 0x00000042:
      return {RasterStep::kBlack, Blend::kCopy};
    case 0x00FF0062:
      return {RasterStep::kWhite, Blend::kCopy};
    case 0x00AA0029:
      return {RasterStep::kNothing, Blend::kCopy};
    default:
      return {RasterStep::kUnknown, Blend::kCopy};
  }
}

bool draw_without_bitmap(Device& device, RasterStep step, const Box& target) {
  switch (step) {
    case RasterStep::kNothing:
      return true;
    case RasterStep::kBlack:
      device.fill_box(target, 0);
      return true;
    case RasterStep::kWhite:
      device.fill_box(target, 0xFFFFFF);
      return true;
    case RasterStep::kBrush:
      device.fill_box_with_brush(target);
      return true;
    default:
      return false;
  }
}

bool is_plain_rop(std::uint32_t rop) {
  constexpr std::uint32_t kCopyPen = 13;
  // "And" with a dark pen on paper is that pen.
  constexpr std::uint32_t kMaskPen = 9;
  return rop == kCopyPen || rop == kMaskPen || rop == kRopNothing;
}

Stroke::Dash dash_of(std::uint32_t pen_style) {
  switch (pen_style & 0xF) {
    case 1:
      return Stroke::Dash::kDash;
    case 2:
      return Stroke::Dash::kDot;
    case 3:
      return Stroke::Dash::kDashDot;
    case 4:
      return Stroke::Dash::kDashDotDot;
    default:
      return Stroke::Dash::kSolid;
  }
}

Brush brush_of(std::uint32_t style, std::uint32_t color, std::uint32_t hatch) {
  Brush brush;
  brush.color = color & 0xFFFFFF;
  brush.hatch = hatch;
  constexpr std::uint32_t kNull = 1;
  constexpr std::uint32_t kHatched = 2;
  if (style == kNull) brush.kind = Brush::Kind::kNull;
  if (style == kHatched) brush.kind = Brush::Kind::kHatch;
  return brush;
}

}  // namespace sluice::metafile
