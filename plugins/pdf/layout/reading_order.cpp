// SPDX-License-Identifier: Apache-2.0
#include "reading_order.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "../shared_measures.hpp"
#include "centred_rows.hpp"
#include "reading_rules.hpp"
#include "sections.hpp"

namespace sluice::pdf {
namespace {

constexpr int kMaxDepth = 12;
// Parts of the font's size. Of gutters as high, the wider one: each size of width counts as two
// hundredths of the height.
constexpr float kWorthOfWidth = 0.02F, kMostWidth = 4;
constexpr float kGutterOfTwoRows = 1.5F;
constexpr std::uint32_t kLeastPlacedRows = 3;
constexpr float kCentered = 0.5F;
constexpr float kApart = 3;  // rows that belong to no column any more
constexpr float kEdgeGap = 2.2F;
constexpr std::uint32_t kEdgeRows = 6;
constexpr float kHeadingGap = 1.4F;       // above a heading: more than between lines, 1.2
constexpr float kApartFromTable = 1.35F;  // of the distance of rows
constexpr int kMaxTries = 8;

// Columns of prose and labels are farther apart than words; cells need not be.
enum class Gutters : std::uint8_t { kAll, kWide };

bool has_narrow(const Band& band) {
  return std::any_of(band.gutters.begin(), band.gutters.end(),
                     [&](const Gutter& gutter) { return gutter.width() < band.wide; });
}

// A gutter no wider than a blank parts cells that operators place apart, in row after row.
bool is_placed(const Gutter& gutter) {
  return gutter.both >= kLeastPlacedRows && gutter.apart == gutter.both && gutter.placed >= 2 &&
         gutter.texts == 0;
}

bool is_usable(const Gutter& gutter, float size) {
  if (gutter.rows() < 2) return false;
  if (gutter.width() < kGutter * size && !is_placed(gutter)) return false;
  if (gutter.markers > 0 && gutter.markers * 5 >= gutter.both * 4) return false;  // bullets
  // What it parts is a heading, whose number hangs beside the text, and perhaps the foot of the
  // page.
  if (gutter.numbers == 1 && gutter.both <= 2) return false;
  if (gutter.rows() == 2) return gutter.width() >= kGutterOfTwoRows * size && gutter.both == 2;
  return true;
}

// All columns, or all but the first.
bool names_columns(const Segments& segments, const Row& head, const std::vector<Gutter>& gutters) {
  const Band below = {0, 0, gutters, 0};
  std::vector<bool> named(gutters.size() + 1, false);
  for (const std::uint32_t index : head.segments)
    named[column_of(below, segments.all[index].box.center_x())] = true;
  const auto names = static_cast<std::size_t>(std::count(named.begin(), named.end(), true));
  return names >= 2 && names >= gutters.size();
}

class Cutter {
 public:
  Cutter(Segments& segments, const RuleSettings& settings, std::int32_t& next_column,
         Reader& reader)
      : segments_(segments), settings_(settings), next_column_(next_column), reader_(reader) {}

  void read(const std::vector<std::uint32_t>& chosen, int depth) {
    if (chosen.empty()) return;
    const std::vector<Row> rows = rows_of(segments_, chosen);
    if (rows.size() >= 2 && depth < kMaxDepth) {
      auto band = find_band(rows, chosen, Gutters::kAll);
      if (band && has_narrow(*band) && !is_table(rows, *band))
        band = find_band(rows, chosen, Gutters::kWide);
      if (band) {
        read_band(rows, *band, depth);
        return;
      }
    }
    read_flow(rows, chosen);
  }

 private:
  bool is_table(const std::vector<Row>& rows, Band band) const {
    RuleSettings unseen = settings_;
    unseen.trace = nullptr;
    const ReadingRule* rule = decide(segments_, rows, band, unseen);
    return rule != nullptr && rule->reading == Reading::kTable;
  }

