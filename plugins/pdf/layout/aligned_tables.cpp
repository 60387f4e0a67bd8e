// SPDX-License-Identifier: Apache-2.0
#include "aligned_tables.hpp"

#include <algorithm>

namespace sluice::pdf {
namespace {

constexpr float kProseChars = 22;
constexpr float kProseFill = 0.7F;
constexpr float kJustifiedChars = 14;
constexpr float kFullWidth = 0.98F;
constexpr std::uint32_t kFewLines = 3;  // of prose, if they are full
constexpr float kFewLinesFill = 0.85F;
constexpr float kLabelChars = 18;

std::size_t column_of(const Band& band, float x) {
  std::size_t column = 0;
  for (const Gutter& gutter : band.gutters) {
    if (x < (gutter.x0 + gutter.x1) / 2) break;
    ++column;
  }
  return column;
}

// A line of a column, its gaps included.
struct Piece {
  Box box;
  float chars;
};

struct ColumnFacts {
  std::uint32_t pieces = 0;
  float chars = 0;
  float width = 0;
  Box box;
  std::vector<Piece> each;

  bool is_prose() const {
    if (is_justified()) return true;
    if (pieces < kFewLines) return false;
    const auto n = static_cast<float>(pieces);
    const float fill = pieces == kFewLines ? kFewLinesFill : kProseFill;
    return chars / n >= kProseChars && width / n >= fill * std::max(1.0F, box.width());
  }
  // Most lines reach both edges, with more letters or fewer.
  bool is_justified() const {
    std::uint32_t full = 0;
    float least = 1e9F;
    float most = 0;
    for (const Piece& piece : each) {
      if (piece.box.width() < kFullWidth * box.width()) continue;
      ++full;
      least = std::min(least, piece.chars);
      most = std::max(most, piece.chars);
    }
    return full >= kFewLines && full * 10 >= each.size() * 6 && least >= kJustifiedChars &&
           most > least;
  }
  float mean_chars() const { return pieces == 0 ? 0 : chars / static_cast<float>(pieces); }
};

struct BandFacts {
  std::vector<ColumnFacts> columns;
  std::uint32_t rows = 0;
  std::uint32_t shared = 0;          // rows with text in two or more columns
  std::uint32_t alone_in_first = 0;  // rows with text in the first column only
  bool has_obstacle = false;
};

BandFacts examine(const Segments& segments, const std::vector<Row>& rows, const Band& band) {
  BandFacts facts;
  facts.columns.resize(band.gutters.size() + 1);
  for (std::uint32_t r = band.first; r <= band.last; ++r) {
    std::uint32_t occupied = 0;
    std::size_t before = facts.columns.size();
    for (const std::uint32_t index : rows[r].segments) {
      const Segment& segment = segments.all[index];
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
        ++occupied;
        of.each.push_back({segment.box, static_cast<float>(segment.chars)});
      }
      of.width += segment.box.width();
      of.chars += static_cast<float>(segment.chars);
      before = column;
    }
    ++facts.rows;
    if (occupied >= 2) ++facts.shared;
    if (occupied == 1 && before == 0) ++facts.alone_in_first;
  }
  return facts;
}

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

// Rows above and below in which no gutter parts anything are not of the table.
void narrow(const Segments& segments, const std::vector<Row>& rows, Band& band) {
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
  // Below, a row may go on with the cell above it.
  std::uint32_t last = band.last;
  while (last > band.first && !is_shared(last)) --last;
  while (last < band.last) {
    const Row& row = rows[last + 1];
    const Segment& first = segments.all[row.segments.front()];
    const bool near = row.baseline - rows[last].baseline < 1.4F * first.size;
    if (!near || column_of(band, first.box.center_x()) == 0) break;
    ++last;
  }
  band.last = last;
}

Reading judge_two(const BandFacts& facts) {
  const ColumnFacts& left = facts.columns[0];
  const ColumnFacts& right = facts.columns[1];
  if (left.is_prose() && right.is_prose()) return Reading::kColumns;
  const auto share = static_cast<float>(facts.shared) / static_cast<float>(facts.rows);
  if (left.is_prose() != right.is_prose()) {
    const ColumnFacts& labels = left.is_prose() ? right : left;
    // Numbers beside every tenth or fifth line of a poem are no column of a table.
    if (left.is_prose() && facts.shared * 4 < facts.rows) return Reading::kColumns;
    const bool label_rows = facts.shared + facts.shared / 8 >= labels.pieces;
    return label_rows && labels.mean_chars() <= kLabelChars && facts.shared >= 3
               ? Reading::kTable
               : Reading::kColumns;
  }
  if (facts.shared >= 3 && share >= 0.6F) return Reading::kTable;
  if (share >= 0.6F) return Reading::kRows;
  return Reading::kColumns;
}

}  // namespace

Reading judge_band(const Segments& segments, const std::vector<Row>& rows, Band& band) {
  Band narrowed = band;
  narrow(segments, rows, narrowed);
  const BandFacts facts = examine(segments, rows, narrowed);
  if (facts.has_obstacle || facts.rows < 2 || facts.shared == 0) return Reading::kColumns;
  Reading reading = Reading::kColumns;
  if (facts.columns.size() == 2) {
    reading = judge_two(facts);
  } else {
    std::size_t prose = 0;
    for (const ColumnFacts& column : facts.columns) prose += column.is_prose() ? 1 : 0;
    const auto share = static_cast<float>(facts.shared) / static_cast<float>(facts.rows);
    std::uint32_t pieces = 0;
    for (const ColumnFacts& column : facts.columns) pieces += column.pieces;
    const bool sparse =
        pieces * 10 < facts.rows * facts.columns.size() * 4;  // as words in a drawing
    if (prose * 2 < facts.columns.size() && share >= 0.5F) {
      reading = sparse ? Reading::kRows : Reading::kTable;
    }
  }
  if (reading != Reading::kColumns) band = narrowed;
  return reading;
}

