// SPDX-License-Identifier: Apache-2.0
#include "metafile/svg_surface.hpp"

#include <charconv>
#include <sluice/utf8.hpp>
#include <sluice/xml.hpp>

namespace sluice::metafile {
namespace {

// A hundredth of a pixel is more than any screen shows.
void append_decimal(std::string& out, double value) {
  constexpr double kMost = 1e7;
  if (!std::isfinite(value)) value = 0;
  value = std::clamp(value, -kMost, kMost);
  const auto hundredths = static_cast<std::int64_t>(std::llround(value * 100));
  if (hundredths < 0) out += '-';
  const std::int64_t most = std::abs(hundredths);
  out += std::to_string(most / 100);
  const auto rest = static_cast<int>(most % 100);
  if (rest == 0) return;
  out += '.';
  out += static_cast<char>('0' + rest / 10);
  if (rest % 10 != 0) out += static_cast<char>('0' + rest % 10);
}

// Of a mapping, whose parts may be small.
void append_exact(std::string& out, double value) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, std::isfinite(value) ? value : 0,
                                 std::chars_format::general, 7);
  out.append(buffer, end.ptr);
}

// Without the characters that XML 1.0 does not have (2.2).
std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    if (c >= 0x20 && c != 0x7F && c != 0xFFFE && c != 0xFFFF) append_utf8(out, c);
  }
  return out;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve(bytes.size() / 3 * 4 + 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = i; k < i + 3; ++k) {
      group = group << 8 | (k < bytes.size() ? static_cast<unsigned char>(bytes[k]) : 0U);
    }
    for (unsigned k = 0; k < 4; ++k) {
      out += i + k > bytes.size() ? '=' : kLetters[group >> (18 - 6 * k) & 63];
    }
  }
  return out;
}

void append_data_uri(std::string& out, const Picture& picture) {
  out.append("data:").append(picture.media_type).append(";base64,").append(base64(picture.bytes));
}

std::string_view dashes_of(Stroke::Dash dash) {
  switch (dash) {
    case Stroke::Dash::kDash:
      return "3 1";
    case Stroke::Dash::kDot:
      return "1 1";
    case Stroke::Dash::kDashDot:
      return "3 1 1 1";
    case Stroke::Dash::kDashDotDot:
      return "3 1 1 1 1 1";
    default:
      return {};
  }
}

}  // namespace

void Outline::number(double value) {
  append_decimal(d_, value);
}

void Outline::command(char letter, Point p) {
  d_ += letter;
  number(p.x);
  d_ += ' ';
  number(p.y);
}

void Outline::move_to(Point p) {
  command('M', p);
}

void Outline::curve_to(Point a, Point b, Point end) {
  command('C', a);
  for (const Point p : {b, end}) {
    d_ += ' ';
    number(p.x);
    d_ += ' ';
    number(p.y);
  }
}

void Outline::close() {
  if (!d_.empty() && d_.back() != 'Z') d_ += 'Z';
}

void SvgSurface::append_number(std::string_view name, double value) {
  body_.append(" ").append(name).append("=\"");
  append_decimal(body_, value);
  body_ += '"';
}

void SvgSurface::append_color(std::string_view name, std::uint32_t color) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  body_.append(" ").append(name).append("=\"#");
  for (const unsigned shift : {4U, 0U, 12U, 8U, 20U, 16U}) body_ += kDigits[color >> shift & 0xF];
  body_ += '"';
}

void SvgSurface::append_paint(const std::optional<Paint>& fill, bool is_even_odd) {
  if (!fill) {
    body_ += " fill=\"none\"";
    return;
  }
  if (fill->pattern != 0) {
    body_ += " fill=\"url(#d" + std::to_string(fill->pattern) + ")\"";
  } else {
    append_color("fill", fill->color);
  }
  if (is_even_odd) body_ += " fill-rule=\"evenodd\"";
}

void SvgSurface::append_stroke(const Stroke& stroke) {
  append_color("stroke", stroke.color);
  append_number("stroke-width", stroke.width);
  const std::string_view dashes = dashes_of(stroke.dash);
  if (!dashes.empty()) {
    body_ += " stroke-dasharray=\"";
    for (const char c : dashes) {
      if (c == ' ') {
        body_ += ' ';
      } else {
        append_decimal(body_, stroke.width * (c - '0'));
      }
    }
    body_ += '"';
  }
  if (stroke.has_round_ends) body_ += " stroke-linecap=\"round\"";
  if (stroke.has_round_joins) body_ += " stroke-linejoin=\"round\"";
}

// False where nothing is to be added.
bool SvgSurface::begin_shape(ClipId clip) {
  if (is_full()) return false;
  ++shapes_;
  if (clip == open_clip_) return true;
  if (open_clip_ != kNoClip) body_ += "</g>\n";
  if (clip != kNoClip) body_ += "<g clip-path=\"url(#d" + std::to_string(clip) + ")\">\n";
  open_clip_ = clip;
  return true;
}

void SvgSurface::draw(const Outline& outline, const std::optional<Paint>& fill, bool is_even_odd,
                      const std::optional<Stroke>& stroke, ClipId clip) {
  if (outline.empty() || (!fill && !stroke) || !begin_shape(clip)) return;
  body_.append("<path d=\"").append(outline.d()).append("\"");
  append_paint(fill, is_even_odd);
  if (stroke) append_stroke(*stroke);
  body_ += "/>\n";
}

