// SPDX-License-Identifier: Apache-2.0
//
// What a metafile draws, as SVG: shapes, text and pictures, in pixels of the picture, clipped.
// Knows nothing of records.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "metafile/bitmap.hpp"
#include "metafile/geometry.hpp"

namespace sluice::metafile {

// The outline of a shape: the `d` of an SVG path.
class Outline {
 public:
  void move_to(Point p);
  void line_to(Point p) { command('L', p); }
  void curve_to(Point a, Point b, Point end);
  void close();
  bool empty() const { return d_.empty(); }
  const std::string& d() const { return d_; }
  void clear() { *this = Outline(); }

 private:
  void command(char letter, Point p);
  void number(double value);

  std::string d_;
};

// A color, or a pattern of the picture's (see SvgSurface::add_pattern).
struct Paint {
  std::uint32_t color = 0;  // 0x00BBGGRR, as Windows has it
  std::uint32_t pattern = 0;
};

struct Stroke {
  std::uint32_t color = 0;
  double width = 1;  // in pixels
  enum class Dash : std::uint8_t { kSolid, kDash, kDot, kDashDot, kDashDotDot } dash = Dash::kSolid;
  bool has_round_ends = true;
  bool has_round_joins = true;
};

struct TextRun {
  std::string text;
  Point at;  // the start of the base line, or its middle or end
  enum class Anchor : std::uint8_t { kStart, kMiddle, kEnd } anchor = Anchor::kStart;
  double size = 12;    // of the font, in pixels
  double length = 0;   // of the run in pixels, if that is known
  double degrees = 0;  // clockwise
  std::string family;
  int weight = 400;
  bool is_italic = false;
  bool is_underlined = false;
  bool is_struck = false;
  std::uint32_t color = 0;
};

using ClipId = std::uint32_t;
inline constexpr ClipId kNoClip = 0;

class SvgSurface {
 public:
  // Once the result is as large as this, nothing is added to it.
  static constexpr std::size_t kMaxBytes = std::size_t{32} << 20;

  void draw(const Outline& outline, const std::optional<Paint>& fill, bool is_even_odd,
            const std::optional<Stroke>& stroke, ClipId clip);
  void draw(const TextRun& run, ClipId clip);
  // `unit_square`: where the square from (0, 0) to (1, 1) lies.
  void draw(const Picture& picture, const Matrix& unit_square, ClipId clip);

  // What is in both `outline` and `within`.
  ClipId add_clip(const Outline& outline, bool is_even_odd, ClipId within);
  // A pattern of lines ([MS-WMF] 2.1.1.12: 0 to 5) on an opaque color or on nothing.
  std::uint32_t add_hatch(unsigned hatch, std::uint32_t color, std::optional<std::uint32_t> below);
  std::uint32_t add_pattern(const Picture& picture);

  bool is_full() const { return body_.size() > kMaxBytes; }
  std::size_t shapes() const { return shapes_; }
  std::size_t pictures() const { return pictures_; }
  bool has_clips() const { return !made_.empty(); }
  // The picture that was drawn last, and where.
  const Picture& last_picture() const { return last_picture_; }
  const Matrix& last_place() const { return last_place_; }

  // Ends the drawing: a file of the part `box`, `box` pixels large.
  std::string finish(const Box& box);

 private:
  bool begin_shape(ClipId clip);
  std::uint32_t begin_definition();
  void append_number(std::string_view name, double value);
  void append_color(std::string_view name, std::uint32_t color);
  void append_paint(const std::optional<Paint>& fill, bool is_even_odd);
  void append_stroke(const Stroke& stroke);

  std::string definitions_;
  std::string body_;
  std::uint32_t ids_ = 0;
  std::map<std::string, std::uint32_t> made_;  // by what they were made of
  ClipId open_clip_ = kNoClip;
  std::size_t shapes_ = 0;
  std::size_t pictures_ = 0;
  Picture last_picture_;
  Matrix last_place_;
};

}  // namespace sluice::metafile
