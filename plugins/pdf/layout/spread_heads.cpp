// SPDX-License-Identifier: Apache-2.0
#include "spread_heads.hpp"

#include <algorithm>
#include <cmath>

#include "../shared_measures.hpp"
#include "evidence.hpp"

namespace sluice::pdf {
namespace {

constexpr float kOverItsColumns = 1;  // of the size, from the middle of its columns

// Where each column of the grid is, by the cells that are in it alone.
std::vector<Box> columns_of(const Grid& grid) {
  std::vector<Box> columns(grid.columns);
  for (const GridCell& cell : grid.cells) {
    if (cell.column_span == 1) columns[cell.column] = cell.box;
  }
  return columns;
}

// As many columns for each name, if each is in the middle of its own; 0 if not.
std::size_t columns_of_each(const GridCell& cell, const Segments& names,
                            const std::vector<Box>& columns) {
  const std::size_t count = names.all.size();
  if (count < 2 || cell.column_span % count != 0) return 0;
  const std::size_t each = cell.column_span / count;
  for (std::size_t i = 0; i < count; ++i) {
    const Segment& name = names.all[i];
    const Box& first = columns[cell.column + i * each];
    const Box& last = columns[cell.column + (i + 1) * each - 1];
    if (first.width() <= 0 || last.width() <= 0 || name.row != names.all.front().row) return 0;
    const float middle = (first.x0 + last.x1) / 2;
    if (std::abs(name.box.center_x() - middle) > kOverItsColumns * name.size) return 0;
    if (i > 0 && name.box.x0 - names.all[i - 1].box.x1 < kSetApart * name.size) return 0;
  }
  return each;
}

}  // namespace

void part_spread_heads(const PageContent& page, const std::vector<Face>& faces,
                       const RuleSettings& settings, Grid& grid, GridText& text) {
  if (!settings.allows(kSpreadHeads)) return;
  const std::vector<Box> columns = columns_of(grid);
  Grid parted = grid;
  GridText parts;
  parts.chars = text.chars;
  parted.cells.clear();
  for (std::size_t i = 0; i < grid.cells.size(); ++i) {
    const GridCell& cell = grid.cells[i];
    const Segments& names = text.cells[i];
    const std::size_t each = columns_of_each(cell, names, columns);
    if (each == 0) {
      parted.cells.push_back(cell);
      parts.inside.push_back(std::move(text.inside[i]));
      parts.cells.push_back(std::move(text.cells[i]));
      continue;
    }
    settings.note(cell.box, kSpreadHeads, "parted");
    for (std::size_t n = 0; n < names.all.size(); ++n) {
      GridCell part = cell;
      part.column = static_cast<std::uint16_t>(cell.column + n * each);
      part.column_span = static_cast<std::uint16_t>(each);
      part.box.x0 = columns[part.column].x0;
      part.box.x1 = columns[part.column + each - 1].x1;
      const auto first = names.words.begin() + names.all[n].first;
      parted.cells.push_back(part);
      parts.inside.emplace_back(first, first + names.all[n].words);
      parts.cells.emplace_back();
      make_segments(page, parts.inside.back(), settings, parts.cells.back());
      note_evidence(page, faces, parts.cells.back());
    }
  }
  grid = std::move(parted);
  text = std::move(parts);
}

}  // namespace sluice::pdf
