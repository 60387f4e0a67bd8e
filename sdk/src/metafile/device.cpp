// SPDX-License-Identifier: Apache-2.0
#include "metafile/device.hpp"

#include <numbers>

namespace sluice::metafile {
namespace {

constexpr double kPi = std::numbers::pi;
// A hairline of a printer's metafile, 1/600 inch, would not be seen.
constexpr double kThinnestLine = 0.75;
// Of a program's nested clips a reader draws no more; what lies deeper is not clipped further.
constexpr unsigned kMaxClips = 50;
constexpr std::size_t kMaxSaved = 10'000;

Box ordered(const Box& box) {
  return {std::min(box.left, box.right), std::min(box.top, box.bottom),
          std::max(box.left, box.right), std::max(box.top, box.bottom)};
}

void append_box(Outline& outline, const Box& box, const Matrix& map) {
  outline.move_to(map({box.left, box.top}));
  outline.line_to(map({box.right, box.top}));
  outline.line_to(map({box.right, box.bottom}));
  outline.line_to(map({box.left, box.bottom}));
  outline.close();
}

void append_lines(Outline& outline, std::span<const Point> points, const Matrix& map) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    i == 0 ? outline.move_to(map(points[i])) : outline.line_to(map(points[i]));
  }
}

enum class Ends { kOpen, kClosed };

// One shape after another; `counts`: the points of each.
void append_shapes(Outline& outline, std::span<const Point> points,
                   std::span<const std::uint32_t> counts, const Matrix& map, Ends ends) {
  for (const std::uint32_t count : counts) {
    if (count > points.size()) break;
    append_lines(outline, points.first(count), map);
    if (ends == Ends::kClosed) outline.close();
    points = points.subspan(count);
  }
}

void append_curves(Outline& outline, std::span<const Point> points, const Matrix& map) {
  for (std::size_t i = 0; i + 2 < points.size(); i += 3) {
    outline.curve_to(map(points[i]), map(points[i + 1]), map(points[i + 2]));
  }
}

// Units of the map modes that count in lengths, in millimetres.
double millimetres(MapMode mode) {
  switch (mode) {
    case MapMode::kLowMetric:
      return 0.1;
    case MapMode::kHighMetric:
      return 0.01;
    case MapMode::kLowEnglish:
      return 0.254;
    case MapMode::kHighEnglish:
      return 0.0254;
    case MapMode::kTwips:
      return 25.4 / 1440;
    default:
      return 0;
  }
}

double ratio(double a, double b) {
  return b == 0 ? 1 : a / b;
}

}  // namespace

void Device::place(const Matrix& to_picture, Point units_per_mm, const Box& picture) {
  to_picture_ = to_picture;
  units_per_mm_ = units_per_mm;
  picture_ = picture;
}

void Device::save() {
  if (saved_.size() < kMaxSaved) saved_.push_back(state_);
}

void Device::restore(std::int32_t which) {
  const auto count = static_cast<std::int64_t>(saved_.size());
  const std::int64_t index = which < 0 ? count + which : which - 1;
  if (index < 0 || index >= count) return;
  state_ = saved_[static_cast<std::size_t>(index)];
  saved_.resize(static_cast<std::size_t>(index));
}

Matrix Device::mapping() const {
  Point scale = {1, 1};
  if (const double unit = millimetres(state_.map_mode); unit > 0) {
    scale = {unit * units_per_mm_.x, -unit * units_per_mm_.y};
  } else if (state_.map_mode != MapMode::kText) {
    scale = {ratio(state_.viewport_size.x, state_.window_size.x),
             ratio(state_.viewport_size.y, state_.window_size.y)};
    if (state_.map_mode == MapMode::kIsotropic) {
      const double least = std::min(std::abs(scale.x), std::abs(scale.y));
      scale = {std::copysign(least, scale.x), std::copysign(least, scale.y)};
    }
  }
  const Matrix page = {scale.x,
                       0,
                       0,
                       scale.y,
                       state_.viewport_origin.x - state_.window_origin.x * scale.x,
                       state_.viewport_origin.y - state_.window_origin.y * scale.y};
  return state_.world.then(page).then(to_picture_);
}

