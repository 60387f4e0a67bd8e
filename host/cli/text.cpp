#include "cli/text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "cli/values.h"
#include "model/path_text.h"
#include "model/utf8.h"
#include "platform/clock.h"

namespace sluice::cli {
namespace {

// Walks over UTF-8; invalid bytes come one at a time, as a negative code point.
template <class Visit>
void each_character(std::string_view text, Visit visit) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  std::size_t at = 0;
  while (at < text.size()) {
    // Four bytes are the most that a character has, so that ICU's 32-bit index never overflows.
    const auto left = static_cast<std::int32_t>(std::min<std::size_t>(text.size() - at, 4));
    std::int32_t used = 0;
    UChar32 c = 0;
    U8_NEXT(bytes + at, used, left, c);
    if (c < 0) used = 1;
    visit(c, text.substr(at, static_cast<std::size_t>(used)));
    at += static_cast<std::size_t>(used);
  }
}

bool is_harmless(UChar32 c) {
  switch (u_charType(c)) {
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:  // direction marks and overrides, joiners, soft hyphens
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
    case U_PRIVATE_USE_CHAR:
    case U_SURROGATE:
    case U_UNASSIGNED:
      return false;
    default:
      return true;
  }
}

std::size_t width_of(UChar32 c) {
  const auto type = u_charType(c);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

std::string with_one_decimal(std::uint64_t tenths) {
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

}  // namespace

std::string visible(std::string_view text) {
  if (is_printable_ascii(text)) return std::string(text);
  std::string out;
  each_character(text, [&out](UChar32 c, std::string_view bytes) {
    std::array<char, 16> escape{};
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c < 0) {
      std::snprintf(escape.data(), escape.size(), "\\x%02x", static_cast<unsigned char>(bytes[0]));
      out += escape.data();
    } else if (!is_harmless(c)) {
      std::snprintf(escape.data(), escape.size(), c < 0x80 ? "\\x%02x" : "\\u%04x",
                    static_cast<unsigned>(c));
      out += escape.data();
    } else {
      out += bytes;
    }
  });
  return out;
}

std::string visible_lines(std::string_view text) {
  std::string out;
  each_character(text, [&out](UChar32 c, std::string_view bytes) {
    const bool is_plain = c == '\n' || c == '\t' || (c >= 0 && !hidden_character(bytes));
    if (is_plain) {
      out += bytes;
    } else {
      out += visible(bytes);
    }
  });
  return out;
}

std::size_t display_width(std::string_view text) {
  if (is_printable_ascii(text)) return text.size();
  std::size_t width = 0;
  each_character(text, [&width](UChar32 c, std::string_view) { width += c < 0 ? 1 : width_of(c); });
  return width;
}

std::string cut_in_the_middle(std::string_view text, std::size_t columns) {
  constexpr std::string_view kCut = "...";
  if (display_width(text) <= columns) return std::string(text);
  if (columns <= kCut.size()) return std::string(columns, '.');
  const std::size_t room = columns - kCut.size();
  const std::size_t front_room = room / 2;
  const std::size_t width = display_width(text);
  std::string front;
  std::string back;
  std::size_t at = 0;
  std::size_t used = 0;
  bool is_front = true;
  each_character(text, [&](UChar32 c, std::string_view bytes) {
    const std::size_t own = c < 0 ? 1 : width_of(c);
    at += own;
    is_front = is_front && used + own <= front_room;
    if (is_front) {
      front += bytes;
      used += own;
    } else if (width - at + own <= room - used && (own > 0 || !back.empty())) {
      back += bytes;  // all from here to the end fits
    }
  });
  return front + std::string(kCut) + back;
}

std::string human_size(std::uint64_t bytes) {
  static constexpr std::array kUnits = {"KiB", "MiB", "GiB", "TiB"};
  if (bytes < 1024) return std::to_string(bytes) + " B";
  std::size_t unit = 0;
  unsigned shift = 10;
  while (unit + 1 < kUnits.size() && (bytes >> shift) >= 1024) {
    ++unit;
    shift += 10;
  }
  // In tenths; the part below is at most 2^40, so nothing overflows.
  const std::uint64_t rest = bytes & ((1ULL << shift) - 1);
  return with_one_decimal((bytes >> shift) * 10 + (rest * 10 >> shift)) + " " + kUnits[unit];
}

std::string human_duration(std::uint64_t milliseconds) {
  if (milliseconds < 1000) return std::to_string(milliseconds) + " ms";
  if (milliseconds < 60'000) return with_one_decimal(milliseconds / 100) + " s";
  const std::uint64_t minutes = milliseconds / 60'000;
  const std::string seconds = std::to_string(milliseconds % 60'000 / 1000) + " s";
  if (minutes < 60) return std::to_string(minutes) + " min " + seconds;
  return std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}

Paint::Paint(When color, bool is_terminal, const Io& io) {
  const auto no_color = io.env("NO_COLOR");
  const bool unwanted = (no_color && !no_color->empty()) || io.env("TERM") == "dumb";
  enabled_ = color == When::kAlways || (color == When::kAuto && is_terminal && !unwanted);
}

std::string Paint::wrap(std::string_view code, std::string_view text) const {
  if (!enabled_ || text.empty()) return std::string(text);
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

std::string human_age(std::int64_t at, std::int64_t now) {
  constexpr std::int64_t kMinute = 60;
  constexpr std::int64_t kHour = 60 * kMinute;
  constexpr std::int64_t kDay = 24 * kHour;
  const std::int64_t age = now - at;
  // A clock that was set back: the day says more than an age would.
  if (age < -kMinute || age >= 31 * kDay) return platform::iso_time(at).substr(0, 10);
  if (age < kMinute) return "just now";
  if (age < kHour) return std::to_string(age / kMinute) + " min ago";
  if (age < kDay) return std::to_string(age / kHour) + " h ago";
  if (age < 2 * kDay) return "yesterday";
  return std::to_string(age / kDay) + " days ago";
}

void Table::add(const std::vector<std::string>& row) {
  widest_.resize(std::max(widest_.size(), row.size()));
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::size_t before = text_.size();
    if (is_printable_ascii(row[i])) {
      text_ += row[i];
    } else {
      text_ += visible(row[i]);
    }
    const std::string_view shown = std::string_view(text_).substr(before);
    const std::size_t width = display_width(shown);
    widest_[i] = std::max(widest_[i], width);
    cells_.push_back({static_cast<std::uint32_t>(shown.size()), static_cast<std::uint32_t>(width)});
  }
  row_ends_.push_back(cells_.size());
}

std::vector<std::size_t> Table::widths() const {
  // What is left of a cell that is cut: enough for a short name's ends.
  constexpr std::size_t kMinCell = 8;
  constexpr std::size_t kGap = 2;
  std::vector<std::size_t> widths = widest_;
  if (columns_ == 0 || widths.empty()) return widths;
  std::size_t all = kGap * (widths.size() - 1);
  for (const std::size_t width : widths) all += width;
  for (; all > columns_; --all) {
    const auto widest = std::max_element(widths.begin(), widths.end());
    if (*widest <= kMinCell) break;
    --*widest;
  }
  return widths;
}

std::string Table::text(const Paint& paint, Heading heading) const {
  const std::vector<std::size_t> wide = widths();
  std::string out;
  std::string line;
  std::size_t at = 0;
  std::size_t cell = 0;
  for (std::size_t row = 0; row < row_ends_.size(); ++row) {
    line.clear();
    for (std::size_t column = 0; cell < row_ends_[row]; ++cell, ++column) {
      const std::string_view shown = std::string_view(text_).substr(at, cells_[cell].size);
      at += shown.size();
      std::size_t width = cells_[cell].width;
      if (columns_ > 0 && width > wide[column]) {
        const std::string cut = cut_in_the_middle(shown, wide[column]);
        line += cut;
        width = display_width(cut);
      } else {
        line += shown;
      }
      if (cell + 1 < row_ends_[row]) line.append(wide[column] - width + 2, ' ');
    }
    out += row == 0 && heading == Heading::kFirstRow ? paint.bold(line) : line;
    out += '\n';
  }
  return out;
}

}  // namespace sluice::cli
