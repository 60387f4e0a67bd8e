// SPDX-License-Identifier: Apache-2.0
//
// Lines, shapes and text of enhanced metafiles.
#include <numbers>
#include <sluice/code_page.hpp>
#include <sluice/little_endian.hpp>
#include <sluice/symbol_font.hpp>

#include "metafile/emf_player.hpp"

namespace sluice::metafile {
namespace {

constexpr std::size_t kPoints = 28;

}  // namespace

std::vector<Point> EmfPlayer::points(Record record, std::size_t at, std::size_t count,
                                     Width width) const {
  const std::size_t each = width == Width::kWide ? 8 : 4;
  if (at > record.size()) return {};
  count = std::min(count, (record.size() - at) / each);
  std::vector<Point> out;
  out.reserve(count);
  for (std::size_t i = 0; i < count; ++i, at += each) {
    if (width == Width::kWide) {
      out.push_back({double(signed_at(record, at)), double(signed_at(record, at + 4))});
    } else {
      out.push_back({double(static_cast<std::int16_t>(little_u16(record, at))),
                     double(static_cast<std::int16_t>(little_u16(record, at + 2)))});
    }
  }
  return out;
}

void EmfPlayer::poly(Record record) {
  const std::uint32_t type = little_u32(record, 0);
  const Width width = type < 80 ? Width::kWide : Width::kNarrow;
  const std::vector<Point> all = points(record, kPoints, little_u32(record, 24), width);
  // 85 to 89 are 2 to 6 with narrow points.
  switch (width == Width::kWide ? type : type - 83) {
    case 2:
      return device_.curves(all, false);
    case 3:
      return device_.polygon(all);
    case 4:
      return device_.lines(all, false);
    case 5:
      return device_.curves(all, true);
    default:
      return device_.lines(all, true);
  }
}

void EmfPlayer::poly_poly(Record record) {
  const std::uint32_t type = little_u32(record, 0);
  constexpr std::size_t kCounts = 32;
  std::vector<std::uint32_t> counts;
  std::size_t at = kCounts;
  for (std::uint32_t i = 0; i < little_u32(record, 24) && at + 4 <= record.size(); ++i, at += 4) {
    counts.push_back(little_u32(record, at));
  }
  const std::vector<Point> all =
      points(record, at, little_u32(record, 28), type < 80 ? Width::kWide : Width::kNarrow);
  const bool is_closed = type == 8 || type == 91;
  is_closed ? device_.polygons(all, counts) : device_.polylines(all, counts);
}

// Lines and curves, each point with its kind.
void EmfPlayer::poly_draw(Record record) {
  const Width width = little_u32(record, 0) == 56 ? Width::kWide : Width::kNarrow;
  const std::size_t count = little_u32(record, 24);
  const std::vector<Point> all = points(record, kPoints, count, width);
  const std::size_t kinds = kPoints + count * (width == Width::kWide ? 8 : 4);
  enum : std::uint8_t { kClose = 1, kLine = 2, kCurve = 4, kMove = 6 };
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::uint8_t kind = little_u8(record, kinds + i);
    std::uint8_t last = kind;
    if ((kind & kMove) == kMove) {
      device_.move_to(all[i]);
    } else if ((kind & kLine) != 0) {
      device_.line_to(all[i]);
    } else if ((kind & kCurve) != 0 && i + 2 < all.size()) {
      device_.curves(std::span(all).subspan(i, 3), true);
      i += 2;
      last = little_u8(record, kinds + i);
    }
    if ((last & kClose) != 0) device_.close_figure();
  }
}

void EmfPlayer::line(Record record) {
  const Point p = {double(signed_at(record, 8)), double(signed_at(record, 12))};
  constexpr std::uint32_t kMove = 27;
  little_u32(record, 0) == kMove ? device_.move_to(p) : device_.line_to(p);
}

void EmfPlayer::box_shape(Record record) {
  const Box box = box_at(record, 8);
  switch (little_u32(record, 0)) {
    case 42:
      return device_.ellipse(box);
    case 43:
      return device_.rectangle(box);
    default:
      return device_.rounded_rectangle(
          box, {double(signed_at(record, 24)), double(signed_at(record, 28))});
  }
}

void EmfPlayer::arc(Record record) {
  const Point from = {double(signed_at(record, 24)), double(signed_at(record, 28))};
  const Point to = {double(signed_at(record, 32)), double(signed_at(record, 36))};
  const std::uint32_t type = little_u32(record, 0);
  const auto kind = type == 46   ? Device::Arc::kChord
                    : type == 47 ? Device::Arc::kPie
                                 : Device::Arc::kOpen;
  constexpr std::uint32_t kFromHere = 55;
  device_.arc(box_at(record, 8), from, to, kind, is_clockwise_, type == kFromHere);
}

void EmfPlayer::angle_arc(Record record) {
  const Point middle = {double(signed_at(record, 8)), double(signed_at(record, 12))};
  const double radius = little_u32(record, 16);
  const double begin = real_at(record, 20) * std::numbers::pi / 180;
  const double sweep = real_at(record, 24) * std::numbers::pi / 180;
  if (!std::isfinite(begin) || !std::isfinite(sweep) || std::abs(begin) > 1e6) return;
  const auto at = [&](double angle) {
    return Point{middle.x + radius * std::cos(angle), middle.y - radius * std::sin(angle)};
  };
  const double turn = std::clamp(sweep, -2 * std::numbers::pi, 2 * std::numbers::pi);
  device_.arc({middle.x - radius, middle.y - radius, middle.x + radius, middle.y + radius},
              at(begin), at(begin + turn), Device::Arc::kOpen, turn < 0, true);
}

