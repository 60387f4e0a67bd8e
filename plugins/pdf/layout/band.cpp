// SPDX-License-Identifier: Apache-2.0
#include "band.hpp"

#include <cmath>

#include "../shared_measures.hpp"

namespace sluice::pdf {
namespace {

constexpr float kProseFill = 0.7F;     // lines of prose are mostly full
constexpr float kJustifiedChars = 14;  // the narrowest justified columns, beside a picture
constexpr float kFullWidth = 0.98F;
constexpr std::uint32_t kFewLines = 3;    // of prose, if they are full
constexpr float kFewLinesFill = 0.85F;    // items behind dashes, one of them long, are less full
constexpr float kLevelWithLabels = 0.1F;  // of the size or the distance of rows: the same place
constexpr float kApartBelow = 1.25F;      // times the distance of rows

bool is_code(const Segments& segments, const Row& row) {
  return std::all_of(row.segments.begin(), row.segments.end(),
                     [&](std::uint32_t index) { return segments.all[index].is_code; });
}

// A listing above or below a table is none of its rows.
void cut_off_code(const Segments& segments, const std::vector<Row>& rows, Band& band) {
  std::uint32_t first = band.first;
  while (first <= band.last && is_code(segments, rows[first])) ++first;
  if (first > band.last) return;  // nothing else
  band.first = first;
  while (first <= band.last && !is_code(segments, rows[first])) ++first;
  band.last = first - 1;
}

// A bullet with text behind it. A dash alone in its column stands for nothing, as figures do.
bool is_item(const Segments& segments, const Row& row, std::size_t place, const Band& band) {
  const Segment& segment = segments.all[row.segments[place]];
  if (!segment.begins_item || !segment.is_figure) return segment.begins_item;
  if (place + 1 == row.segments.size()) return false;
  const Box& next = segments.all[row.segments[place + 1]].box;
  return column_of(band, next.center_x()) == column_of(band, segment.box.center_x());
}

// A row that has a label only, as far below the last row of a table as that is below the one
// before, no longer than other labels, and the last: lines of prose would follow as closely.
bool is_label_below(const Segments& segments, const std::vector<Row>& rows, const Band& band,
                    std::uint32_t last) {
  const Row& row = rows[last + 1];
  const Segment& label = segments.all[row.segments.front()];
  if (row.segments.size() != 1 || label.kind != SegmentKind::kText || label.ends_in_colon)
    return false;
  const Segment& above = segments.all[rows[last].segments.front()];
  const bool is_alike = label.is_bold == above.is_bold && label.size == above.size &&
                        std::abs(label.box.x0 - above.box.x0) < kLevelWithLabels * label.size;
  const float step = row.baseline - rows[last].baseline;
  if (!is_alike || last < band.first + 2 ||
      std::abs(step - (rows[last].baseline - rows[last - 1].baseline)) > kLevelWithLabels * step) {
    return false;
  }
  std::uint32_t longest = 0;
  for (std::uint32_t r = band.first; r <= last; ++r)
    longest = std::max(longest, segments.all[rows[r].segments.front()].chars);
  const bool is_last =
      last + 2 >= rows.size() || rows[last + 2].baseline - row.baseline > kApartBelow * step;
  return is_last && label.chars <= longest;
}

}  // namespace

std::size_t column_of(const Band& band, float x) {
  std::size_t column = 0;
  for (const Gutter& gutter : band.gutters) {
    if (x < (gutter.x0 + gutter.x1) / 2) break;
    ++column;
  }
  return column;
}

bool ColumnFacts::is_prose() const {
  if (is_justified()) return true;
  if (pieces < kFewLines) return false;
  const auto n = static_cast<float>(pieces);
  const float fill = pieces == kFewLines ? kFewLinesFill : kProseFill;
  return chars / n >= kCharsOfProse && width / n >= fill * std::max(1.0F, box.width());
}

bool ColumnFacts::is_justified() const {
  std::uint32_t full = 0;
  float least = 1e9F;
  float most = 0;
  for (const ColumnLine& piece : each) {
    if (piece.box.width() < kFullWidth * box.width()) continue;
    ++full;
    least = std::min(least, piece.chars);
    most = std::max(most, piece.chars);
  }
  return full >= kFewLines && full * 10 >= each.size() * 6 && least >= kJustifiedChars &&
         most > least;
}
std::size_t BandFacts::prose_columns() const {
  return static_cast<std::size_t>(std::count_if(
      columns.begin(), columns.end(), [](const ColumnFacts& column) { return column.is_prose(); }));
}

bool BandFacts::has_lists() const {
  return std::count_if(columns.begin(), columns.end(), [](const ColumnFacts& column) {
           return column.items >= 2 && column.items * 2 >= column.pieces;
         }) >= 2;
}

bool BandFacts::is_sparse() const {
  std::uint32_t pieces = 0;
  for (const ColumnFacts& column : columns) pieces += column.pieces;
  return pieces * 10 < rows * columns.size() * 4;
}

BandFacts facts_of(const Segments& segments, const std::vector<Row>& rows, const Band& band) {
  BandFacts facts;
  facts.columns.resize(band.gutters.size() + 1);
  for (std::uint32_t r = band.first; r <= band.last; ++r) {
    std::uint32_t occupied = 0;
    std::size_t before = facts.columns.size();
    bool is_led = false;
    for (std::size_t i = 0; i < rows[r].segments.size(); ++i) {
      const Segment& segment = segments.all[rows[r].segments[i]];
      is_led = is_led || segment.leads;
      if (segment.kind != SegmentKind::kText) facts.has_obstacle = true;
      const std::size_t column = column_of(band, segment.box.center_x());
      ColumnFacts& of = facts.columns[column];
      if (of.pieces == 0) of.box = segment.box;
      of.box.add(segment.box);
      if (column == before && of.pieces > 0) {
        of.each.back().box.add(segment.box);
        of.each.back().chars += static_cast<float>(segment.chars);
      } else {
        ++of.pieces;
        of.items += is_item(segments, rows[r], i, band) ? 1 : 0;
        of.follows += of.pieces > 1 ? 1 : 0;
        of.goes_on += of.pieces > 1 && segment.begins_lower ? 1 : 0;
        ++occupied;
        of.each.push_back({segment.box, static_cast<float>(segment.chars)});
      }
      of.width += segment.box.width();
      of.chars += static_cast<float>(segment.chars);
      before = column;
    }
    ++facts.rows;
    if (occupied < 2) continue;
    ++facts.shared;
    facts.led += is_led ? 1 : 0;
  }
  return facts;
}

Band narrowed(const Segments& segments, const std::vector<Row>& rows, const Band& whole) {
  Band band = whole;
  cut_off_code(segments, rows, band);
  const auto is_shared = [&](std::uint32_t r) {
    std::size_t first = 0;
    bool any = false;
    for (const std::uint32_t index : rows[r].segments) {
      const std::size_t column = column_of(band, segments.all[index].box.center_x());
      if (any && column != first) return true;
      first = column;
      any = true;
    }
    return false;
  };
  while (band.first < band.last && !is_shared(band.first)) ++band.first;
  // Below, a row may go on with the cell above it, or be a label alone.
  std::uint32_t last = band.last;
  while (last > band.first && !is_shared(last)) --last;
  while (last < band.last) {
    const Row& row = rows[last + 1];
    const Segment& first = segments.all[row.segments.front()];
    const bool near = row.baseline - rows[last].baseline < kNextLine * first.size;
    if (!near || column_of(band, first.box.center_x()) == 0) break;
    ++last;
  }
  if (last < band.last && is_label_below(segments, rows, band, last)) ++last;
  band.last = last;
  return band;
}

}  // namespace sluice::pdf