namespace {

std::vector<AlignedCell> cells_of(const Segments& segments, const Row& row, const Band& band) {
  std::vector<AlignedCell> cells;
  for (const std::uint32_t index : row.segments) {
    const Box& box = segments.all[index].box;
    const std::size_t from = column_of(band, box.x0);
    const std::size_t to = std::max(from, column_of(band, box.x1));
    if (!cells.empty() && cells.back().column + cells.back().column_span > from) {
      cells.back().segments.push_back(index);
      const std::size_t end =
          std::max<std::size_t>(cells.back().column + cells.back().column_span, to + 1);
      cells.back().column_span = static_cast<std::uint16_t>(end - cells.back().column);
      continue;
    }
    AlignedCell cell;
    cell.segments.push_back(index);
    cell.column = static_cast<std::uint16_t>(from);
    cell.column_span = static_cast<std::uint16_t>(to - from + 1);
    cells.push_back(std::move(cell));
  }
  return cells;
}

struct Pitch {
  float least = 0;
  std::uint32_t tight = 0;
  std::uint32_t loose = 0;
};

Pitch pitch_of(const std::vector<Row>& rows, const Band& band) {
  // Not the very least: rows may stand a little askew.
  std::vector<float> steps;
  for (std::uint32_t r = band.first + 1; r <= band.last; ++r) {
    steps.push_back(rows[r].baseline - rows[r - 1].baseline);
  }
  std::sort(steps.begin(), steps.end());
  Pitch pitch;
  pitch.least = steps.empty() ? 1e9F : steps[steps.size() / 5];
  for (std::uint32_t r = band.first + 1; r <= band.last; ++r) {
    const float step = rows[r].baseline - rows[r - 1].baseline;
    ++(step <= 1.25F * pitch.least ? pitch.tight : pitch.loose);
  }
  return pitch;
}

// Whether a row goes on with the cells of the one before: lines of a cell are closer to each other
// than rows are, or only some columns go on.
bool goes_on(const std::vector<AlignedCell>& cells, const std::vector<AlignedCell>& before,
             float step, float size, const Pitch& pitch, std::size_t columns) {
  if (cells.empty() || step > 1.25F * pitch.least || step > 1.45F * size) return false;
  const bool first_is_empty = cells.front().column != 0;
  const bool rows_are_apart = pitch.loose * 10 >= (pitch.loose + pitch.tight) * 3;
  // As many cells as the line above, in the same columns, are a row of their own.
  if (cells.size() >= 3 && cells.size() == before.size() &&
      std::equal(cells.begin(), cells.end(), before.begin(),
                 [](const AlignedCell& a, const AlignedCell& b) { return a.column == b.column; })) {
    return false;
  }
  if (rows_are_apart) return true;
  if (!first_is_empty) return false;
  return cells.size() * 2 <= columns && cells.size() <= before.size();
}

// Two gutters beside each other leave a column without text.
void drop_empty_columns(AlignedTable& table) {
  std::vector<bool> used(table.columns, false);
  for (const auto& row : table.rows) {
    for (const AlignedCell& cell : row) used[cell.column] = true;
  }
  std::vector<std::uint16_t> number(table.columns + 1, 0);
  for (std::size_t c = 0; c < table.columns; ++c) {
    number[c + 1] = static_cast<std::uint16_t>(number[c] + (used[c] ? 1 : 0));
  }
  for (auto& row : table.rows) {
    for (AlignedCell& cell : row) {
      const std::uint16_t end = number[cell.column + cell.column_span];
      cell.column = number[cell.column];
      cell.column_span = static_cast<std::uint16_t>(end - cell.column);
    }
  }
  table.columns = number.back();
}

}  // namespace

AlignedTable make_table(const Segments& segments, const std::vector<Row>& rows, const Band& band) {
  AlignedTable table;
  table.columns = static_cast<std::uint32_t>(band.gutters.size() + 1);
  const Pitch pitch = pitch_of(rows, band);
  for (std::uint32_t r = band.first; r <= band.last; ++r) {
    std::vector<AlignedCell> cells = cells_of(segments, rows[r], band);
    if (!table.rows.empty()) {
      const float step = rows[r].baseline - rows[r - 1].baseline;
      const float size = segments.all[rows[r].segments.front()].size;
      if (goes_on(cells, table.rows.back(), step, size, pitch, table.columns)) {
        for (AlignedCell& cell : cells) {
          auto& above = table.rows.back();
          const auto same = std::find_if(above.begin(), above.end(), [&](const AlignedCell& other) {
            return other.column <= cell.column && cell.column < other.column + other.column_span;
          });
          if (same == above.end()) {
            const auto place =
                std::find_if(above.begin(), above.end(),
                             [&](const AlignedCell& other) { return other.column > cell.column; });
            above.insert(place, std::move(cell));
          } else {
            same->segments.insert(same->segments.end(), cell.segments.begin(), cell.segments.end());
          }
        }
        continue;
      }
    }
    table.rows.push_back(std::move(cells));
  }
  drop_empty_columns(table);
  return table;
}

}  // namespace sluice::pdf