void EmfPlayer::pixel(Record record) {
  const double x = signed_at(record, 8);
  const double y = signed_at(record, 12);
  device_.fill_box({x, y, x + 1, y + 1}, little_u32(record, 16) & 0xFFFFFF);
}

// Rectangles to fill: with a brush of the record's, or the one that is selected.
void EmfPlayer::region(Record record) {
  constexpr std::uint32_t kFill = 71;
  const bool has_brush = little_u32(record, 0) == kFill;
  const DeviceState before = device_.state();
  const std::size_t data = has_brush ? 32 : 28;
  if (has_brush) {
    const auto found = objects_.find(little_u32(record, 28));
    if (found != objects_.end()) device_.select(found->second);
  }
  const std::size_t count = little_u32(record, data + 8);
  for (std::size_t i = 0; i < count && data + 32 + (i + 1) * 16 <= record.size(); ++i) {
    device_.fill_box_with_brush(box_at(record, data + 32 + i * 16));
  }
  device_.state() = before;
}

// A rectangle or triangle gets the mean of its corners' colors.
void EmfPlayer::gradient(Record record) {
  constexpr std::size_t kVertices = 36;
  constexpr std::uint32_t kTriangles = 2;
  const std::size_t vertices = little_u32(record, 24);
  const std::size_t shapes = little_u32(record, 28);
  const std::size_t corners = little_u32(record, 32) == kTriangles ? 3 : 2;
  if (vertices > record.size() / 16) return leave_out();
  std::size_t at = kVertices + vertices * 16;
  for (std::size_t i = 0; i < shapes && at + corners * 4 <= record.size(); ++i) {
    std::vector<Point> places;
    std::uint32_t sums[3] = {0, 0, 0};
    for (std::size_t k = 0; k < corners; ++k, at += 4) {
      const std::size_t vertex = little_u32(record, at);
      if (vertex >= vertices) return leave_out();
      const std::size_t from = kVertices + vertex * 16;
      places.push_back({double(signed_at(record, from)), double(signed_at(record, from + 4))});
      for (std::size_t c = 0; c < 3; ++c) sums[c] += little_u16(record, from + 8 + 2 * c) >> 8;
    }
    const auto mean = [&](std::size_t c) { return sums[c] / static_cast<std::uint32_t>(corners); };
    const std::uint32_t color = mean(0) | mean(1) << 8 | mean(2) << 16;
    if (corners == 2) {
      device_.fill_box({places[0].x, places[0].y, places[1].x, places[1].y}, color);
    } else {
      const DeviceState before = device_.state();
      device_.state().brush = brush_of(0, color, 0);
      device_.state().pen.is_null = true;
      device_.polygon(places);
      device_.state() = before;
    }
  }
}

void EmfPlayer::text(Record record) {
  constexpr std::size_t kText = 36;
  text_at(record, kText, little_u32(record, 0) == 84);
}

void EmfPlayer::many_texts(Record record) {
  constexpr std::size_t kTexts = 40;
  constexpr std::size_t kEach = 40;
  const std::size_t count = little_u32(record, 36);
  for (std::size_t i = 0; i < count && kTexts + (i + 1) * kEach <= record.size(); ++i) {
    text_at(record, kTexts + i * kEach, little_u32(record, 0) == 97);
  }
}

// 2.2.5, with the advance of each character behind it.
void EmfPlayer::text_at(Record record, std::size_t at, bool is_wide) {
  const Point place = {double(signed_at(record, at)), double(signed_at(record, at + 4))};
  const std::size_t count = little_u32(record, at + 8);
  const std::size_t begin = little_u32(record, at + 12);
  const std::uint32_t options = little_u32(record, at + 16);
  const std::size_t advances = little_u32(record, at + 36);
  enum : std::uint32_t { kOpaque = 2, kGlyphs = 0x10, kPairs = 0x2000 };
  std::optional<Box> opaque;
  if ((options & kOpaque) != 0) opaque = box_at(record, at + 20);
  if ((options & kGlyphs) != 0 && count > 0) return leave_out();
  if (begin > record.size() || count > record.size()) return;
  const std::string_view bytes = record.substr(begin, is_wide ? count * 2 : count);
  double length = 0;
  const std::size_t step = (options & kPairs) != 0 ? 8 : 4;
  for (std::size_t i = 0; i < count && advances != 0; ++i) {
    length += signed_at(record, advances + i * step);
  }
  device_.text(texts_.read(bytes, is_wide, device_.state().font), place, length, opaque);
}

void EmfPlayer::small_text(Record record) {
  enum : std::uint32_t { kGlyphs = 0x10, kNoBox = 0x100, kNarrow = 0x200 };
  const Point place = {double(signed_at(record, 8)), double(signed_at(record, 12))};
  const std::size_t count = little_u32(record, 16);
  const std::uint32_t options = little_u32(record, 20);
  const bool is_wide = (options & kNarrow) == 0;
  const std::size_t begin = (options & kNoBox) != 0 ? 36 : 52;
  if ((options & kGlyphs) != 0 && count > 0) return leave_out();
  if (begin > record.size() || count > record.size()) return;
  const std::string_view bytes = record.substr(begin, is_wide ? count * 2 : count);
  device_.text(texts_.read(bytes, is_wide, device_.state().font), place, 0, std::nullopt);
}

}  // namespace sluice::metafile