  float median_size(const std::vector<std::uint32_t>& chosen) {
    sizes_.clear();
    for (const std::uint32_t index : chosen) {
      if (segments_.all[index].kind == SegmentKind::kText)
        sizes_.push_back(segments_.all[index].size);
    }
    if (sizes_.empty()) return 10;
    const auto middle = sizes_.begin() + static_cast<std::ptrdiff_t>(sizes_.size() / 2);
    std::nth_element(sizes_.begin(), middle, sizes_.end());
    return *middle;
  }

  // Whether all that the gutter parts are lines of code: their gaps are blanks.
  bool parts_code(const std::vector<Row>& rows, const Gutter& gutter) const {
    if (gutter.both == 0) return false;
    for (std::uint32_t r = gutter.first; r <= gutter.last; ++r) {
      const auto& row = rows[r].segments;
      const bool code = segments_.all[row.front()].is_code && segments_.all[row.back()].is_code;
      if (!code && parts(rows[r], gutter)) return false;
    }
    return true;
  }

  // Lines in the middle of the page with nothing beside them, as a name between title and text, are
  // no column.
  bool parts_centered_lines(const std::vector<Row>& rows, const Gutter& gutter,
                            const Box& ground) const {
    if (gutter.both > 0) return false;
    const float middle = (gutter.x0 + gutter.x1) / 2;
    bool left_centered = true;
    bool right_centered = true;
    for (std::uint32_t r = gutter.first; r <= gutter.last; ++r) {
      const Segment& line = segments_.all[rows[r].segments.front()];
      const Segment& last = segments_.all[rows[r].segments.back()];
      const float center = (line.box.x0 + last.box.x1) / 2;
      const bool centered = std::abs(center - ground.center_x()) < kCentered * line.size;
      if (center < middle) {
        left_centered = left_centered && centered;
      } else {
        right_centered = right_centered && centered;
      }
    }
    return left_centered || right_centered;
  }

  static float height_of(const std::vector<Row>& rows, const Gutter& gutter) {
    return rows[gutter.last].y1 - rows[gutter.first].y0;
  }

  std::optional<Band> find_band(const std::vector<Row>& rows,
                                const std::vector<std::uint32_t>& chosen, Gutters which) {
    const float size = median_size(chosen);
    Box ground = segments_.all[chosen.front()].box;
    for (const std::uint32_t index : chosen) ground.add(segments_.all[index].box);
    std::vector<Gutter> gutters =
        find_gutters(segments_, rows, std::min(kGutter, segments_.cell_gap) * size, kGutter * size);
    std::erase_if(gutters, [&](const Gutter& gutter) {
      const bool is_narrow = gutter.width() < kGutter * size;
      return !is_usable(gutter, size) || (is_narrow && which == Gutters::kWide) ||
             parts_code(rows, gutter) || parts_centered_lines(rows, gutter, ground);
    });
    if (gutters.empty()) return std::nullopt;
    const auto worth = [&](const Gutter& gutter) {
      return height_of(rows, gutter) *
             (1 + kWorthOfWidth * std::min(kMostWidth, gutter.width() / size));
    };
    const auto best =
        std::max_element(gutters.begin(), gutters.end(),
                         [&](const Gutter& a, const Gutter& b) { return worth(a) < worth(b); });
    Band band;
    band.wide = kGutter * size;
    band.first = best->first;
    band.last = best->last;
    trim(rows, *best, size, band);
    collect(rows, gutters, *best, band);
    return band;
  }

  // Rows at the ends with text on one side only, and far from the rest, are not of the columns.
  void trim(const std::vector<Row>& rows, const Gutter& gutter, float size, Band& band) const {
    std::uint32_t first = gutter.last;
    std::uint32_t last = gutter.first;
    bool left = false;
    bool right = false;
    for (std::uint32_t r = gutter.first; r <= gutter.last; ++r) {
      for (const std::uint32_t index : rows[r].segments) {
        (segments_.all[index].box.center_x() < (gutter.x0 + gutter.x1) / 2 ? left : right) = true;
      }
      if (left && right) {
        first = r;
        break;
      }
    }
    left = right = false;
    for (std::uint32_t r = gutter.last + 1; r-- > gutter.first;) {
      for (const std::uint32_t index : rows[r].segments) {
        (segments_.all[index].box.center_x() < (gutter.x0 + gutter.x1) / 2 ? left : right) = true;
      }
      if (left && right) {
        last = r;
        break;
      }
    }
    for (std::uint32_t r = first; r > gutter.first; --r) {
      if (rows[r].y0 - rows[r - 1].y1 > kApart * size) {
        band.first = r;
        break;
      }
    }
    for (std::uint32_t r = last; r < gutter.last; ++r) {
      if (rows[r + 1].y0 - rows[r].y1 > kApart * size) {
        band.last = r;
        break;
      }
    }
  }