void Device::select(const Object& object) {
  if (const auto* const pen = std::get_if<Pen>(&object)) state_.pen = *pen;
  if (const auto* const brush = std::get_if<Brush>(&object)) state_.brush = *brush;
  if (const auto* const font = std::get_if<Font>(&object)) state_.font = *font;
}

std::optional<Paint> Device::fill() {
  const Brush& brush = state_.brush;
  switch (brush.kind) {
    case Brush::Kind::kNull:
      return std::nullopt;
    case Brush::Kind::kHatch:
      return Paint{
          brush.color,
          surface_.add_hatch(brush.hatch, brush.color,
                             state_.is_opaque ? std::optional(state_.background) : std::nullopt)};
    default:
      return Paint{brush.color, brush.pattern};
  }
}

std::optional<Stroke> Device::stroke() const {
  if (state_.pen.is_null) return std::nullopt;
  Stroke stroke = state_.pen.stroke;
  stroke.width = std::max(kThinnestLine, state_.pen.width * mapping().scale());
  return stroke;
}

void Device::draw(const Outline& outline, bool fills, bool strokes) {
  if (state_.draws_nothing) return;
  surface_.draw(outline, fills ? fill() : std::nullopt, state_.is_even_odd,
                strokes ? stroke() : std::nullopt, state_.clip);
}

void Device::move_to(Point p) {
  state_.at = p;
  path_is_here_ = false;
}

void Device::line_to(Point p) {
  lines({&p, 1}, true);
}

void Device::lines(std::span<const Point> points, bool from_here) {
  if (points.empty()) return;
  const Matrix map = mapping();
  Outline single;
  Outline& outline = in_path_ ? path_ : single;
  if (!from_here) {
    append_lines(outline, points, map);
  } else {
    if (!in_path_ || !path_is_here_) outline.move_to(map(state_.at));
    for (const Point p : points) outline.line_to(map(p));
    state_.at = points.back();
  }
  path_is_here_ = in_path_ && from_here;
  if (!in_path_) draw(single, false, true);
}

void Device::curves(std::span<const Point> points, bool from_here) {
  if (points.size() < (from_here ? 3U : 4U)) return;
  const Matrix map = mapping();
  Outline single;
  Outline& outline = in_path_ ? path_ : single;
  if (!from_here) {
    outline.move_to(map(points[0]));
    points = points.subspan(1);
  } else if (!in_path_ || !path_is_here_) {
    outline.move_to(map(state_.at));
  }
  append_curves(outline, points, map);
  if (from_here) state_.at = points.back();
  path_is_here_ = in_path_ && from_here;
  if (!in_path_) draw(single, false, true);
}

void Device::polygon(std::span<const Point> points) {
  const auto count = static_cast<std::uint32_t>(points.size());
  polygons(points, {&count, 1});
}

void Device::polygons(std::span<const Point> points, std::span<const std::uint32_t> counts) {
  Outline single;
  append_shapes(in_path_ ? path_ : single, points, counts, mapping(), Ends::kClosed);
  path_is_here_ = false;
  if (!in_path_) draw_closed(single);
}

void Device::polylines(std::span<const Point> points, std::span<const std::uint32_t> counts) {
  Outline single;
  append_shapes(in_path_ ? path_ : single, points, counts, mapping(), Ends::kOpen);
  path_is_here_ = false;
  if (!in_path_) draw(single, false, true);
}

void Device::rectangle(const Box& box) {
  Outline single;
  append_box(in_path_ ? path_ : single, box, mapping());
  path_is_here_ = false;
  if (!in_path_) draw_closed(single);
}

