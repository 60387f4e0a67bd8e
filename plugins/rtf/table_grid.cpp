// SPDX-License-Identifier: Apache-2.0
#include "rtf/table_grid.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace sluice::rtf {
namespace {

// Edges that are nearer than this are the same: programs round to points or pixels row by row, and
// no column of 1.8 mm holds a word.
constexpr std::int32_t kSlack = 100;

struct Place {
  std::size_t row;
  std::size_t cell;
};

struct PlacedCell {
  std::int32_t left = 0;
  std::int32_t right = 0;
  std::uint32_t pieces = 1;  // cells of the row that it is made of
  CellEdge edge;
  Cell cell;
};
using PlacedRow = std::vector<PlacedCell>;

bool has_content(const std::vector<Block>& blocks) {
  return std::any_of(blocks.begin(), blocks.end(), [](const Block& block) {
    const auto* paragraph = std::get_if<Paragraph>(&block);
    return paragraph == nullptr || paragraph->has_content();
  });
}

Align align_of(const std::vector<Block>& blocks) {
  if (blocks.empty()) return Align::kNone;
  const auto* paragraph = std::get_if<Paragraph>(&blocks.front());
  return paragraph == nullptr ? Align::kNone : paragraph->format.align;
}

void append(std::vector<Block>& to, std::vector<Block> blocks) {
  to.insert(to.end(), std::make_move_iterator(blocks.begin()),
            std::make_move_iterator(blocks.end()));
}

// The cells of a row, those that were merged into the one on their left joined with it.
PlacedRow place(RawRow& row) {
  PlacedRow placed;
  std::int32_t left = row.shape.left;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const CellEdge edge = i < row.shape.edges.size() ? row.shape.edges[i] : CellEdge{};
    if (edge.merged && !placed.empty()) {
      placed.back().right = edge.right;
      ++placed.back().pieces;
      if (has_content(row.cells[i])) append(placed.back().cell.blocks, std::move(row.cells[i]));
    } else {
      PlacedCell cell;
      cell.left = left;
      cell.right = edge.right;
      cell.edge = edge;
      cell.cell.align = align_of(row.cells[i]);
      cell.cell.blocks = std::move(row.cells[i]);
      placed.push_back(std::move(cell));
    }
    left = edge.right;
  }
  return placed;
}

// Edges count only where rows have different numbers of cells, and every row has sound ones: many
// writers leave them out, or give all cells of a row the same.
bool needs_edges(const std::vector<RawRow>& rows, const std::vector<PlacedRow>& placed) {
  bool differ = false;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    differ = differ || placed[i].size() != placed.front().size();
    if (rows[i].shape.edges.size() < rows[i].cells.size()) return false;
    for (const PlacedCell& cell : placed[i]) {
      if (cell.right - kSlack <= cell.left) return false;
    }
  }
  return differ;
}

std::vector<std::int32_t> edges_of(const std::vector<PlacedRow>& rows) {
  std::vector<std::int32_t> all;
  for (const PlacedRow& row : rows) {
    for (const PlacedCell& cell : row) {
      all.push_back(cell.left);
      all.push_back(cell.right);
    }
  }
  std::sort(all.begin(), all.end());
  std::vector<std::int32_t> edges;
  for (const std::int32_t edge : all) {
    if (edges.empty() || edge > edges.back() + kSlack) edges.push_back(edge);
  }
  return edges;
}

std::uint32_t column_of(const std::vector<std::int32_t>& edges, std::int32_t position) {
  const auto after = std::upper_bound(edges.begin(), edges.end(), position);
  const auto index = static_cast<std::uint32_t>(after - edges.begin());
  return index == 0 ? 0 : index - 1;
}

}  // namespace

Table make_table(std::vector<RawRow> rows) {
  std::vector<PlacedRow> placed;
  placed.reserve(rows.size());
  for (RawRow& row : rows) placed.push_back(place(row));
  const bool by_edges = needs_edges(rows, placed);
  const std::vector<std::int32_t> edges = by_edges ? edges_of(placed) : std::vector<std::int32_t>();

  Table table;
  std::map<std::uint32_t, Place> above;  // by column, the cells that may go on below
  for (PlacedRow& row : placed) {
    Row made;
    std::uint32_t column = 0;
    if (by_edges && !row.empty()) made.before = column = column_of(edges, row.front().left);
    std::map<std::uint32_t, Place> open;
    for (PlacedCell& cell : row) {
      const std::uint32_t end = by_edges ? column_of(edges, cell.right) : column + cell.pieces;
      cell.cell.columns = std::max(1U, end > column ? end - column : 1U);
      const auto over = above.find(column);
      const Place here{table.rows.size(), made.cells.size()};
      if (cell.edge.goes_down && over != above.end() && !has_content(cell.cell.blocks)) {
        ++table.rows[over->second.row].cells[over->second.cell].rows;
        cell.cell.rows = 0;
        open.emplace(column, over->second);
      } else if (cell.edge.starts_down || cell.edge.goes_down) {
        open.emplace(column, here);
      }
      column += cell.cell.columns;
      made.cells.push_back(std::move(cell.cell));
    }
    above = std::move(open);
    table.rows.push_back(std::move(made));
  }
  return table;
}

}  // namespace sluice::rtf
