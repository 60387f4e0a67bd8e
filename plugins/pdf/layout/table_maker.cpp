// SPDX-License-Identifier: Apache-2.0
#include "table_maker.hpp"

#include <algorithm>
#include <cmath>

#include "../page/unicode.hpp"
#include "evidence.hpp"
#include "spread_heads.hpp"

namespace sluice::pdf {
namespace {

constexpr float kSameLine = 2;      // points between baselines of one line
constexpr float kLeastColumn = 12;  // points; a column without text is at least as wide
// Parts of the font's size.
constexpr float kPadding = 0.6F;     // of a cell, on either side: Word's is 5.4 points
constexpr float kRoomBefore = 0.8F;  // a word that would have fitted: a blank, and half a size
constexpr std::uint32_t kCharsOfRest = 2;  // of a figure: as many as do not fit

std::size_t cell_at(const Grid& grid, const Box& box) {
  for (std::size_t i = 0; i < grid.cells.size(); ++i) {
    if (grid.cells[i].box.holds_center_of(box)) return i;
  }
  return grid.cells.size();
}

// Whether every one of `part` is among `all`.
bool are_among(const std::vector<float>& part, const std::vector<float>& all) {
  return std::all_of(part.begin(), part.end(), [&](float value) {
    return std::any_of(all.begin(), all.end(),
                       [&](float other) { return std::abs(other - value) < kSameLine; });
  });
}

std::vector<float> baselines_of(const Segments& cell) {
  std::vector<float> baselines;
  for (const Segment& segment : cell.all) {
    if (baselines.empty() || segment.baseline - baselines.back() > kSameLine)
      baselines.push_back(segment.baseline);
  }
  return baselines;
}

}  // namespace

std::optional<std::uint32_t> TableMaker::make_ruled(const Grid& grid,
                                                    std::vector<std::uint32_t>& chosen) {
  GridText text;
  text.inside.resize(grid.cells.size());
  text.cells.resize(grid.cells.size());
  std::vector<std::uint32_t> outside;
  for (const std::uint32_t index : chosen) {
    const Box& box = page_.words[index].box;
    const std::size_t cell = grid.box.holds_center_of(box) ? cell_at(grid, box) : grid.cells.size();
    if (cell == grid.cells.size()) {
      outside.push_back(index);
    } else {
      text.inside[cell].push_back(index);
      text.chars += page_.words[index].chars;
    }
  }
  for (std::size_t i = 0; i < grid.cells.size(); ++i) {
    if (text.inside[i].empty()) continue;
    make_segments(page_, text.inside[i], settings_, text.cells[i]);
    note_evidence(page_, faces_, text.cells[i]);
  }
  if (!is_table(grid, text)) return std::nullopt;
  chosen = std::move(outside);
  Grid parted = grid;
  part_spread_heads(page_, faces_, settings_, parted, text);
  return add_ruled(parted, text);
}

bool TableMaker::is_table(const Grid& grid, const GridText& text) const {
  const GridFacts facts = facts_of(grid, text);
  const auto rule = std::find_if(
      grid_rules().begin(), grid_rules().end(),
      [&](const GridRule& each) { return settings_.allows(each.name) && each.holds(facts); });
  const bool any = rule != grid_rules().end();
  settings_.note(grid.box, any ? rule->name : "no-rule", any ? "no table" : "ruled table");
  return !any;
}

// Empty rows and columns come from doubled rules and are left out.
std::uint32_t TableMaker::add_ruled(const Grid& grid, const GridText& text) {
  std::vector<std::uint16_t> column_number(grid.columns + 1, 0);
  std::vector<bool> has_text(grid.columns, false);
  std::vector<bool> row_has_text(grid.rows, false);
  for (std::size_t i = 0; i < grid.cells.size(); ++i) {
    if (text.inside[i].empty()) continue;
    has_text[grid.cells[i].column] = true;
    row_has_text[grid.cells[i].row] = true;
  }
  // A column without text stays if it is as wide as a column is.
  for (const GridCell& cell : grid.cells) {
    if (cell.column_span == 1 && cell.box.width() > kLeastColumn) has_text[cell.column] = true;
  }
  for (std::size_t c = 0; c < grid.columns; ++c) {
    column_number[c + 1] = static_cast<std::uint16_t>(column_number[c] + (has_text[c] ? 1 : 0));
  }
  Table table;
  table.columns = column_number[grid.columns];
  table.box = grid.box;
  std::size_t first = 0;
  for (std::uint32_t row = 0; row < grid.rows; ++row) {
    std::size_t end = first;
    while (end < grid.cells.size() && grid.cells[end].row == row) ++end;
    if (row_has_text[row]) add_ruled_row(grid, text, {first, end}, column_number, table);
    first = end;
  }
  turn_columns(table);
  story_.tables.push_back(std::move(table));
  return static_cast<std::uint32_t>(story_.tables.size()) - 1;
}

// One row of the grid; several rows of the table where nothing is ruled between lines that stand
// side by side in every cell.
void TableMaker::add_ruled_row(const Grid& grid, const GridText& text, CellRange range,
                               const std::vector<std::uint16_t>& column_number, Table& table) {
  const std::vector<float> baselines = shared_baselines(grid, range, text.cells);
  const std::size_t rows = std::max<std::size_t>(1, baselines.size());
  for (std::size_t line = 0; line < rows; ++line) {
    TableRow made;
    for (std::size_t i = range.first; i < range.end; ++i) {
      const GridCell& cell = grid.cells[i];
      const Segments& segments = text.cells[i];
      Cell out;
      out.column = column_number[cell.column];
      out.column_span =
          static_cast<std::uint16_t>(column_number[cell.column + cell.column_span] - out.column);
      out.row_span = rows == 1 ? cell.row_span : 1;
      if (out.column_span == 0) continue;
      out.first_line = static_cast<std::uint32_t>(story_.lines.size());
      std::vector<std::uint32_t> chosen;
      for (std::uint32_t s = 0; s < segments.all.size(); ++s) {
        const bool here =
            rows == 1 || std::abs(segments.all[s].baseline - baselines[line]) < kSameLine;
        if (here) chosen.push_back(s);
      }
      make_lines(segments, chosen, cell.box.width());
      out.lines = static_cast<std::uint32_t>(story_.lines.size()) - out.first_line;
      made.cells.push_back(out);
    }
    table.rows.push_back(std::move(made));
  }
}

// The baselines of the lines in a row's cells, if they are rows of their own: three cells or more
// have lines, two or more, and all the same ones; or every line of each cell stands beside one of
// the cell with the most, and one cell holds nothing but figures.
std::vector<float> TableMaker::shared_baselines(const Grid& grid, CellRange range,
                                                const std::vector<Segments>& cells) const {
  std::vector<std::vector<float>> all;
  for (std::size_t i = range.first; i < range.end; ++i) {
    if (cells[i].all.empty()) continue;
    if (grid.cells[i].row_span != 1) return {};
    all.push_back(baselines_of(cells[i]));
  }
  if (all.size() < 2) return {};
  const auto& most = *std::max_element(
      all.begin(), all.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
  if (most.size() < 2) return {};
  const bool among =
      std::all_of(all.begin(), all.end(), [&](const auto& own) { return are_among(own, most); });
  if (!among) return {};
  const bool equal = std::all_of(all.begin(), all.end(),
                                 [&](const auto& own) { return own.size() == most.size(); });
  if (equal && all.size() >= 3) return most;
  // Text beside text may break at the same lines by chance.
  return most.size() >= 3 && any_is_figures(range, cells) ? most : std::vector<float>();
}

// Whether a cell holds nothing but numbers, three lines of them at least.
bool TableMaker::any_is_figures(CellRange range, const std::vector<Segments>& cells) const {
  const auto at = [&](std::size_t i) { return cells.begin() + static_cast<std::ptrdiff_t>(i); };
  return std::any_of(at(range.first), at(range.end), [](const Segments& cell) {
    return baselines_of(cell).size() >= 3 &&
           std::all_of(cell.all.begin(), cell.all.end(), [](const Segment& segment) {
             return segment.is_figure || segment.is_currency;
           });
  });
}

std::uint32_t TableMaker::make_aligned(const Segments& segments, const AlignedTable& aligned) {
  std::vector<float> widths(aligned.columns, 0);
  for (const auto& row : aligned.rows) {
    for (const AlignedCell& cell : row) {
      if (cell.column_span > 1) continue;
      for (const std::uint32_t index : cell.segments)
        widths[cell.column] = std::max(widths[cell.column], segments.all[index].box.width());
    }
  }
  Table table;
  table.columns = aligned.columns;
  for (const auto& row : aligned.rows) {
    TableRow made;
    for (const AlignedCell& cell : row) {
      Cell out;
      out.column = cell.column;
      out.column_span = cell.column_span;
      out.first_line = static_cast<std::uint32_t>(story_.lines.size());
      const float padding = 2 * kPadding * segments.all[cell.segments.front()].size;
      make_lines(segments, cell.segments, cell.column_span > 1 ? 0 : widths[cell.column] + padding);
      out.lines = static_cast<std::uint32_t>(story_.lines.size()) - out.first_line;
      for (const std::uint32_t index : cell.segments) {
        const Box& box = segments.all[index].box;
        if (table.rows.empty() && made.cells.empty() && index == cell.segments.front())
          table.box = box;
        table.box.add(box);
      }
      made.cells.push_back(out);
    }
    table.rows.push_back(std::move(made));
  }
  turn_columns(table);
  story_.tables.push_back(std::move(table));
  return static_cast<std::uint32_t>(story_.tables.size()) - 1;
}

// "239.9" over "5", "28.1" over "%": a narrow cell breaks a figure where it has no more room.
bool TableMaker::is_rest_of_figure(const Segments& segments, const Segment& above,
                                   const Segment& rest) const {
  if (rest.words != 1 || rest.chars > kCharsOfRest || !above.is_figure) return false;
  const auto text_of = [&](std::uint32_t word) {
    return page_.text_of(page_.words[segments.words[word]]);
  };
  const std::string_view figure = text_of(above.first + above.words - 1);
  const std::size_t mark = figure.find_last_of(".,");
  return mark != std::string_view::npos &&
         figure.find_first_not_of("0123456789", mark + 1) == std::string_view::npos &&
         text_of(rest.first).find_first_not_of("0123456789%") == std::string_view::npos;
}

// Segments, row by row, as lines of a cell of that width; 0: not known. A line that could have held
// the first word of the next one was broken on purpose; so is the line before an item of a list.
void TableMaker::make_lines(const Segments& segments, const std::vector<std::uint32_t>& chosen,
                            float width) {
  if (chosen.empty()) return;
  Box ground = segments.all[chosen.front()].box;
  for (const std::uint32_t index : chosen) ground.add(segments.all[index].box);
  const std::int32_t column = story_.columns++;
  Box before;
  const Segment* above = nullptr;
  bool ended_bold = false;
  for (std::size_t i = 0; i < chosen.size();) {
    words_.clear();
    const Segment& first = segments.all[chosen[i]];
    const std::uint32_t row = first.row;
    Box box = first.box;
    const bool is_first = i == 0;
    for (; i < chosen.size() && segments.all[chosen[i]].row == row; ++i) {
      const Segment& segment = segments.all[chosen[i]];
      box.add(segment.box);
      for (std::uint32_t w = 0; w < segment.words; ++w)
        words_.push_back(segments.words[segment.first + w]);
    }
    const float needed =
        before.width() + (kRoomBefore + 2 * kPadding) * first.size + first.first_word;
    Line& line = story_.lines[lines_.make(words_)];
    line.column_x0 = ground.x0;
    line.column_x1 = ground.x1;
    line.column = column;
    line.turned = turned_;
    // "**Phone** 12 34" below "**Name** Jane": labels in bold begin lines of their own.
    const bool is_label = is_bold(words_.front()) && !ended_bold && !is_bold(words_.back());
    const bool had_room = !first.begins_lower && !first.begins_cjk && needed < width;
    line.glued_before = above != nullptr && is_rest_of_figure(segments, *above, first);
    line.broken_before =
        !is_first && !line.glued_before && (first.begins_item || is_label || had_room);
    before = box;
    above = &segments.all[chosen[i - 1]];
    ended_bold = is_bold(words_.back());
  }
}

// The columns of a table whose text runs against the page do so, too.
void TableMaker::turn_columns(Table& table) const {
  std::size_t against = 0;
  std::size_t cells = 0;
  for (const TableRow& row : table.rows) {
    for (const Cell& cell : row.cells) {
      if (cell.lines == 0) continue;
      const Line& line = story_.lines[cell.first_line];
      StrongLetters letters;
      letters.count(story_.text_of(line));
      if (letters.to_left + letters.to_right == 0) continue;
      ++cells;
      against += line.backwards ? 1 : 0;
    }
  }
  if (against * 2 <= cells) return;
  for (TableRow& row : table.rows) {
    std::reverse(row.cells.begin(), row.cells.end());
    for (Cell& cell : row.cells) {
      cell.column = static_cast<std::uint16_t>(table.columns - cell.column - cell.column_span);
    }
  }
}

}  // namespace sluice::pdf