  // A heading below the columns, above text that crosses the gutter, heads that text: it is no more
  // of the first column than of the second.
  void cut_off_heading_below(const std::vector<Row>& rows, float size, Band& band) const {
    if (band.last + 1 >= rows.size()) return;
    while (band.last > band.first && rows[band.last].segments.size() == 1) {
      const Segment& line = segments_.all[rows[band.last].segments.front()];
      const bool heads = line.kind == SegmentKind::kText &&
                         (line.size > kLarger * size || line.is_bold) && !line.is_numbering;
      const float above = rows[band.last].baseline - rows[band.last - 1].baseline;
      if (!heads || above < kHeadingGap * size) return;
      --band.last;
    }
  }

  // A few rows at the ends, with paper across all columns between them and the rest: a header, a
  // footer.
  void cut_off_edges(const std::vector<Row>& rows, Band& band) const {
    const auto size_of = [&](std::uint32_t r) {
      return segments_.all[rows[r].segments.front()].size;
    };
    float lowest = rows[band.first].y1;
    const bool has_heads =
        settings_.allows(kHeadsOfColumns) && are_heads_of_columns(segments_, rows, band);
    for (std::uint32_t r = band.first; !has_heads && r < band.last && r < band.first + kEdgeRows;
         ++r) {
      lowest = std::max(lowest, rows[r].y1);
      if (rows[r + 1].y0 - lowest > kEdgeGap * size_of(r + 1)) {
        band.first = r + 1;
        break;
      }
    }
    const std::uint32_t top = band.first + (has_heads ? 1 : 0);
    for (std::uint32_t r = band.last; r > top && r + kEdgeRows > band.last; --r) {
      if (rows[r].y0 - rows[r - 1].y1 > kEdgeGap * size_of(r - 1)) {
        band.last = r - 1;
        break;
      }
    }
  }

  // Whether a gutter has text of the row on both sides.
  bool parts(const Row& row, const Gutter& gutter) const {
    const float middle = (gutter.x0 + gutter.x1) / 2;
    return segments_.all[row.segments.front()].box.center_x() < middle &&
           segments_.all[row.segments.back()].box.center_x() > middle;
  }

  bool is_code(const Row& row) const {
    return std::all_of(row.segments.begin(), row.segments.end(),
                       [this](std::uint32_t index) { return segments_.all[index].is_code; });
  }

  // Other gutters over nearly the same rows, apart from each other. A listing above or below a
  // table does not count.
  void collect(const std::vector<Row>& rows, std::vector<Gutter>& gutters, const Gutter& best,
               Band& band) const {
    std::uint32_t first = band.first;
    std::uint32_t last = band.last;
    while (first < last && is_code(rows[first])) ++first;
    while (last > first && is_code(rows[last])) --last;
    const auto shared = [&](const Gutter& gutter) {
      const std::uint32_t from = std::max(gutter.first, first);
      const std::uint32_t to = std::min(gutter.last, last);
      return to < from ? 0U : to - from + 1;
    };
    std::vector<Gutter> fitting;
    for (const Gutter& gutter : gutters) {
      if (shared(gutter) * 10 >= (last - first + 1) * 7) fitting.push_back(gutter);
    }
    std::sort(fitting.begin(), fitting.end(), [&](const Gutter& a, const Gutter& b) {
      return shared(a) != shared(b) ? shared(a) > shared(b) : a.width() > b.width();
    });
    band.gutters.push_back(best);
    for (const Gutter& gutter : fitting) {
      const bool apart = std::none_of(
          band.gutters.begin(), band.gutters.end(),
          [&](const Gutter& other) { return gutter.x0 < other.x1 && other.x0 < gutter.x1; });
      if (apart && band.gutters.size() < 60) band.gutters.push_back(gutter);
    }
    std::sort(band.gutters.begin(), band.gutters.end(),
              [](const Gutter& a, const Gutter& b) { return a.x0 < b.x0; });
  }

