// SPDX-License-Identifier: Apache-2.0
//
// Pens, brushes and fonts of enhanced metafiles.
#include <sluice/little_endian.hpp>

#include "metafile/emf_player.hpp"

namespace sluice::metafile {
namespace {

constexpr std::uint32_t kStock = 0x80000000;

Brush gray(std::uint32_t color) {
  Brush brush;
  brush.color = color;
  return brush;
}

Pen thin(std::uint32_t color) {
  Pen pen;
  pen.stroke.color = color;
  return pen;
}

// [MS-EMF] 2.1.31
Object stock_object(std::uint32_t number) {
  switch (number) {
    case 0:
      return gray(0xFFFFFF);
    case 1:
      return gray(0xC0C0C0);
    case 2:
      return gray(0x808080);
    case 3:
      return gray(0x404040);
    case 4:
      return gray(0x000000);
    case 5:
      return brush_of(1, 0, 0);
    case 6:
      return thin(0xFFFFFF);
    case 7:
      return thin(0x000000);
    case 8: {
      Pen none;
      none.is_null = true;
      return none;
    }
    case 10:
    case 11:
    case 12:
    case 13:
    case 14:
    case 16:
    case 17:
      return Font();
    default:
      return {};
  }
}

void set_style(Pen& pen, std::uint32_t style) {
  constexpr std::uint32_t kNull = 5;
  pen.is_null = (style & 0xF) == kNull;
  pen.stroke.dash = dash_of(style);
  pen.stroke.has_round_ends = (style & 0xF00) == 0 && pen.stroke.dash == Stroke::Dash::kSolid;
  pen.stroke.has_round_joins = (style & 0xF000) == 0;
}

}  // namespace

void EmfPlayer::add_object(std::uint32_t index, Object object) {
  // A file cannot have more than its header's 16 bits say.
  if (index < 0x10000) objects_[index] = std::move(object);
}

void EmfPlayer::create_pen(Record record) {
  constexpr std::uint32_t kExtended = 95;
  Pen pen;
  if (little_u32(record, 0) == kExtended) {
    constexpr std::uint32_t kGeometric = 0x10000;
    const std::uint32_t style = little_u32(record, 28);
    set_style(pen, style);
    pen.width = (style & kGeometric) != 0 ? little_u32(record, 32) : 0;
    pen.stroke.color = little_u32(record, 40) & 0xFFFFFF;
    constexpr std::uint32_t kNullBrush = 1;
    pen.is_null = pen.is_null || little_u32(record, 36) == kNullBrush;
  } else {
    set_style(pen, little_u32(record, 12));
    pen.width = std::abs(double(signed_at(record, 16)));
    pen.stroke.color = little_u32(record, 24) & 0xFFFFFF;
  }
  add_object(little_u32(record, 8), pen);
}

void EmfPlayer::create_brush(Record record) {
  add_object(little_u32(record, 8),
             brush_of(little_u32(record, 12), little_u32(record, 16), little_u32(record, 20)));
}

void EmfPlayer::create_pattern(Record record) {
  const auto picture =
      bitmaps_.decode(piece_of(record, 16), piece_of(record, 24), Blend::kCopy, Part());
  Brush brush = gray(0x808080);
  if (picture) {
    brush.kind = Brush::Kind::kPattern;
    brush.pattern = device_.surface().add_pattern(*picture);
  } else {
    leave_out();
  }
  add_object(little_u32(record, 8), brush);
}

void EmfPlayer::create_font(Record record) {
  Font font;
  const std::int32_t height = signed_at(record, 12);
  font.is_line_height = height > 0;
  if (height != 0) font.height = std::abs(double(height));
  font.degrees = signed_at(record, 20) / 10.0;
  font.weight = signed_at(record, 28);
  font.is_italic = little_u8(record, 32) != 0;
  font.is_underlined = little_u8(record, 33) != 0;
  font.is_struck = little_u8(record, 34) != 0;
  font.charset = little_u8(record, 35);
  constexpr std::size_t kName = 40;
  if (record.size() > kName) font.family = utf8_of_utf16le(record.substr(kName, 64));
  font.family.resize(std::min(font.family.find('\0'), font.family.size()));
  add_object(little_u32(record, 8), font);
}

void EmfPlayer::create_palette(Record record) {
  add_object(little_u32(record, 8), Palette());
}

void EmfPlayer::select_object(Record record) {
  const std::uint32_t index = little_u32(record, 8);
  if (index >= kStock) return device_.select(stock_object(index - kStock));
  const auto found = objects_.find(index);
  if (found != objects_.end()) device_.select(found->second);
}

void EmfPlayer::delete_object(Record record) {
  objects_.erase(little_u32(record, 8));
}

}  // namespace sluice::metafile
