// SPDX-License-Identifier: Apache-2.0
//
// The two players: records of a metafile to calls of a Device.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "metafile/device.hpp"

namespace sluice::metafile {

// What a player drew, and the box of it in pixels that is the picture.
struct Drawing {
  SvgSurface surface;
  Box box;
  std::uint64_t left_out = 0;
};

// A pixel of a picture, in millimetres: CSS has 96 in an inch.
inline constexpr double kPixelsPerMm = 96 / 25.4;

// How the raster operation of a bitmap ([MS-WMF] 2.1.1.31) is drawn.
enum class RasterStep : std::uint8_t { kBitmap, kBrush, kBlack, kWhite, kNothing, kUnknown };
struct RasterOperation {
  RasterStep step = RasterStep::kBitmap;
  Blend blend = Blend::kCopy;
};
RasterOperation raster_operation(std::uint32_t code);
// Draws a step that needs no bitmap. False if it is another one.
bool draw_without_bitmap(Device& device, RasterStep step, const Box& target);

// The step of drawing that a binary raster operation (2.1.1.2) changes most: whether it draws at
// all.
inline constexpr std::uint32_t kRopNothing = 11;
// Whether an operation is drawn as it should be: with the pen's color, or not at all.
bool is_plain_rop(std::uint32_t rop);

Stroke::Dash dash_of(std::uint32_t pen_style);
Brush brush_of(std::uint32_t style, std::uint32_t color, std::uint32_t hatch);

// A player for each; nothing if the bytes do not begin with its header.
std::optional<Drawing> play_emf(std::string_view bytes);
std::optional<Drawing> play_wmf(std::string_view bytes);

}  // namespace sluice::metafile