  void read_rows(const std::vector<Row>& rows, std::uint32_t first, std::uint32_t end, int depth) {
    read(segments_of(rows, first, end), depth + 1);
  }

  static std::vector<std::uint32_t> segments_of(const std::vector<Row>& rows, std::uint32_t first,
                                                std::uint32_t end) {
    std::vector<std::uint32_t> part;
    for (std::uint32_t r = first; r < end; ++r) {
      part.insert(part.end(), rows[r].segments.begin(), rows[r].segments.end());
    }
    return part;
  }

  void read_band(const std::vector<Row>& rows, Band band, int depth) {
    const Band whole = band;
    const ReadingRule* rule = decide(segments_, rows, band, settings_);
    const Reading reading = rule == nullptr ? Reading::kColumns : rule->reading;
    if (reading == Reading::kTable) {
      if (const auto row = row_between_tables(rows, band)) {
        read_rows(rows, 0, *row, depth);
        read_rows(rows, *row, *row + 1, depth);
        read_rows(rows, *row + 1, static_cast<std::uint32_t>(rows.size()), depth);
        return;
      }
      if (const auto row = other_table_below(rows, band)) {
        read_rows(rows, 0, *row, depth);
        read_rows(rows, *row, static_cast<std::uint32_t>(rows.size()), depth);
        return;
      }
      if (settings_.allows(kHeadAbove)) add_head_above(segments_, rows, band);
    }
    if (reading == Reading::kColumns) {
      // Only the longest gutters part columns; shorter ones belong to what is in a column.
      std::erase_if(band.gutters, [&](const Gutter& gutter) {
        return gutter.first > whole.first + 1 || gutter.last + 1 < whole.last;
      });
      if (band.gutters.empty()) band.gutters = whole.gutters;
      cut_off_text_below_captions(segments_, rows, settings_, band);
      cut_off_edges(rows, band);
      cut_off_heading_below(rows, median_size(segments_of(rows, band.first, band.last + 1)), band);
    }
    read_rows(rows, 0, band.first, depth);
    switch (reading) {
      case Reading::kTable:
        reader_.read_table(make_table(segments_, rows, band, settings_));
        break;
      case Reading::kRows: {
        const std::vector<std::uint32_t> part = segments_of(rows, band.first, band.last + 1);
        read_flow(rows_of(segments_, part), part);
        break;
      }
      case Reading::kColumns:
        read_columns(rows, band, depth);
        break;
    }
    read_rows(rows, band.last + 1, static_cast<std::uint32_t>(rows.size()), depth);
  }

  // A line that stands apart in the first column, if there are more columns above or below it by
  // themselves: two tables share the others by chance.
  std::optional<std::uint32_t> row_between_tables(const std::vector<Row>& rows, const Band& band) {
    int tries = kMaxTries;
    for (std::uint32_t r = band.first + 2; r + 2 <= band.last && tries > 0; ++r) {
      if (rows[r].segments.size() != 1) continue;
      const Segment& line = segments_.all[rows[r].segments.front()];
      if (line.box.x1 > band.gutters.front().x0 || line.is_marker) continue;
      const float above = rows[r].baseline - rows[r - 1].baseline;
      const float below = rows[r + 1].baseline - rows[r].baseline;
      const float usual = std::max(rows[r - 1].baseline - rows[r - 2].baseline,
                                   rows[r + 2].baseline - rows[r + 1].baseline);
      if (std::min(above, below) < kApartFromTable * usual) continue;
      --tries;
      if (gutters_in(rows, band.first, r) > band.gutters.size() ||
          gutters_in(rows, r + 1, band.last + 1) > band.gutters.size()) {
        return r;
      }
    }
    return std::nullopt;
  }