void Device::append_arc(Outline& outline, const Box& box, double from, double sweep, bool begins) {
  const Matrix map = mapping();
  const Point middle = {(box.left + box.right) / 2, (box.top + box.bottom) / 2};
  const double rx = box.width() / 2;
  const double ry = box.height() / 2;
  const auto at = [&](double angle, double along) {
    // `along`: how far on the tangent.
    return map({middle.x + rx * (std::cos(angle) - along * std::sin(angle)),
                middle.y - ry * (std::sin(angle) + along * std::cos(angle))});
  };
  begins ? outline.move_to(at(from, 0)) : outline.line_to(at(from, 0));
  const int pieces = std::max(1, static_cast<int>(std::ceil(std::abs(sweep) / (kPi / 2) - 1e-9)));
  const double step = sweep / pieces;
  const double along = 4.0 / 3 * std::tan(step / 4);
  for (int i = 0; i < pieces; ++i) {
    const double angle = from + i * step;
    outline.curve_to(at(angle, along), at(angle + step, -along), at(angle + step, 0));
  }
}

void Device::ellipse(const Box& box) {
  Outline single;
  Outline& outline = in_path_ ? path_ : single;
  append_arc(outline, ordered(box), 0, 2 * kPi, true);
  outline.close();
  path_is_here_ = false;
  if (!in_path_) draw_closed(single);
}

void Device::rounded_rectangle(const Box& given, Point corner) {
  const Box box = ordered(given);
  const double w = std::min(std::abs(corner.x), box.width());
  const double h = std::min(std::abs(corner.y), box.height());
  Outline single;
  Outline& outline = in_path_ ? path_ : single;
  append_arc(outline, {box.right - w, box.top, box.right, box.top + h}, 0, kPi / 2, true);
  append_arc(outline, {box.left, box.top, box.left + w, box.top + h}, kPi / 2, kPi / 2, false);
  append_arc(outline, {box.left, box.bottom - h, box.left + w, box.bottom}, kPi, kPi / 2, false);
  append_arc(outline, {box.right - w, box.bottom - h, box.right, box.bottom}, kPi * 1.5, kPi / 2,
             false);
  outline.close();
  path_is_here_ = false;
  if (!in_path_) draw_closed(single);
}

void Device::arc(const Box& given, Point from, Point to, Arc kind, bool is_clockwise,
                 bool from_here) {
  const Box box = ordered(given);
  if (box.width() == 0 || box.height() == 0) return;
  const Point middle = {(box.left + box.right) / 2, (box.top + box.bottom) / 2};
  const auto angle_of = [&](Point p) {
    return std::atan2(-(p.y - middle.y) / box.height(), (p.x - middle.x) / box.width());
  };
  const Matrix map = mapping();
  // Where y grows upwards, clockwise is the other way round.
  if (map.a * map.d - map.b * map.c < 0) is_clockwise = !is_clockwise;
  const double begin = angle_of(from);
  double sweep = angle_of(to) - begin;
  if (is_clockwise && sweep >= 0) sweep -= 2 * kPi;
  if (!is_clockwise && sweep <= 0) sweep += 2 * kPi;
  Outline single;
  Outline& outline = in_path_ ? path_ : single;
  if (from_here && (!in_path_ || !path_is_here_)) outline.move_to(map(state_.at));
  append_arc(outline, box, begin, sweep, !from_here);
  if (kind == Arc::kPie) outline.line_to(map(middle));
  if (kind != Arc::kOpen) outline.close();
  const double end = begin + sweep;
  if (from_here) {
    state_.at = {middle.x + box.width() / 2 * std::cos(end),
                 middle.y - box.height() / 2 * std::sin(end)};
  }
  path_is_here_ = in_path_ && from_here;
  if (!in_path_) draw(single, kind != Arc::kOpen, true);
}

void Device::fill_box(const Box& box, std::uint32_t color) {
  Outline outline;
  append_box(outline, box, mapping());
  surface_.draw(outline, Paint{color, 0}, false, std::nullopt, state_.clip);
}

void Device::fill_box_with_brush(const Box& box) {
  Outline outline;
  append_box(outline, box, mapping());
  draw(outline, true, false);
}

void Device::begin_path() {
  path_.clear();
  in_path_ = true;
  path_is_here_ = false;
}

