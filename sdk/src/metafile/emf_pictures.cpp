// SPDX-License-Identifier: Apache-2.0
//
// Bitmaps of enhanced metafiles.
#include <sluice/little_endian.hpp>

#include "metafile/emf_player.hpp"

namespace sluice::metafile {
namespace {

Box target_of(std::string_view record, std::size_t place, std::size_t size) {
  const double left = signed_at(record, place);
  const double top = signed_at(record, place + 4);
  return {left, top, left + signed_at(record, size), top + signed_at(record, size + 4)};
}

}  // namespace

std::string_view piece_of(std::string_view record, std::size_t at) {
  const std::size_t offset = little_u32(record, at);
  const std::size_t size = little_u32(record, at + 4);
  return offset < record.size() ? record.substr(offset, size) : std::string_view();
}

// `places`: where the record says where its bitmap's header and pixels are.
void EmfPlayer::draw_bitmap(Record record, std::size_t places, const Box& target, const Part& part,
                            std::uint32_t operation, Origin origin) {
  const std::string_view header = piece_of(record, places);
  const RasterOperation raster = raster_operation(operation);
  if (raster.step == RasterStep::kUnknown) leave_out();
  Part shown = part;
  if (origin == Origin::kBottom) shown.top = bitmap_height(header) - part.top - part.height;
  const auto picture = bitmaps_.decode(header, piece_of(record, places + 8), raster.blend, shown);
  picture ? device_.picture(*picture, target) : leave_out();
}

// BITBLT, STRETCHBLT, MASKBLT, ALPHABLEND, TRANSPARENTBLT: a box, what to do with it, and perhaps a
// bitmap.
void EmfPlayer::blit(Record record) {
  const std::uint32_t type = little_u32(record, 0);
  enum : std::uint32_t { kBit = 76, kMask = 78, kAlpha = 114, kTransparent = 116 };
  const Box target = target_of(record, 24, 32);
  constexpr std::size_t kPlaces = 84;
  const std::uint32_t operation = little_u32(record, 40);
  const bool has_sizes = type != kBit && type != kMask;
  Part part = {signed_at(record, 44), signed_at(record, 48),
               signed_at(record, has_sizes ? 100 : 32), signed_at(record, has_sizes ? 104 : 36)};
  if (type == kTransparent || type == kAlpha) {
    constexpr std::uint32_t kCopy = 0x00CC0020;
    const bool has_alpha = type == kAlpha && little_u8(record, 43) != 0;
    if (!has_alpha) return draw_bitmap(record, kPlaces, target, part, kCopy, Origin::kTop);
    const auto picture = bitmaps_.decode(piece_of(record, kPlaces), piece_of(record, kPlaces + 8),
                                         Blend::kAlpha, part);
    return picture ? device_.picture(*picture, target) : leave_out();
  }
  if (draw_without_bitmap(device_, raster_operation(operation).step, target)) return;
  const bool has_bitmap = little_u32(record, kPlaces + 4) > 0;
  has_bitmap ? draw_bitmap(record, kPlaces, target, part, operation, Origin::kTop) : leave_out();
}

// STRETCHDIBITS and SETDIBITSTODEVICE.
void EmfPlayer::bitmap(Record record) {
  constexpr std::uint32_t kStretch = 81;
  constexpr std::uint32_t kCopy = 0x00CC0020;
  const bool is_stretched = little_u32(record, 0) == kStretch;
  const Part part = {signed_at(record, 32), signed_at(record, 36), signed_at(record, 40),
                     signed_at(record, 44)};
  const Box target = target_of(record, 24, is_stretched ? 72 : 40);
  draw_bitmap(record, 48, target, part, is_stretched ? little_u32(record, 68) : kCopy,
              Origin::kBottom);
}

}  // namespace sluice::metafile
