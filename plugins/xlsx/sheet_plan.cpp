// SPDX-License-Identifier: Apache-2.0
#include "xlsx/sheet_plan.hpp"

#include <algorithm>

namespace sluice::xlsx {
namespace {

constexpr std::uint32_t kMaxGap = 2;  // blank rows within a table
constexpr std::uint32_t kRoom = 3;    // blank columns between tables
constexpr std::uint32_t kMaxCaptions = 4;
constexpr std::size_t kLongText = 100;  // bytes
constexpr std::size_t kMaxRegions = 20'000;

bool has_number(const ShownRow& row) {
  return std::any_of(row.cells.begin(), row.cells.end(),
                     [](const ShownCell& cell) { return cell.is_number; });
}

}  // namespace

PlanBuilder::PlanBuilder(const std::vector<Area>& tables) {
  for (const Area& table : tables) {
    starts_.push_back(table.first.row);
    starts_.push_back(table.last.row + 1);
  }
  std::sort(starts_.begin(), starts_.end());
}

bool PlanBuilder::begins_region(const ShownRow& row) const {
  if (regions_.empty()) return true;
  if (regions_.size() >= kMaxRegions) return false;
  const Region& region = regions_.back();
  const auto start = std::upper_bound(starts_.begin(), starts_.end(), region.last_row);
  if (start != starts_.end() && *start <= row.number) return true;
  const std::uint64_t next = std::uint64_t{region.last_row} + 1 + row.hidden_before;
  if (row.number <= next) return false;
  const std::uint64_t gap = row.number - next;
  if (gap > kMaxGap || region.rows < 2 || region.columns.size() < 2) return true;
  const bool under = row.cells.front().column >= region.columns.front().column &&
                     row.cells.back().column <= region.columns.back().column;
  if (!under || row.cells.size() < 2) return true;
  const bool more_of_the_same =
      numbers_ ? has_number(row) : row.cells.size() >= region.columns.size();
  return !more_of_the_same;
}

void PlanBuilder::widen_columns(const ShownRow& row) {
  Region& region = regions_.back();
  auto& columns = region.columns;
  const bool first = region.rows == region.captions + 1;
  std::size_t at = 0;
  for (const ShownCell& cell : row.cells) {
    while (at < columns.size() && columns[at].column < cell.column) ++at;
    if (at == columns.size() || columns[at].column != cell.column) {
      columns.insert(columns.begin() + static_cast<std::ptrdiff_t>(at),
                     {cell.column, false, false});
    }
    if (!first && !captions_) (cell.is_number ? columns[at].number : columns[at].text) = true;
    region.long_text = region.long_text || cell.text.size() > kLongText;
  }
}

void PlanBuilder::add(const ShownRow& row) {
  if (row.cells.empty()) return;
  if (begins_region(row)) {
    regions_.emplace_back();
    regions_.back().first_row = row.number;
    numbers_ = false;
    captions_ = true;
  }
  Region& region = regions_.back();
  ++region.rows;
  region.last_row = std::max(region.last_row, row.number);
  captions_ = captions_ && row.cells.size() == 1;
  if (captions_) ++region.captions;
  numbers_ = numbers_ || has_number(row);
  region.numbers = numbers_;
  widen_columns(row);
}

std::vector<Region> PlanBuilder::finish() {
  for (Region& region : regions_) {
    // Rows of one cell are titles only if there is a table for them to stand over.
    const bool few = region.captions <= kMaxCaptions && region.captions < region.rows;
    if (!few || region.columns.size() < 2) region.captions = 0;
  }
  // The same where a blank row parts them from the table.
  for (std::size_t i = 0; i + 1 < regions_.size(); ++i) {
    Region& region = regions_[i];
    const bool few = region.columns.size() == 1 && region.rows <= kMaxCaptions;
    if (few && !region.numbers && regions_[i + 1].columns.size() > 1) {
      region.captions = static_cast<std::uint32_t>(region.rows);
    }
  }
  return std::move(regions_);
}

std::vector<std::vector<std::uint32_t>> column_groups(const Region& region,
                                                      const std::vector<Area>& tables) {
  // The table that a column belongs to within these rows, or -1.
  const auto table_of = [&](std::uint32_t column) {
    for (std::size_t i = 0; i < tables.size(); ++i) {
      if (tables[i].first.row <= region.last_row && tables[i].last.row >= region.first_row &&
          column >= tables[i].first.column && column <= tables[i].last.column) {
        return static_cast<int>(i);
      }
    }
    return -1;
  };
  std::vector<std::vector<std::uint32_t>> groups(1);
  for (const PlannedColumn& column : region.columns) {
    auto& group = groups.back();
    if (!group.empty()) {
      const std::uint32_t room = column.column - group.back() - 1;
      const bool divided = table_of(column.column) != table_of(group.back());
      if (room >= kRoom || (room >= 1 && divided)) groups.emplace_back();
    }
    groups.back().push_back(column.column);
  }
  return groups;
}

}  // namespace sluice::xlsx