void Device::close_figure() {
  if (in_path_) path_.close();
  path_is_here_ = false;
}

void Device::abort_path() {
  path_.clear();
  in_path_ = false;
}

void Device::draw_path(bool fills, bool strokes) {
  draw(path_, fills, strokes);
  abort_path();
}

void Device::clip(const Outline& outline, bool is_even_odd) {
  if (state_.clips >= kMaxClips) return;
  ++state_.clips;
  state_.clip = surface_.add_clip(outline, is_even_odd, state_.clip);
}

void Device::clip_to_path() {
  if (!path_.empty()) clip(path_, state_.is_even_odd);
  abort_path();
}

void Device::clip_to(std::span<const Box> boxes, const Matrix& map) {
  if (boxes.size() == 1 && map.b == 0 && map.c == 0) {
    const Point first = map({boxes[0].left, boxes[0].top});
    const Point last = map({boxes[0].right, boxes[0].bottom});
    const Box box = ordered({first.x, first.y, last.x, last.y});
    constexpr double kNear = 1.5;
    const bool is_all = picture_.width() > 0 && box.left <= picture_.left + kNear &&
                        box.top <= picture_.top + kNear && box.right >= picture_.right - kNear &&
                        box.bottom >= picture_.bottom - kNear;
    if (is_all) return;
  }
  Outline outline;
  for (const Box& box : boxes) append_box(outline, box, map);
  // Nothing is left: a box without an area clips all.
  if (boxes.empty()) append_box(outline, {}, map);
  clip(outline, false);
}

void Device::clip_out(const Box& box) {
  constexpr double kFar = 1e6;
  Outline outline;
  append_box(outline, {-kFar, -kFar, kFar, kFar}, Matrix());
  append_box(outline, box, mapping());
  clip(outline, true);
}

void Device::text(const std::string& utf8, Point at, double length,
                  const std::optional<Box>& opaque) {
  if (opaque) fill_box(*opaque, state_.background);
  constexpr std::uint32_t kUpdatesPosition = 1;
  const Matrix map = mapping();
  const Font& font = state_.font;
  if ((state_.text_align & kUpdatesPosition) != 0) {
    at = state_.at;
    state_.at.x += length;
  }
  // A font's letters are some 0.87 of its line, with 0.905 of the size above the base line, and
  // 0.212 below (Arial; others are near).
  constexpr double kLetters = 0.87;
  constexpr double kAbove = 0.905;
  constexpr double kBelow = 0.212;
  TextRun run;
  run.text = utf8;
  run.size = font.height * (font.is_line_height ? kLetters : 1) * std::hypot(map.c, map.d);
  run.length = length * std::hypot(map.a, map.b);
  const double world = std::atan2(state_.world.b, state_.world.a) * 180 / kPi;
  run.degrees = std::remainder(world - font.degrees, 360.0);
  run.at = map(at);
  double down = 0;
  const std::uint32_t vertical = state_.text_align & 24;
  if (vertical == 0) down = run.size * kAbove;
  if (vertical == 8) down = -run.size * kBelow;
  const double angle = run.degrees * kPi / 180;
  run.at.x -= std::sin(angle) * down;
  run.at.y += std::cos(angle) * down;
  const std::uint32_t horizontal = state_.text_align & 6;
  if (horizontal == 2) run.anchor = TextRun::Anchor::kEnd;
  if (horizontal == 6) run.anchor = TextRun::Anchor::kMiddle;
  run.family = font.family;
  run.weight = font.weight;
  run.is_italic = font.is_italic;
  run.is_underlined = font.is_underlined;
  run.is_struck = font.is_struck;
  run.color = state_.text_color;
  if (!state_.draws_nothing) surface_.draw(run, state_.clip);
}

void Device::picture(const Picture& picture, const Box& box) {
  const Matrix place = {box.width(), 0, 0, box.height(), box.left, box.top};
  surface_.draw(picture, place.then(mapping()), state_.clip);
}

}  // namespace sluice::metafile
