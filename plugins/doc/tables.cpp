// SPDX-License-Identifier: Apache-2.0
#include "doc/tables.hpp"

#include <algorithm>

namespace sluice::doc {
namespace {

// Deeper than any document goes; what is deeper is part of the deepest.
constexpr std::size_t kMaxDepth = 16;
// Cells that end this close to each other (in twentieths of a point) end in one line: Word rounds.
constexpr std::int16_t kSameLine = 20;

// The lines where cells of any row end.
std::vector<std::int16_t> merged_lines(std::vector<std::int16_t> edges) {
  std::sort(edges.begin(), edges.end());
  std::vector<std::int16_t> lines;
  for (const std::int16_t edge : edges) {
    if (lines.empty() || edge - lines.back() > kSameLine) lines.push_back(edge);
  }
  return lines;
}

std::size_t line_of(const std::vector<std::int16_t>& grid, std::int16_t edge) {
  const auto after = std::upper_bound(grid.begin(), grid.end(), edge);
  return after == grid.begin() ? 0 : static_cast<std::size_t>(after - grid.begin()) - 1;
}

}  // namespace

std::string& Tables::place() {
  return open_.empty() ? out_ : open_.back().cell;
}

void Tables::close_to(std::size_t depth) {
  while (open_.size() > depth) {
    Table& table = open_.back();
    // A row that the text breaks off in.
    if (!table.cell.empty()) table.cells.push_back(std::move(table.cell));
    if (!table.cells.empty()) table.rows.push_back({.cells = std::move(table.cells), .shape = {}});
    const std::string xml = table_xml(table);
    open_.pop_back();
    place() += xml;
  }
}

void Tables::paragraph(const std::string& xml, const ParagraphLooks& looks, bool ends_cell) {
  const std::size_t depth = std::min<std::size_t>(looks.depth, kMaxDepth);
  close_to(depth);
  while (open_.size() < depth) open_.emplace_back();
  if (depth > 0 && (looks.ends_row || looks.ends_inner_row)) return end_row(looks);
  place() += xml;
  if (depth == 0) return;
  const bool ends = depth == 1 ? ends_cell : looks.ends_inner_cell;
  if (ends) open_.back().cells.push_back(std::move(open_.back().cell));
  if (ends) open_.back().cell.clear();
}

void Tables::end_row(const ParagraphLooks& looks) {
  Table& table = open_.back();
  if (!table.cell.empty()) table.cells.push_back(std::move(table.cell));
  table.cell.clear();
  if (table.cells.empty()) return;
  table.rows.push_back({std::move(table.cells), looks.shape, looks.is_header_row});
  table.cells.clear();
}

void Tables::append_row(std::string& out, const Row& row, const std::vector<std::int16_t>& grid) {
  using Merge = TableShape::Merge;
  const TableShape& shape = row.shape;
  const bool has_shape = shape.edges.size() > row.cells.size();
  out += "<w:tr>";
  if (row.is_header) out += "<w:trPr><w:tblHeader/></w:trPr>";
  const std::size_t before = has_shape ? line_of(grid, shape.edges.front()) : 0;
  if (before > 0) {
    out += "<w:trPr><w:gridBefore w:val=\"" + std::to_string(before) + "\"/></w:trPr>";
  }
  for (std::size_t i = 0; i < row.cells.size();) {
    std::size_t end = i + 1;
    // What is merged into a cell is empty.
    while (has_shape && shape.across[i] == Merge::kFirst && end < row.cells.size() &&
           shape.across[end] == Merge::kMore) {
      ++end;
    }
    out += "<w:tc><w:tcPr>";
    if (has_shape) {
      const std::size_t first = line_of(grid, shape.edges[i]);
      const std::size_t last = line_of(grid, shape.edges[end]);
      const std::size_t span = last > first ? last - first : 1;
      out += "<w:gridSpan w:val=\"" + std::to_string(span) + "\"/>";
      if (shape.down[i] == Merge::kFirst) out += "<w:vMerge w:val=\"restart\"/>";
      if (shape.down[i] == Merge::kMore) out += "<w:vMerge/>";
    }
    out += "</w:tcPr>" + row.cells[i] + "</w:tc>";
    i = end;
  }
  out += "</w:tr>";
}

std::string Tables::table_xml(const Table& table) {
  std::vector<std::int16_t> edges;
  for (const Row& row : table.rows) {
    edges.insert(edges.end(), row.shape.edges.begin(), row.shape.edges.end());
  }
  const std::vector<std::int16_t> grid = merged_lines(std::move(edges));
  std::string out = "<w:tbl>";
  for (const Row& row : table.rows) append_row(out, row, grid);
  return out + "</w:tbl>";
}

}  // namespace sluice::doc
