// SPDX-License-Identifier: Apache-2.0
#include "grid_rules.hpp"

#include <algorithm>

namespace sluice::pdf {
namespace {

constexpr std::uint32_t kMaxCellChars = 500;  // mean of a table; columns of a frame hold more
constexpr std::size_t kWordsOfTable = 6;
constexpr std::uint32_t kPartsOfTable = 3;
constexpr float kFarFromLabel = 4;  // of the size; blanks before a figure in its cell are fewer
constexpr std::size_t kRowsOfFigures = 3;

const std::vector<GridRule> kGridRules = {
    {"few-cells",
     "fewer than three cells with text, one row, one column, or five empty cells for each with "
     "text: an underlined title, boxes around paragraphs, a drawing",
     [](const GridFacts& facts) {
       return facts.filled < 3 || facts.columns < 2 || facts.rows < 2 ||
              facts.filled * 6 < facts.cells;
     }},
    {"long-texts", "cells of five hundred characters in the mean: rules between columns of a page",
     [](const GridFacts& facts) { return facts.chars / facts.filled >= kMaxCellChars; }},
    {"frame",
     "most of the text is in cells that hold rows and columns themselves: the rules frame a page, "
     "the table inside is one without",
     [](const GridFacts& facts) { return facts.chars_in_rows * 2 > facts.chars; }},
    {"labels-with-figures",
     "in two rows, a cell over several columns holds a label and, far from it, its figures, which "
     "other rows have in cells of their own: fills and lines under sums make a grid that is not "
     "the table's",
     [](const GridFacts& facts) { return facts.labels_with_figures >= 2; }},
    {"figures-side-by-side",
     "three lines have two figures or more beside each other in one cell: only some of the columns "
     "are ruled, as in a statistical table with one rule behind its totals",
     [](const GridFacts& facts) { return facts.figure_rows >= kRowsOfFigures; }},
};

// Segments that stand beside others of their line.
std::uint32_t parted(const Segments& segments) {
  std::uint32_t count = 0;
  for (std::size_t i = 1; i < segments.all.size(); ++i)
    count += segments.all[i].row == segments.all[i - 1].row ? 1 : 0;
  return count;
}

void count_figures(const Segments& segments, bool is_wide, GridFacts& facts) {
  bool is_counted = false;
  for (std::size_t i = 1; i < segments.all.size(); ++i) {
    const Segment& before = segments.all[i - 1];
    const Segment& next = segments.all[i];
    if (before.row != next.row) {
      is_counted = false;
      continue;
    }
    if (!next.is_figure) continue;
    if (is_wide && !before.is_figure && next.box.x0 - before.box.x1 > kFarFromLabel * next.size)
      ++facts.labels_with_figures;
    if (before.is_figure && !is_counted) {
      ++facts.figure_rows;
      is_counted = true;
    }
  }
}

}  // namespace

const std::vector<GridRule>& grid_rules() {
  return kGridRules;
}

GridFacts facts_of(const Grid& grid, const GridText& text) {
  GridFacts facts;
  facts.cells = grid.cells.size();
  facts.chars = text.chars;
  std::vector<bool> columns(grid.columns, false);
  std::vector<bool> rows(grid.rows, false);
  for (std::size_t i = 0; i < grid.cells.size(); ++i) {
    if (text.inside[i].empty()) continue;
    ++facts.filled;
    columns[grid.cells[i].column] = true;
    rows[grid.cells[i].row] = true;
    const Segments& segments = text.cells[i];
    if (text.inside[i].size() >= kWordsOfTable && parted(segments) >= kPartsOfTable) {
      for (const Segment& segment : segments.all) facts.chars_in_rows += segment.chars;
    }
    count_figures(segments, grid.cells[i].column_span > 1, facts);
  }
  facts.columns = static_cast<std::size_t>(std::count(columns.begin(), columns.end(), true));
  facts.rows = static_cast<std::size_t>(std::count(rows.begin(), rows.end(), true));
  return facts;
}

}  // namespace sluice::pdf