  // The row with which another table begins inside the band, if one does.
  std::optional<std::uint32_t> other_table_below(const std::vector<Row>& rows, const Band& band) {
    const auto head = head_again(segments_, rows, band);
    if (head && settings_.allows(kHeadAgain) &&
        names_columns(segments_, rows[*head],
                      own_gutters(rows, *head, band.last + 1, Gutters::kAll))) {
      settings_.note(segments_.all[rows[*head].segments.front()].box, kHeadAgain, "cut");
      return head;
    }
    if (!settings_.allows(kOtherColumnsBelow)) return std::nullopt;
    int tries = kMaxTries;
    for (const std::uint32_t row : section_starts(segments_, rows, band)) {
      if (tries-- == 0) break;
      const Gutters which = has_narrow(band) ? Gutters::kAll : Gutters::kWide;
      const std::vector<Gutter> above = own_gutters(rows, band.first, row, which);
      const std::vector<Gutter> below = own_gutters(rows, row, band.last + 1, which);
      const bool more_below = below.size() > above.size();
      const Band poorer =
          more_below ? Band{band.first, row - 1, {}, 0} : Band{row, band.last, {}, 0};
      if (!cross(segments_, rows, poorer, more_below ? below : above)) continue;
      settings_.note(segments_.all[rows[row].segments.front()].box, kOtherColumnsBelow, "cut");
      return row;
    }
    return std::nullopt;
  }

  std::vector<Gutter> own_gutters(const std::vector<Row>& rows, std::uint32_t first,
                                  std::uint32_t end, Gutters which) {
    const std::vector<std::uint32_t> part = segments_of(rows, first, end);
    const auto band = find_band(rows_of(segments_, part), part, which);
    return band ? band->gutters : std::vector<Gutter>();
  }

  std::size_t gutters_in(const std::vector<Row>& rows, std::uint32_t first, std::uint32_t end) {
    const std::vector<std::uint32_t> part = segments_of(rows, first, end);
    const std::vector<Row> own = rows_of(segments_, part);
    const auto band = find_band(own, part, Gutters::kWide);
    return band && band->first == 0 && band->last + 1 == own.size() ? band->gutters.size() : 0;
  }

  void read_columns(const std::vector<Row>& rows, const Band& band, int depth) {
    std::vector<std::vector<std::uint32_t>> columns(band.gutters.size() + 1);
    for (std::uint32_t r = band.first; r <= band.last; ++r) {
      for (const std::uint32_t index : rows[r].segments) {
        const float x = segments_.all[index].box.center_x();
        std::size_t column = 0;
        while (column < band.gutters.size() &&
               x > (band.gutters[column].x0 + band.gutters[column].x1) / 2) {
          ++column;
        }
        columns[column].push_back(index);
      }
    }
    for (const auto& column : columns) read(column, depth + 1);
  }

  void read_flow(const std::vector<Row>& rows, const std::vector<std::uint32_t>& chosen) {
    Box ground = segments_.all[chosen.front()].box;
    for (const std::uint32_t index : chosen) ground.add(segments_.all[index].box);
    const std::int32_t column = next_column_++;
    std::vector<std::uint32_t> line;
    for (const Row& cells : rows) {
      for (const Row& row : lines_of(segments_, cells)) {
        line.clear();
        for (const std::uint32_t index : row.segments) {
          if (segments_.all[index].kind == SegmentKind::kText) {
            line.push_back(index);
          } else {
            reader_.read_obstacle(segments_.all[index]);
          }
        }
        if (!line.empty()) reader_.read_line(line, ground, column);
      }
    }
  }

  Segments& segments_;
  const RuleSettings& settings_;
  std::int32_t& next_column_;
  Reader& reader_;
  std::vector<float> sizes_;
};

}  // namespace

void read_in_order(Segments& segments, const RuleSettings& settings, std::int32_t& next_column,
                   Reader& reader) {
  std::vector<std::uint32_t> all(segments.all.size());
  std::iota(all.begin(), all.end(), 0U);
  Cutter(segments, settings, next_column, reader).read(all, 0);
}

}  // namespace sluice::pdf