void SvgSurface::draw(const TextRun& run, ClipId clip) {
  const std::string text = plain(run.text);
  if (text.find_first_not_of(' ') == std::string::npos || !begin_shape(clip)) return;
  body_ += "<text";
  append_number("x", run.at.x);
  append_number("y", run.at.y);
  append_number("font-size", run.size);
  if (const std::string family = plain(run.family); !family.empty()) {
    body_ += " font-family=\"";
    append_xml_escaped(body_, family);
    body_ += '"';
  }
  if (run.weight >= 600) body_ += " font-weight=\"bold\"";
  if (run.is_italic) body_ += " font-style=\"italic\"";
  if (run.is_underlined) body_ += " text-decoration=\"underline\"";
  if (run.is_struck) body_ += " text-decoration=\"line-through\"";
  if (run.anchor == TextRun::Anchor::kMiddle) body_ += " text-anchor=\"middle\"";
  if (run.anchor == TextRun::Anchor::kEnd) body_ += " text-anchor=\"end\"";
  // The reader's font is another one: its letters get the room that they had.
  if (run.length > 0) {
    append_number("textLength", run.length);
    body_ += " lengthAdjust=\"spacingAndGlyphs\"";
  }
  if (run.degrees != 0) {
    body_ += " transform=\"rotate(";
    for (const double part : {run.degrees, run.at.x, run.at.y}) {
      append_decimal(body_, part);
      body_ += ' ';
    }
    body_.back() = ')';
    body_ += '"';
  }
  append_color("fill", run.color);
  body_ += " xml:space=\"preserve\">";
  append_xml_escaped(body_, text);
  body_ += "</text>\n";
}

void SvgSurface::draw(const Picture& picture, const Matrix& unit_square, ClipId clip) {
  if (!unit_square.is_usable() || !begin_shape(clip)) return;
  body_ += "<image width=\"1\" height=\"1\" preserveAspectRatio=\"none\" transform=\"matrix(";
  for (const double part :
       {unit_square.a, unit_square.b, unit_square.c, unit_square.d, unit_square.e, unit_square.f}) {
    append_exact(body_, part);
    body_ += ' ';
  }
  body_.back() = ')';
  body_ += "\" href=\"";
  append_data_uri(body_, picture);
  body_ += "\"/>\n";
  ++pictures_;
  last_picture_ = picture;
  last_place_ = unit_square;
}

std::uint32_t SvgSurface::begin_definition() {
  return definitions_.size() > kMaxBytes ? 0 : ++ids_;
}

ClipId SvgSurface::add_clip(const Outline& outline, bool is_even_odd, ClipId within) {
  const auto [made, is_new] =
      made_.try_emplace(std::to_string(within) + (is_even_odd ? " even " : " all ") + outline.d());
  if (!is_new) return made->second;
  const std::uint32_t id = begin_definition();
  made->second = id == 0 ? within : id;
  if (id == 0) return within;
  definitions_ += "<clipPath id=\"d" + std::to_string(id) + "\"";
  if (within != kNoClip) definitions_ += " clip-path=\"url(#d" + std::to_string(within) + ")\"";
  definitions_.append("><path d=\"").append(outline.d()).append("\"");
  if (is_even_odd) definitions_ += " clip-rule=\"evenodd\"";
  definitions_ += "/></clipPath>\n";
  return id;
}

std::uint32_t SvgSurface::add_hatch(unsigned hatch, std::uint32_t color,
                                    std::optional<std::uint32_t> below) {
  constexpr std::string_view kLines[] = {"M0 4H8",   "M4 0V8",       "M0 0L8 8",
                                         "M0 8L8 0", "M0 4H8M4 0V8", "M0 0L8 8M0 8L8 0"};
  const auto [made, is_new] =
      made_.try_emplace("hatch " + std::to_string(hatch) + " " + std::to_string(color) + " " +
                        (below ? std::to_string(*below) : ""));
  if (!is_new) return made->second;
  const std::uint32_t id = begin_definition();
  made->second = id;
  if (id == 0) return 0;
  definitions_ += "<pattern id=\"d" + std::to_string(id) +
                  "\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">";
  std::swap(definitions_, body_);
  if (below) {
    body_ += "<path d=\"M0 0H8V8H0Z\"";
    append_color("fill", *below);
    body_ += "/>";
  }
  body_.append("<path d=\"").append(kLines[hatch % std::size(kLines)]).append("\"");
  append_color("stroke", color);
  body_ += "/></pattern>\n";
  std::swap(definitions_, body_);
  return id;
}

std::uint32_t SvgSurface::add_pattern(const Picture& picture) {
  const std::uint32_t id = begin_definition();
  if (id == 0) return 0;
  const std::string size = " width=\"" + std::to_string(picture.width) + "\" height=\"" +
                           std::to_string(picture.height) + "\"";
  definitions_.append("<pattern id=\"d").append(std::to_string(id)).append("\"").append(size);
  definitions_.append(" patternUnits=\"userSpaceOnUse\"><image").append(size).append(" href=\"");
  append_data_uri(definitions_, picture);
  definitions_ += "\"/></pattern>\n";
  return id;
}

std::string SvgSurface::finish(const Box& box) {
  if (open_clip_ != kNoClip) body_ += "</g>\n";
  open_clip_ = kNoClip;
  std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"";
  append_decimal(out, box.width());
  out += "\" height=\"";
  append_decimal(out, box.height());
  out += "\" viewBox=\"";
  for (const double part : {box.left, box.top, box.width(), box.height()}) {
    append_decimal(out, part);
    out += ' ';
  }
  out.back() = '"';
  out += ">\n";
  if (!definitions_.empty()) out.append("<defs>\n").append(definitions_).append("</defs>\n");
  return out.append(body_).append("</svg>\n");
}

}  // namespace sluice::metafile
