// SPDX-License-Identifier: Apache-2.0
#include "metafile/wmf_player.hpp"

#include <sluice/little_endian.hpp>

namespace sluice::metafile {
namespace {

constexpr std::uint32_t kPlaceable = 0x9AC6CDD7;
constexpr std::size_t kPlaceableSize = 22;
constexpr std::size_t kWmfHeaderSize = 18;
constexpr std::uint16_t kSetWindowOrigin = 0x020B;
constexpr std::uint16_t kSetWindowSize = 0x020C;

double i16(std::string_view record, std::size_t index) {
  return static_cast<std::int16_t>(little_u16(record, index * 2));
}

// Records name y before x, and the last corner before the first.
Point point_at(std::string_view record, std::size_t index) {
  return {i16(record, index + 1), i16(record, index)};
}
Box corners_at(std::string_view record, std::size_t index) {
  return {i16(record, index + 3), i16(record, index + 2), i16(record, index + 1),
          i16(record, index)};
}
// Height, width, top, left.
Box sized_box_at(std::string_view record, std::size_t index) {
  const double left = i16(record, index + 3);
  const double top = i16(record, index + 2);
  return {left, top, left + i16(record, index + 1), top + i16(record, index)};
}

}  // namespace

bool WmfPlayer::begin() {
  Box window;
  double per_inch = 0;
  if (little_u32(bytes_, 0) == kPlaceable) {
    const std::string_view box = bytes_.substr(0, std::min(kPlaceableSize, bytes_.size()));
    window = {double(static_cast<std::int16_t>(little_u16(box, 6))),
              double(static_cast<std::int16_t>(little_u16(box, 8))),
              double(static_cast<std::int16_t>(little_u16(box, 10))),
              double(static_cast<std::int16_t>(little_u16(box, 12)))};
    per_inch = little_u16(box, 14);
    first_ = kPlaceableSize;
  }
  const std::uint16_t type = little_u16(bytes_, first_);
  if (bytes_.size() < first_ + kWmfHeaderSize || (type != 1 && type != 2) ||
      little_u16(bytes_, first_ + 2) != kWmfHeaderSize / 2) {
    return false;
  }
  first_ += kWmfHeaderSize;
  DeviceState& state = device_.state();
  state.map_mode = MapMode::kAnisotropic;
  if (window.width() != 0 && window.height() != 0) {
    state.window_origin = {window.left, window.top};
    state.window_size = {window.width(), window.height()};
  } else if (!find_window()) {
    return false;
  }
  const Point size = {std::abs(state.window_size.x), std::abs(state.window_size.y)};
  // Without a scale of its own, a picture gets the size of a column.
  constexpr double kColumn = 600;
  const double scale = per_inch > 0 ? 96 / per_inch : kColumn / std::max({size.x, size.y, kColumn});
  state.viewport_size = size;
  drawing_.box = {0, 0, std::max(1.0, size.x * scale), std::max(1.0, size.y * scale)};
  device_.place({scale, 0, 0, scale, 0, 0}, {1, 1}, drawing_.box);
  return true;
}

// The first window that a record sets is the picture.
bool WmfPlayer::find_window() {
  DeviceState& state = device_.state();
  for (std::size_t at = first_; at + 6 <= bytes_.size();) {
    const std::size_t size = std::size_t{little_u32(bytes_, at)} * 2;
    if (size < 6 || size > bytes_.size() - at) return false;
    const std::string_view record = bytes_.substr(at + 6, size - 6);
    const std::uint16_t function = little_u16(bytes_, at + 4);
    if (function == kSetWindowOrigin) state.window_origin = point_at(record, 0);
    if (function == kSetWindowSize) {
      state.window_size = point_at(record, 0);
      return state.window_size.x != 0 && state.window_size.y != 0;
    }
    at += size;
  }
  return false;
}

void WmfPlayer::play() {
  for (std::size_t at = first_; at + 6 <= bytes_.size();) {
    const std::size_t size = std::size_t{little_u32(bytes_, at)} * 2;
    const std::uint16_t function = little_u16(bytes_, at + 4);
    if (function == 0) return;
    if (size < 6 || size > bytes_.size() - at || drawing_.surface.is_full()) return leave_out();
    play(function, bytes_.substr(at + 6, size - 6));
    at += size;
  }
}

void WmfPlayer::play(std::uint16_t function, Record record) {
  if (set_state(function, record) || set_window(function, record) ||
      make_object(function, record) || draw_shape(function, record)) {
    return;
  }
  draw_bitmap(function, record);
}

bool WmfPlayer::set_state(std::uint16_t function, Record record) {
  const std::uint16_t value = little_u16(record, 0);
  DeviceState& state = device_.state();
  switch (function) {
    case 0x001E:
      device_.save();
      return true;
    case 0x0127:
      device_.restore(static_cast<std::int16_t>(value));
      return true;
    case 0x0102:
      state.is_opaque = value == 2;
      return true;
    case 0x0104:
      state.draws_nothing = value == kRopNothing;
      if (!is_plain_rop(value)) leave_out();
      return true;
    case 0x0106:
      state.is_even_odd = value == 1;
      return true;
    case 0x012E:
      state.text_align = value;
      return true;
    case 0x0201:
      state.background = little_u32(record, 0) & 0xFFFFFF;
      return true;
    case 0x0209:
      state.text_color = little_u32(record, 0) & 0xFFFFFF;
      return true;
    default:
      return false;
  }
}

bool WmfPlayer::set_window(std::uint16_t function, Record record) {
  DeviceState& state = device_.state();
  const Point value = point_at(record, 0);
  switch (function) {
    case kSetWindowOrigin:
      state.window_origin = value;
      return true;
    case kSetWindowSize:
      if (value.x != 0 && value.y != 0) state.window_size = value;
      return true;
    case 0x020F:
      state.window_origin.x += value.x;
      state.window_origin.y += value.y;
      return true;
    case 0x0410:
      if (i16(record, 0) != 0 && i16(record, 2) != 0) {
        state.window_size.y *= i16(record, 1) / i16(record, 0);
        state.window_size.x *= i16(record, 3) / i16(record, 2);
      }
      return true;
    case 0x0415:
      device_.clip_out(corners_at(record, 0));
      return true;
    case 0x0416: {
      const Box box = corners_at(record, 0);
      device_.clip_to({&box, 1});
      return true;
    }
    case 0x012C:  // a region, of which only "none" is known
      device_.clip_to_all();
      return true;
    default:
      return false;
  }
}

// An object gets the first place that is empty.
void WmfPlayer::add_object(Object object) {
  if (free_.empty()) {
    objects_.push_back(std::move(object));
  } else {
    objects_[*free_.begin()] = std::move(object);
    free_.erase(free_.begin());
  }
}

bool WmfPlayer::make_object(std::uint16_t function, Record record) {
  const std::size_t index = little_u16(record, 0);
  switch (function) {
    case 0x02FA:
      create_pen(record);
      return true;
    case 0x02FB:
      create_font(record);
      return true;
    case 0x02FC:
      add_object(brush_of(little_u16(record, 0), little_u32(record, 2), little_u16(record, 6)));
      return true;
    case 0x0142:
      create_pattern(record);
      return true;
    case 0x01F9:  // a pattern of one bit, in a form of the device
      add_object(brush_of(0, 0x808080, 0));
      return true;
    case 0x00F7:  // a palette
    case 0x06FF:  // a region
    case 0x00F8:
      add_object(Palette());
      return true;
    case 0x012D:
      if (index < objects_.size()) device_.select(objects_[index]);
      return true;
    case 0x01F0:
      if (index < objects_.size()) {
        objects_[index] = {};
        free_.insert(index);
      }
      return true;
    default:
      return false;
  }
}

void WmfPlayer::create_pen(Record record) {
  Pen pen;
  const std::uint32_t style = little_u16(record, 0);
  constexpr std::uint32_t kNull = 5;
  pen.is_null = (style & 0xF) == kNull;
  pen.stroke.dash = dash_of(style);
  pen.stroke.has_round_ends = pen.stroke.dash == Stroke::Dash::kSolid;
  pen.width = std::abs(i16(record, 1));
  pen.stroke.color = little_u32(record, 6) & 0xFFFFFF;
  add_object(pen);
}

void WmfPlayer::create_font(Record record) {
  Font font;
  const double height = i16(record, 0);
  font.is_line_height = height > 0;
  if (height != 0) font.height = std::abs(height);
  font.degrees = i16(record, 2) / 10;
  font.weight = static_cast<int>(i16(record, 4));
  font.is_italic = little_u8(record, 10) != 0;
  font.is_underlined = little_u8(record, 11) != 0;
  font.is_struck = little_u8(record, 12) != 0;
  font.charset = little_u8(record, 13);
  constexpr std::size_t kName = 18;
  if (record.size() > kName) {
    std::string_view name = record.substr(kName, 32);
    name = name.substr(0, name.find('\0'));
    Font plain;
    plain.charset = font.charset;
    font.family = texts_.read(name, false, plain);
  }
  add_object(font);
}

void WmfPlayer::create_pattern(Record record) {
  Brush brush = brush_of(0, 0x808080, 0);
  constexpr std::size_t kBitmap = 4;
  const auto picture = record.size() > kBitmap
                           ? bitmaps_.decode(record.substr(kBitmap), Blend::kCopy, Part())
                           : std::nullopt;
  if (picture) {
    brush.kind = Brush::Kind::kPattern;
    brush.pattern = device_.surface().add_pattern(*picture);
  } else {
    leave_out();
  }
  add_object(brush);
}

std::vector<Point> WmfPlayer::points(Record record, std::size_t at, std::size_t count) const {
  std::vector<Point> out;
  for (std::size_t i = 0; i < count && at + 4 <= record.size(); ++i, at += 4) {
    out.push_back({i16(record, at / 2), i16(record, at / 2 + 1)});
  }
  return out;
}

void WmfPlayer::poly_polygon(Record record) {
  const std::size_t count = little_u16(record, 0);
  std::vector<std::uint32_t> counts;
  for (std::size_t i = 1; i <= count && i * 2 + 2 <= record.size(); ++i) {
    counts.push_back(little_u16(record, i * 2));
  }
  const std::size_t begin = 2 + counts.size() * 2;
  device_.polygons(points(record, begin, record.size()), counts);
}

bool WmfPlayer::draw_shape(std::uint16_t function, Record record) {
  switch (function) {
    case 0x0213:
      device_.line_to(point_at(record, 0));
      return true;
    case 0x0214:
      device_.move_to(point_at(record, 0));
      return true;
    case 0x0324:
      device_.polygon(points(record, 2, little_u16(record, 0)));
      return true;
    case 0x0325:
      device_.lines(points(record, 2, little_u16(record, 0)), false);
      return true;
    case 0x0538:
      poly_polygon(record);
      return true;
    case 0x0418:
      device_.ellipse(corners_at(record, 0));
      return true;
    case 0x041B:
      device_.rectangle(corners_at(record, 0));
      return true;
    case 0x061C:
      device_.rounded_rectangle(corners_at(record, 2), point_at(record, 0));
      return true;
    case 0x0817:
    case 0x081A:
    case 0x0830: {
      const auto kind = function == 0x0817   ? Device::Arc::kOpen
                        : function == 0x081A ? Device::Arc::kPie
                                             : Device::Arc::kChord;
      device_.arc(corners_at(record, 4), point_at(record, 2), point_at(record, 0), kind, false,
                  false);
      return true;
    }
    case 0x041F: {
      const Point p = point_at(record, 2);
      device_.fill_box({p.x, p.y, p.x + 1, p.y + 1}, little_u32(record, 0) & 0xFFFFFF);
      return true;
    }
    case 0x0521:
      text(record);
      return true;
    case 0x0A32:
      text_in_box(record);
      return true;
    default:
      return false;
  }
}

void WmfPlayer::text(Record record) {
  const std::size_t count = little_u16(record, 0);
  const std::size_t padded = (count + 1) / 2 * 2;
  if (2 + padded > record.size()) return;
  device_.text(texts_.read(record.substr(2, count), false, device_.state().font),
               point_at(record, 1 + padded / 2), 0, std::nullopt);
}

void WmfPlayer::text_in_box(Record record) {
  enum : std::uint16_t { kOpaque = 2, kClipped = 4, kGlyphs = 0x10 };
  const std::size_t count = little_u16(record, 4);
  const std::uint16_t options = little_u16(record, 6);
  std::optional<Box> opaque;
  std::size_t begin = 8;
  if ((options & (kOpaque | kClipped)) != 0) {
    const Box box = {i16(record, 4), i16(record, 5), i16(record, 6), i16(record, 7)};
    if ((options & kOpaque) != 0) opaque = box;
    begin += 8;
  }
  const std::size_t advances = begin + (count + 1) / 2 * 2;
  if (begin + count > record.size()) return;
  if ((options & kGlyphs) != 0 && count > 0) return leave_out();
  double length = 0;
  for (std::size_t i = 0; i < count && advances + 2 * i + 2 <= record.size(); ++i) {
    length += i16(record, advances / 2 + i);
  }
  device_.text(texts_.read(record.substr(begin, count), false, device_.state().font),
               point_at(record, 0), length, opaque);
}

void WmfPlayer::fill(std::uint32_t operation, const Box& target) {
  if (!draw_without_bitmap(device_, raster_operation(operation).step, target)) leave_out();
}

void WmfPlayer::draw(Record record, std::size_t bitmap, const Box& target, const Part& part,
                     std::uint32_t operation, Origin origin) {
  const RasterOperation raster = raster_operation(operation);
  if (draw_without_bitmap(device_, raster.step, target)) return;
  if (raster.step == RasterStep::kUnknown) leave_out();
  if (bitmap >= record.size()) return leave_out();
  const std::string_view bytes = record.substr(bitmap);
  Part shown = part;
  if (origin == Origin::kBottom) shown.top = bitmap_height(bytes) - part.top - part.height;
  const auto picture = bitmaps_.decode(bytes, raster.blend, shown);
  picture ? device_.picture(*picture, target) : leave_out();
}

bool WmfPlayer::draw_bitmap(std::uint16_t function, Record record) {
  const auto part_at = [&](std::size_t index) {
    return Part{static_cast<std::int64_t>(i16(record, index + 3)),
                static_cast<std::int64_t>(i16(record, index + 2)),
                static_cast<std::int64_t>(i16(record, index + 1)),
                static_cast<std::int64_t>(i16(record, index))};
  };
  const std::uint32_t operation = little_u32(record, 0);
  // Without a bitmap, a record is exactly as long as its function says.
  const bool is_bare = record.size() == (function >> 8U) * 2U;
  switch (function) {
    case 0x0F43:  // STRETCHDIB
      draw(record, 22, sized_box_at(record, 7), part_at(3), operation, Origin::kBottom);
      return true;
    case 0x0B41:  // DIBSTRETCHBLT
    case 0x0B23: {
      if (is_bare) {
        fill(operation, sized_box_at(record, 7));
      } else if (function == 0x0B41) {
        draw(record, 20, sized_box_at(record, 6), part_at(2), operation, Origin::kTop);
      } else {
        leave_out();
      }
      return true;
    }
    case 0x0940:  // DIBBITBLT
    case 0x0922: {
      if (is_bare) {
        fill(operation, sized_box_at(record, 5));
      } else if (function == 0x0940) {
        const Part part = {
            static_cast<std::int64_t>(i16(record, 3)), static_cast<std::int64_t>(i16(record, 2)),
            static_cast<std::int64_t>(i16(record, 5)), static_cast<std::int64_t>(i16(record, 4))};
        draw(record, 16, sized_box_at(record, 4), part, operation, Origin::kTop);
      } else {
        leave_out();
      }
      return true;
    }
    case 0x0D33: {  // SETDIBTODEV
      constexpr std::uint32_t kCopy = 0x00CC0020;
      const Part part = {
          static_cast<std::int64_t>(i16(record, 4)), static_cast<std::int64_t>(i16(record, 3)),
          static_cast<std::int64_t>(i16(record, 6)), static_cast<std::int64_t>(i16(record, 5))};
      draw(record, 18, sized_box_at(record, 5), part, kCopy, Origin::kBottom);
      return true;
    }
    case 0x061D:  // PATBLT
      fill(operation, sized_box_at(record, 2));
      return true;
    case 0x0419:  // FLOODFILL
    case 0x0548:
    case 0x012A:
    case 0x012B:
    case 0x0228:
    case 0x0429:
      leave_out();
      return true;
    default:
      return false;
  }
}

std::optional<Drawing> play_wmf(std::string_view bytes) {
  WmfPlayer player(bytes);
  if (!player.begin()) return std::nullopt;
  player.play();
  return std::move(player).finish();
}

}  // namespace sluice::metafile
