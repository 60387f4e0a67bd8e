// SPDX-License-Identifier: Apache-2.0
#include "aligned_tables.hpp"

#include <algorithm>
#include <optional>

#include "centred_rows.hpp"
#include "sections.hpp"
#include "table_rows.hpp"
#include "tight_columns.hpp"

namespace sluice::pdf {
namespace {

constexpr float kNowhere = 1e9F;
constexpr float kOverColumn = 0.4F;   // of the size: text over a column, not beside it
constexpr float kSameCell = 3;        // sizes; what a gap within a cell costs
constexpr float kCentredHead = 0.6F;  // of its size, from the middle of its columns
constexpr std::uint32_t kRowsOfSplit = 3;
constexpr int kMaxSplits = 12;
constexpr std::size_t kMaxSplitSegments = 20'000;  // of a page: each split looks at all of them
constexpr std::size_t kMaxGutters = 60;

// Whether text of the column stands on both sides of the gap without one of its own.
bool crosses(const Segment& segment, float x0, float x1) {
  return segment.box.x0 < x0 && segment.box.x1 > x1;
}

// Where rows of the column have a gap at one place, and few have text across it: rows that end
// before it or begin behind it say nothing ("Net" below "Pos Description").
std::optional<Gutter> find_split(const Segments& segments, const std::vector<Row>& rows,
                                 const Band& band, std::size_t column) {
  struct Edge {
    float x;
    int step;
  };
  std::vector<Edge> edges;
  std::vector<const Segment*> inside;
  for (std::uint32_t r = band.first; r <= band.last; ++r) {
    const Segment* before = nullptr;
    for (const std::uint32_t index : rows[r].segments) {
      const Segment& segment = segments.all[index];
      if (column_of(band, segment.box.center_x()) != column) continue;
      inside.push_back(&segment);
      if (before != nullptr && !before->is_marker && !before->is_sign &&
          segment.box.x0 > before->box.x1) {
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
  const auto across =
      static_cast<int>(std::count_if(inside.begin(), inside.end(), [&](const Segment* segment) {
        return crosses(*segment, gutter.x0, gutter.x1);
      }));
  if (most < static_cast<int>(kRowsOfSplit) || most * 10 < (most + across) * 6) return std::nullopt;
  gutter.first = band.first;
  gutter.last = band.last;
  return gutter;
}

// How many cells the row has: lines of one cell stand below each other.
std::size_t cells_in(const Segments& segments, const Row& row) {
  std::size_t cells = 0;
  float end = -kNowhere;
  for (const std::uint32_t index : row.segments) {
    const Box& box = segments.all[index].box;
    cells += box.x0 >= end ? 1 : 0;
    end = std::max(end, box.x1);
  }
  return cells;
}

// A head that stands beside its figures, with paper on both sides of it, looks like a column of its
// own. It is none where the heads are as many as the columns with text below them.
void join_heads(const Segments& segments, const std::vector<Row>& rows, Band& band) {
  std::vector<bool> has_body(band.gutters.size() + 1, false);
  const std::uint32_t body_row = body_of(segments, rows, band);
  if (body_row == band.first || body_row > band.last) return;
  for (std::uint32_t r = body_row; r <= band.last; ++r) {
    for (const std::uint32_t index : rows[r].segments)
      has_body[column_of(band, segments.all[index].box.center_x())] = true;
  }
  // The line of the head that names most columns; the first column often has no name.
  const Row* head = &rows[band.first];
  for (std::uint32_t r = band.first; r < body_row; ++r) {
    if (cells_in(segments, rows[r]) > cells_in(segments, *head)) head = &rows[r];
  }
  std::vector<bool> has_head(band.gutters.size() + 1, false);
  for (const std::uint32_t index : head->segments)
    has_head[column_of(band, segments.all[index].box.center_x())] = true;
  const auto body = static_cast<std::size_t>(std::count(has_body.begin(), has_body.end(), true));
  const std::size_t heads = cells_in(segments, *head);
  const bool names_first = has_head[0] || heads == body;
  if (heads != body - (has_body[0] && !names_first ? 1 : 0)) return;
  for (std::size_t column = has_body.size(); column-- > 0 && !band.gutters.empty();) {
    if (has_body[column]) continue;
    const bool last = column >= band.gutters.size();
    const bool is_near_left =
        last || (column > 0 && band.gutters[column - 1].width() < band.gutters[column].width());
    // A first column without a name has none to its right either. One that has its own takes no
    // other.
    const bool is_left_taken = column > 0 && has_head[column - 1];
    const bool is_right_taken = !last && has_head[column + 1];
    const bool is_nearer_left = is_left_taken == is_right_taken ? is_near_left : is_right_taken;
    const bool left = last || (column > 0 && is_nearer_left && (column > 1 || names_first));
    const std::size_t gutter = left ? column - 1 : column;
    band.gutters.erase(band.gutters.begin() + static_cast<std::ptrdiff_t>(gutter));
  }
}

// Where each column's text stands: of the segments that lie between the middles of its gutters.
std::vector<Box> boxes_of(const Segments& segments, const std::vector<Row>& rows,
                          const Band& band) {
  std::vector<Box> boxes(band.gutters.size() + 1, {kNowhere, 0, -kNowhere, 0});
  // A head may stand beside its column.
  const std::uint32_t body = body_of(segments, rows, band);
  const std::uint32_t first = body <= band.last ? body : band.first;
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

// What is placed in a column as one: a segment, or the lines of a cell in the middle of its row.
struct CellPiece {
  std::vector<std::uint32_t> segments;
  Box box;
  float size = 0;
};

// Lines of a cell in the middle of its row stand below each other; other cells stand beside it.
std::vector<CellPiece> pieces_of(const Segments& segments, const Row& row) {
  std::vector<CellPiece> pieces;
  const bool is_one_line =
      std::all_of(row.segments.begin(), row.segments.end(), [&](std::uint32_t index) {
        return segments.all[index].row == segments.all[row.segments.front()].row;
      });
  for (const std::uint32_t index : row.segments) {
    const Segment& segment = segments.all[index];
    if (!is_one_line && !pieces.empty() && segment.box.overlap_x(pieces.back().box) > 0) {
      pieces.back().segments.push_back(index);
      pieces.back().box.add(segment.box);
    } else {
      pieces.push_back({{index}, segment.box, segment.size});
    }
  }
  for (CellPiece& piece : pieces) {
    std::stable_sort(piece.segments.begin(), piece.segments.end(),
                     [&](std::uint32_t a, std::uint32_t b) {
                       return segments.all[a].row < segments.all[b].row;
                     });
  }
  return pieces;
}

// Which columns the pieces of a row belong to: in their order, at the least distance in all.
// Two pieces in one cell have a gap that a cell seldom has; "2021 2022" above right-aligned
// figures would else share the column that both stand beside.
std::vector<Place> places_of(const std::vector<CellPiece>& pieces, const std::vector<Box>& boxes) {
  const std::size_t columns = boxes.size();
  const std::size_t count = pieces.size();
  std::vector<std::vector<float>> cost(count, std::vector<float>(columns, kNowhere));
  std::vector<std::vector<std::size_t>> before(count, std::vector<std::size_t>(columns, 0));
  std::vector<Place> spans(count);
  for (std::size_t i = 0; i < count; ++i) {
    const CellPiece& piece = pieces[i];
    std::vector<std::size_t> over;
    for (std::size_t c = 0; c < columns; ++c) {
      if (piece.box.overlap_x(boxes[c]) > kOverColumn * piece.size) over.push_back(c);
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
                                 : std::max(0.0F, -piece.box.overlap_x(boxes[c]));
      float best = least;
      before[i][c] = least_at;
      if (i > 0 && cost[i - 1][c] + kSameCell * piece.size < best) {
        best = cost[i - 1][c] + kSameCell * piece.size;
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
  const std::vector<CellPiece> pieces = pieces_of(segments, row);
  const std::vector<Place> places = places_of(pieces, boxes);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const auto [from, to] = places[i];
    const std::vector<std::uint32_t>& own = pieces[i].segments;
    if (!cells.empty() && cells.back().column + cells.back().column_span > from) {
      cells.back().segments.insert(cells.back().segments.end(), own.begin(), own.end());
      const std::size_t end =
          std::max<std::size_t>(cells.back().column + cells.back().column_span, to + 1);
      cells.back().column_span = static_cast<std::uint16_t>(end - cells.back().column);
      continue;
    }
    AlignedCell cell;
    cell.segments = own;
    cell.column = static_cast<std::uint16_t>(from);
    cell.column_span = static_cast<std::uint16_t>(to - from + 1);
    cells.push_back(std::move(cell));
  }
  return cells;
}

// Whether the line of a head names each column but the first, whose labels need no name.
bool names_all_but_first(const Segments& segments, const Row& row, const std::vector<Box>& boxes) {
  return row.segments.size() >= 2 && row.segments.size() + 1 == boxes.size() &&
         cells_in(segments, row) == row.segments.size() &&
         segments.all[row.segments.front()].box.x0 > boxes.front().x1;
}

std::vector<AlignedCell> names_in_order(const Row& row) {
  std::vector<AlignedCell> cells;
  for (const std::uint32_t index : row.segments) {
    AlignedCell cell;
    cell.segments.push_back(index);
    cell.column = static_cast<std::uint16_t>(cells.size() + 1);
    cells.push_back(std::move(cell));
  }
  return cells;
}

// The columns under each head of the line, from the first or the second column on: each head is
// centred over its group, and the groups fill the table. Empty where this is not so.
std::vector<Place> groups_of(const Segments& segments, const std::vector<AlignedCell>& cells,
                             const std::vector<Box>& boxes, std::size_t first) {
  const std::size_t columns = boxes.size();
  const std::size_t heads = cells.size();
  if (heads == 0 || heads >= columns - first) return {};
  // The beginning of head h's group, if it ends before column c.
  constexpr std::size_t kNone = SIZE_MAX;
  std::vector<std::vector<std::size_t>> begin(heads + 1,
                                              std::vector<std::size_t>(columns + 1, kNone));
  begin[0][first] = first;
  for (std::size_t h = 0; h < heads; ++h) {
    const Segment& head = segments.all[cells[h].segments.front()];
    const Segment& last = segments.all[cells[h].segments.back()];
    const float middle = (head.box.x0 + last.box.x1) / 2;
    for (std::size_t from = first; from < columns; ++from) {
      if (begin[h][from] == kNone) continue;
      for (std::size_t to = from; to < columns; ++to) {
        const float center = (boxes[from].x0 + boxes[to].x1) / 2;
        if (std::abs(center - middle) < kCentredHead * head.size && begin[h + 1][to + 1] == kNone)
          begin[h + 1][to + 1] = from;
      }
    }
  }
  if (begin[heads][columns] == kNone) return {};
  std::vector<Place> groups(heads);
  for (std::size_t h = heads, end = columns; h > 0; --h) {
    groups[h - 1] = {begin[h][end], end - 1};
    end = begin[h][end];
  }
  return groups;
}

// "Male" and "Female", each over the columns "Total" and "Under 18 years".
void span_groups(const Segments& segments, const std::vector<Box>& boxes, TableLine& line) {
  for (std::size_t first = 0; first <= 1; ++first) {
    const std::vector<Place> groups = groups_of(segments, line.cells, boxes, first);
    for (std::size_t i = 0; i < groups.size(); ++i) {
      line.cells[i].column = static_cast<std::uint16_t>(groups[i].from);
      line.cells[i].column_span = static_cast<std::uint16_t>(groups[i].to - groups[i].from + 1);
    }
    if (!groups.empty()) return;
  }
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

// Whether all that stands in the column alone is currency signs; a head may stand over it and the
// figures to its right.
bool is_currency_column(const Segments& segments, const std::vector<TableLine>& lines,
                        std::size_t column) {
  bool any = false;
  for (const TableLine& line : lines) {
    for (const AlignedCell& cell : line.cells) {
      const std::size_t end = std::size_t{cell.column} + cell.column_span;
      if (cell.column > column || end <= column || end > column + 1) continue;
      if (cell.segments.size() != 1 || !segments.all[cell.segments.front()].is_currency)
        return false;
      any = true;
    }
  }
  return any;
}

// A column of currency signs belongs to the figures to its right.
void join_currency(const Segments& segments, std::vector<TableLine>& lines, std::size_t columns) {
  for (std::size_t column = 0; column + 1 < columns; ++column) {
    if (!is_currency_column(segments, lines, column)) continue;
    for (TableLine& line : lines) {
      for (std::size_t i = 0; i < line.cells.size(); ++i) {
        AlignedCell& cell = line.cells[i];
        if (cell.column != column) continue;
        ++cell.column;
        if (cell.column_span > 1) --cell.column_span;
        if (i + 1 == line.cells.size() || line.cells[i + 1].column != cell.column) continue;
        AlignedCell& figures = line.cells[i + 1];
        figures.segments.insert(figures.segments.begin(), cell.segments.begin(),
                                cell.segments.end());
        line.cells.erase(line.cells.begin() + static_cast<std::ptrdiff_t>(i));
      }
    }
  }
}

// Where labels stand over two rows ("Chronic fatigue" beside counts, "syndrome" beside shares),
// the second line belongs to the label above. Other rows without a label show that they do.
void join_labels(const Segments& segments, AlignedTable& table) {
  const auto has_label = [](const std::vector<AlignedCell>& row) {
    return !row.empty() && row.front().column == 0;
  };
  const auto without =
      std::count_if(table.rows.begin() + 1, table.rows.end(),
                    [&](const std::vector<AlignedCell>& row) { return !has_label(row); });
  const auto goes_on = [&](const std::vector<AlignedCell>& row) {
    return has_label(row) && segments.all[row.front().segments.front()].begins_lower;
  };
  const auto lower = std::count_if(table.rows.begin() + 1, table.rows.end(), goes_on);
  if (without == 0 || without < lower) return;
  for (std::size_t r = 2; r < table.rows.size(); ++r) {
    auto& row = table.rows[r];
    auto& above = table.rows[r - 1];
    if (!goes_on(row) || row.size() < 2 || !has_label(above) || goes_on(above)) continue;
    if (above.size() != row.size()) continue;
    above.front().segments.insert(above.front().segments.end(), row.front().segments.begin(),
                                  row.front().segments.end());
    row.erase(row.begin());
  }
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

AlignedTable make_table(Segments& segments, const std::vector<Row>& all_rows, Band band,
                        const RuleSettings& settings) {
  std::vector<Row> rows(all_rows.begin() + band.first, all_rows.begin() + band.last + 1);
  band.last -= band.first;
  band.first = 0;
  split_columns(segments, rows, band);
  part_tight_columns(segments, rows, band, settings);
  join_heads(segments, rows, band);
  const std::vector<Box> boxes = boxes_of(segments, rows, band);
  part_glued_heads(segments, rows, band, boxes, settings);
  AlignedTable table;
  table.columns = static_cast<std::uint32_t>(band.gutters.size() + 1);
  const std::uint32_t body = body_of(segments, rows, band);
  std::vector<TableLine> lines;
  for (std::uint32_t r = band.first; r <= band.last; ++r) {
    const bool in_order = r < body && names_all_but_first(segments, rows[r], boxes);
    lines.push_back({in_order ? names_in_order(rows[r]) : cells_of(segments, rows[r], boxes),
                     rows[r].baseline, segments.all[rows[r].segments.front()].size});
    if (r < body && settings.allows(kGroupedHeads)) span_groups(segments, boxes, lines.back());
  }
  join_currency(segments, lines, table.columns);
  table.rows = rows_of_lines(segments, std::move(lines), table.columns, settings);
  join_labels(segments, table);
  drop_empty_columns(table);
  return table;
}

}  // namespace sluice::pdf
