// SPDX-License-Identifier: Apache-2.0
//
// A device context as Windows has it ([MS-EMF] 3.1): pens, brushes, fonts, coordinate systems, the
// path that is being made. Both players draw on it, in logical units.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "metafile/svg_surface.hpp"

namespace sluice::metafile {

struct Pen {
  bool is_null = false;
  Stroke stroke;     // its width is set when it draws
  double width = 0;  // in logical units; 0: the thinnest line
};

struct Brush {
  enum class Kind : std::uint8_t { kNull, kSolid, kHatch, kPattern } kind = Kind::kSolid;
  std::uint32_t color = 0xFFFFFF;
  unsigned hatch = 0;
  std::uint32_t pattern = 0;
};

struct Font {
  double height = 12;  // in logical units: of the letters, or of the line if `is_line_height`
  bool is_line_height = false;
  double degrees = 0;  // anticlockwise
  int weight = 400;
  bool is_italic = false;
  bool is_underlined = false;
  bool is_struck = false;
  std::uint8_t charset = 1;
  std::string family;
};

struct Palette {};
using Object = std::variant<std::monostate, Pen, Brush, Font, Palette>;

enum class MapMode : std::uint32_t {
  kText = 1,
  kLowMetric = 2,
  kHighMetric = 3,
  kLowEnglish = 4,
  kHighEnglish = 5,
  kTwips = 6,
  kIsotropic = 7,
  kAnisotropic = 8,
};

// What SAVEDC keeps.
struct DeviceState {
  Pen pen;
  Brush brush;
  Font font;
  std::uint32_t text_color = 0;
  std::uint32_t background = 0xFFFFFF;
  bool is_opaque = true;  // the background of hatches and text
  std::uint32_t text_align = 0;
  bool is_even_odd = true;     // how polygons fill
  bool draws_nothing = false;  // the raster operation that leaves all as it is
  MapMode map_mode = MapMode::kText;
  Point window_origin;
  Point window_size = {1, 1};
  Point viewport_origin;
  Point viewport_size = {1, 1};
  Matrix world;
  Point at;  // where the next line begins
  ClipId clip = kNoClip;
  unsigned clips = 0;  // how many clips lie in each other
};

// Most of its functions are GDI's, one for each that records name.
class Device {
 public:
  // `to_picture`: from the units of the device to pixels of the picture. `units_per_mm`: of the
  // device, for the map modes that count in millimetres.
  Device(SvgSurface& surface, const Matrix& to_picture, Point units_per_mm)
      : surface_(surface), to_picture_(to_picture), units_per_mm_(units_per_mm) {}

  // The same once the header is read. `picture`: the box of the picture, in pixels: what is clipped
  // to all of it is not clipped.
  void place(const Matrix& to_picture, Point units_per_mm, const Box& picture);

  DeviceState& state() { return state_; }
  const DeviceState& state() const { return state_; }
  SvgSurface& surface() { return surface_; }
  void save();
  // -1 is the last one saved, 1 the first.
  void restore(std::int32_t which);

  // From logical units to pixels of the picture.
  Matrix mapping() const;

  void select(const Object& object);

  // --- lines and shapes; within begin_path and end_path they become part of the path ---
  void move_to(Point p);
  void line_to(Point p);
  // Lines from the first point; with `from_here`, from where the device is, which moves.
  void lines(std::span<const Point> points, bool from_here);
  // Curves of three points each, after the first one (not with `from_here`).
  void curves(std::span<const Point> points, bool from_here);
  void polygon(std::span<const Point> points);
  // Several shapes at once, filled as one.
  void polygons(std::span<const Point> points, std::span<const std::uint32_t> counts);
  void polylines(std::span<const Point> points, std::span<const std::uint32_t> counts);
  void rectangle(const Box& box);
  void rounded_rectangle(const Box& box, Point corner);
  void ellipse(const Box& box);
  enum class Arc : std::uint8_t { kOpen, kChord, kPie };
  // Between the rays from the middle through `from` and `to`.
  void arc(const Box& box, Point from, Point to, Arc kind, bool is_clockwise, bool from_here);
  // A rectangle with a color of its own and no outline.
  void fill_box(const Box& box, std::uint32_t color);
  void fill_box_with_brush(const Box& box);

  // --- the path ---
  void begin_path();
  void end_path() { in_path_ = false; }
  void close_figure();
  void abort_path();
  void draw_path(bool fills, bool strokes);
  void clip_to_path();

  // --- clipping: to what is in the box, or not in it, of what was there before ---
  void clip_to(std::span<const Box> boxes) { clip_to(boxes, mapping()); }
  // The same for boxes in units of the device.
  void clip_to_device(std::span<const Box> boxes) { clip_to(boxes, to_picture_); }
  void clip_out(const Box& box);
  void clip_to_all() {
    state_.clip = kNoClip;
    state_.clips = 0;
  }

  // --- text and pictures ---
  // `length`: of the whole run, in logical units, or 0. `opaque`: a box to fill first.
  void text(const std::string& utf8, Point at, double length, const std::optional<Box>& opaque);
  void picture(const Picture& picture, const Box& box);

 private:
  void draw(const Outline& outline, bool fills, bool strokes);
  void draw_closed(const Outline& outline) { draw(outline, true, true); }
  void append_arc(Outline& outline, const Box& box, double from, double sweep, bool begins);
  std::optional<Paint> fill();
  std::optional<Stroke> stroke() const;
  void clip(const Outline& outline, bool is_even_odd);
  void clip_to(std::span<const Box> boxes, const Matrix& map);

  SvgSurface& surface_;
  Matrix to_picture_;
  Point units_per_mm_;
  Box picture_ = {0, 0, 0, 0};
  DeviceState state_;
  std::vector<DeviceState> saved_;
  Outline path_;
  bool in_path_ = false;
  bool path_is_here_ = false;  // the path's last point is where the device is
};

}  // namespace sluice::metafile
