// SPDX-License-Identifier: Apache-2.0
#include "aligned_tables.hpp"

#include <algorithm>
#include <optional>

namespace sluice::pdf {
namespace {

constexpr float kProseChars = 22;
constexpr float kProseFill = 0.7F;
constexpr float kJustifiedChars = 14;
constexpr float kFullWidth = 0.98F;
constexpr std::uint32_t kFewLines = 3;  // of prose, if they are full
constexpr float kFewLinesFill = 0.85F;
constexpr float kLabelChars = 18;
constexpr float kNowhere = 1e9F;
constexpr std::uint32_t kRowsWithHead = 2;  // rows below the first that tell its columns
constexpr float kOverColumn = 0.4F;         // of the size: text over a column, not beside it
constexpr float kSameCell = 3;              // sizes; what a gap within a cell costs
constexpr std::uint32_t kRowsOfSplit = 3;
constexpr int kMaxSplits = 12;
constexpr std::size_t kMaxSplitSegments = 20'000;  // of a page: each split looks at all of them
constexpr std::size_t kMaxGutters = 60;

std::size_t column_of(const Band& band, float x) {
  std::size_t column = 0;
  for (const Gutter& gutter : band.gutters) {
    if (x < (gutter.x0 + gutter.x1) / 2) break;
    ++column;
  }
  return column;
}

// A line of a column, its gaps included.
struct ColumnLine {
  Box box;
  float chars;
};

struct ColumnFacts {
  std::uint32_t pieces = 0;
  std::uint32_t items = 0;  // pieces that begin with a bullet
  float chars = 0;
  float width = 0;
  Box box;
  std::vector<ColumnLine> each;

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
    for (const ColumnLine& piece : each) {
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
  // Items of lists in two columns or more: lists side by side, not a table of them.
  bool has_lists() const {
    return std::count_if(columns.begin(), columns.end(), [](const ColumnFacts& column) {
             return column.items >= 2 && column.items * 2 >= column.pieces;
           }) >= 2;
  }
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
        of.items += segment.begins_item ? 1 : 0;
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
  if (facts.has_lists()) return Reading::kColumns;
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

// Where most rows with text in the column have a gap between two segments of it.
std::optional<Gutter> find_split(const Segments& segments, const std::vector<Row>& rows,
                                 const Band& band, std::size_t column) {
  struct Edge {
    float x;
    int step;
  };
  std::vector<Edge> edges;
  std::uint32_t occupied = 0;
  for (std::uint32_t r = band.first; r <= band.last; ++r) {
    const Segment* before = nullptr;
    for (const std::uint32_t index : rows[r].segments) {
      const Segment& segment = segments.all[index];
      if (column_of(band, segment.box.center_x()) != column) continue;
      if (before == nullptr) {
        ++occupied;
      } else if (!before->is_marker && !before->is_sign && segment.box.x0 > before->box.x1) {
        edges.push_back({before->box.x1, 1});
        edges.push_back({segment.box.x0, -1});
      }
      before = &segment;
    }
  }
  if (edges.size() < 2 * kRowsOfSplit) return std::nullopt;
  std::sort(edges.begin(), edges.end(),
            [](const Edge& a, const Edge& b) { return a.x != b.x ? a.x < b.x : a.step < b.step; });
  int open = 0;
  int most = 0;
  Gutter gutter;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    open += edges[i].step;
    if (open <= most) continue;
    most = open;
    gutter.x0 = edges[i].x;
    gutter.x1 = edges[i + 1].x;
  }
  if (most < static_cast<int>(kRowsOfSplit) || most * 10 < static_cast<int>(occupied) * 6)
    return std::nullopt;
  gutter.first = band.first;
  gutter.last = band.last;
  return gutter;
}

// A head that stands beside its figures, with paper on both sides of it, looks like a column of its
// own. It is none where the heads are as many as the columns with text below them.
void join_heads(const Segments& segments, const std::vector<Row>& rows, Band& band) {
  std::vector<bool> has_body(band.gutters.size() + 1, false);
  for (std::uint32_t r = band.first + 1; r <= band.last; ++r) {
    for (const std::uint32_t index : rows[r].segments)
      has_body[column_of(band, segments.all[index].box.center_x())] = true;
  }
  const auto body = std::count(has_body.begin(), has_body.end(), true);
  if (static_cast<std::size_t>(body) != rows[band.first].segments.size()) return;
  for (std::size_t column = has_body.size(); column-- > 0 && !band.gutters.empty();) {
    if (has_body[column]) continue;
    const bool last = column >= band.gutters.size();
    const bool left =
        last || (column > 0 && band.gutters[column - 1].width() < band.gutters[column].width());
    const std::size_t gutter = left ? column - 1 : column;
    band.gutters.erase(band.gutters.begin() + static_cast<std::ptrdiff_t>(gutter));
  }
}

// Where each column's text stands: of the segments that lie between the middles of its gutters.
std::vector<Box> boxes_of(const Segments& segments, const std::vector<Row>& rows,
                          const Band& band) {
  std::vector<Box> boxes(band.gutters.size() + 1, {kNowhere, 0, -kNowhere, 0});
  // The first row is the head as a rule, which may stand beside its column.
  const std::uint32_t first = band.first + (band.last - band.first >= kRowsWithHead ? 1 : 0);
  for (std::uint32_t r = first; r <= band.last; ++r) {
    for (const std::uint32_t index : rows[r].segments) {
      const Box& box = segments.all[index].box;
      const std::size_t column = column_of(band, box.x0);
      if (column_of(band, box.x1) != column) continue;
      boxes[column].x0 = std::min(boxes[column].x0, box.x0);
      boxes[column].x1 = std::max(boxes[column].x1, box.x1);
    }
  }
  for (std::size_t c = 0; c < boxes.size(); ++c) {
    if (boxes[c].x0 <= boxes[c].x1) continue;
    boxes[c].x0 = c > 0 ? band.gutters[c - 1].x1 : band.gutters[c].x0 - 1;
    boxes[c].x1 = c < band.gutters.size() ? band.gutters[c].x0 : boxes[c].x0 + 1;
  }
  return boxes;
}

struct Place {
  std::size_t from = 0;  // columns, both inclusive
  std::size_t to = 0;
};

// Which columns the segments of a row belong to: in their order, at the least distance in all.
// Two segments in one cell have a gap that a cell seldom has; "2021 2022" above right-aligned
// figures would else share the column that both stand beside.
std::vector<Place> places_of(const Segments& segments, const Row& row,
                             const std::vector<Box>& boxes) {
  const std::size_t columns = boxes.size();
  const std::size_t count = row.segments.size();
  std::vector<std::vector<float>> cost(count, std::vector<float>(columns, kNowhere));
  std::vector<std::vector<std::size_t>> before(count, std::vector<std::size_t>(columns, 0));
  std::vector<Place> spans(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Segment& segment = segments.all[row.segments[i]];
    std::vector<std::size_t> over;
    for (std::size_t c = 0; c < columns; ++c) {
      if (segment.box.overlap_x(boxes[c]) > kOverColumn * segment.size) over.push_back(c);
    }
    if (over.size() > 1) spans[i] = {over.front(), over.back()};
    const bool is_span = over.size() > 1;
    // The least cost of what is before, with its last column left of each.
    float least = i == 0 ? 0 : kNowhere;
    std::size_t least_at = 0;
    for (std::size_t c = 0; c < columns; ++c) {
      if (i > 0 && c > 0 && cost[i - 1][c - 1] < least) {
        least = cost[i - 1][c - 1];
        least_at = c - 1;
      }
      const float here = is_span ? (c == spans[i].from ? 0 : kNowhere)
                                 : std::max(0.0F, -segment.box.overlap_x(boxes[c]));
      float best = least;
      before[i][c] = least_at;
      if (i > 0 && cost[i - 1][c] + kSameCell * segment.size < best) {
        best = cost[i - 1][c] + kSameCell * segment.size;
        before[i][c] = c;
      }
      cost[i][c] = std::min(kNowhere, best + here);
    }
  }
  std::vector<Place> places(count);
  const auto& last = cost.back();
  auto column = static_cast<std::size_t>(std::min_element(last.begin(), last.end()) - last.begin());
  for (std::size_t i = count; i-- > 0;) {
    places[i] = {column, std::max(column, spans[i].to > spans[i].from ? spans[i].to : column)};
    column = before[i][column];
  }
  return places;
}

std::vector<AlignedCell> cells_of(const Segments& segments, const Row& row,
                                  const std::vector<Box>& boxes) {
  std::vector<AlignedCell> cells;
  const std::vector<Place> places = places_of(segments, row, boxes);
  for (std::size_t i = 0; i < row.segments.size(); ++i) {
    const auto [from, to] = places[i];
    if (!cells.empty() && cells.back().column + cells.back().column_span > from) {
      cells.back().segments.push_back(row.segments[i]);
      const std::size_t end =
          std::max<std::size_t>(cells.back().column + cells.back().column_span, to + 1);
      cells.back().column_span = static_cast<std::uint16_t>(end - cells.back().column);
      continue;
    }
    AlignedCell cell;
    cell.segments.push_back(row.segments[i]);
    cell.column = static_cast<std::uint16_t>(from);
    cell.column_span = static_cast<std::uint16_t>(to - from + 1);
    cells.push_back(std::move(cell));
  }
  return cells;
}

// A gap that most rows of a column have at one place parts it, though a long cell crosses it.
void split_columns(const Segments& segments, const std::vector<Row>& rows, Band& band) {
  if (segments.all.size() > kMaxSplitSegments) return;
  for (int round = 0; round < kMaxSplits && band.gutters.size() < kMaxGutters; ++round) {
    bool any = false;
    const std::size_t columns = band.gutters.size() + 1;
    for (std::size_t column = 0; column < columns && !any; ++column) {
      const auto gutter = find_split(segments, rows, band, column);
      if (!gutter) continue;
      band.gutters.insert(band.gutters.begin() + static_cast<std::ptrdiff_t>(column), *gutter);
      any = true;
    }
    if (!any) return;
  }
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

AlignedTable make_table(const Segments& segments, const std::vector<Row>& rows, Band band) {
  split_columns(segments, rows, band);
  join_heads(segments, rows, band);
  const std::vector<Box> boxes = boxes_of(segments, rows, band);
  AlignedTable table;
  table.columns = static_cast<std::uint32_t>(band.gutters.size() + 1);
  const Pitch pitch = pitch_of(rows, band);
  for (std::uint32_t r = band.first; r <= band.last; ++r) {
    std::vector<AlignedCell> cells = cells_of(segments, rows[r], boxes);
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
