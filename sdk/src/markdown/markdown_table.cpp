// SPDX-License-Identifier: Apache-2.0
#include "markdown/markdown_table.hpp"

#include <algorithm>

namespace sluice::markdown {
namespace {

constexpr std::uint32_t kMaxColumnSpan = 1000;
constexpr std::uint32_t kMaxRowSpan = 65534;
constexpr std::size_t kMaxPadding = 64;  // wider tables are left ragged, as GFM allows

}  // namespace

bool TableGrid::afford(std::size_t bytes) {
  const std::uint64_t cost = bytes + 3;
  if (budget_ < cost) return false;
  budget_ -= cost;
  return true;
}

void TableGrid::begin_row() {
  rows_.emplace_back().reserve(std::min<std::size_t>(options_.columns, kMaxPadding));
  ++rows_begun_;
  fill_carried();
}

// Puts the cells from above that reach into the current row at its end.
void TableGrid::fill_carried() {
  auto& row = rows_.back();
  while (row.size() < carried_.size() && carried_[row.size()].rows > 0) {
    Carried& above = carried_[row.size()];
    if (!afford(above.content.text.size())) {
      above.rows = 0;
      break;
    }
    --above.rows;
    row.push_back(above.content);
  }
}

void TableGrid::add_cell(const CellOptions& options, Piece content) {
  if (rows_.empty()) return;
  budget_ += 4 * content.text.size() + 12;
  auto& row = rows_.back();
  if (options.column_span <= 1 && options.row_span <= 1 && rows_begun_ > 1 && carried_.empty()) {
    row.push_back(std::move(content));
    return;
  }
  const std::uint32_t columns = std::clamp(options.column_span, 1u, kMaxColumnSpan);
  const std::uint32_t below = std::clamp(options.row_span, 1u, kMaxRowSpan) - 1;
  const Piece filler = options_.spans == SpanFill::kRepeat ? content : Piece{};
  for (std::uint32_t i = 0; i < columns; ++i) {
    if (i > 0 && !afford(filler.text.size())) break;
    const std::size_t column = row.size();
    if (rows_begun_ == 1 && options.align != Align::kNone) {
      align_.resize(std::max(align_.size(), column + 1), Align::kNone);
      align_[column] = options.align;
    }
    row.push_back(i == 0 ? content : filler);
    if (below > 0) {
      if (carried_.size() <= column) carried_.resize(column + 1);
      carried_[column] = {below, filler};
    }
  }
  fill_carried();
}

void TableGrid::end_row() {
  if (rows_.empty()) return;
  auto& row = rows_.back();
  // What hangs down behind a short row.
  std::size_t last = carried_.size();
  while (last > row.size() && carried_[last - 1].rows == 0) --last;
  while (row.size() < last && afford(0)) {
    row.emplace_back();
    fill_carried();
  }
}

void TableGrid::move_lines(std::vector<Piece>& out) {
  std::size_t columns = options_.columns;
  if (columns == 0) {
    for (const auto& row : rows_) columns = std::max(columns, row.size());
  }
  for (const auto& row : rows_) {
    if (columns == 0) break;
    out.push_back(line_of(row, columns));
    if (!header_written_) out.push_back(delimiter_line(columns));
    header_written_ = true;
  }
  rows_.clear();
}

std::size_t TableGrid::places_of(std::size_t cells, std::size_t columns) const {
  const bool pad = !header_written_ || columns <= kMaxPadding;
  return pad ? columns : std::min(columns, std::max<std::size_t>(cells, 1));
}

std::size_t TableGrid::count_row(std::size_t cells, std::size_t bytes) {
  budget_ += 4 * bytes + 12 * cells;
  return places_of(cells, options_.columns);
}

Piece TableGrid::line_of(const std::vector<Piece>& row, std::size_t columns) const {
  Piece line;
  std::size_t size = 1 + 2 * columns;
  for (const Piece& cell : row) size += cell.text.size() + 3;
  line.text.reserve(size);
  line.text = "|";
  const std::size_t cells = places_of(row.size(), columns);
  for (std::size_t i = 0; i < cells; ++i) {
    line.text += ' ';
    if (i < row.size() && !row[i].text.empty()) {
      line.append(row[i]);
      line.text += ' ';
    }
    line.text += '|';
  }
  return line;
}

Piece TableGrid::delimiter_line(std::size_t columns) const {
  Piece line;
  line.text = "|";
  for (std::size_t i = 0; i < columns; ++i) {
    switch (i < align_.size() ? align_[i] : Align::kNone) {
      case Align::kNone:
        line.text += " --- |";
        break;
      case Align::kLeft:
        line.text += " :--- |";
        break;
      case Align::kCenter:
        line.text += " :---: |";
        break;
      case Align::kRight:
        line.text += " ---: |";
        break;
    }
  }
  return line;
}

}  // namespace sluice::markdown
