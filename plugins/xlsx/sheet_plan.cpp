// SPDX-License-Identifier: Apache-2.0
#include "xlsx/sheet_plan.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <utility>

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

bool is_year(std::string_view text) {
  return text.size() == 4 && text >= "1900" && text <= "2100";
}

// Whether a row has numbers that no header has: years, and numbers that count up, are names of
// columns.
bool is_data(const ShownRow& row) {
  std::size_t numbers = 0;
  bool count_up = true;
  bool are_years = true;
  long last = 0;
  for (const ShownCell& cell : row.cells) {
    if (!cell.is_number) continue;
    const long value = std::strtol(cell.text.c_str(), nullptr, 10);
    count_up =
        count_up && std::to_string(value) == cell.text && (numbers == 0 || value == last + 1);
    are_years = are_years && is_year(cell.text);
    last = value;
    ++numbers;
  }
  const bool are_names = are_years || (count_up && numbers >= 3);
  return numbers > 0 && numbers * 2 >= row.cells.size() && !are_names;
}

}  // namespace

PlanBuilder::PlanBuilder(const std::vector<Area>& tables) {
  for (const Area& table : tables) {
    starts_.push_back(table.first.row);
    starts_.push_back(table.last.row + 1);
  }
  std::sort(starts_.begin(), starts_.end());
}

// Blank rows between the region and `row`; those that are hidden do not count.
std::uint64_t PlanBuilder::gap_before(const ShownRow& row) const {
  const std::uint64_t next = std::uint64_t{regions_.back().last_row} + 1 + row.hidden_before;
  return row.number <= next ? 0 : row.number - next;
}

// Whether the row lies within the columns of the region.
bool PlanBuilder::is_under(const ShownRow& row) const {
  const auto& columns = regions_.back().columns;
  return row.cells.front().column >= columns.front().column &&
         row.cells.back().column <= columns.back().column;
}

bool PlanBuilder::begins_region(const ShownRow& row) const {
  if (regions_.empty()) return true;
  if (regions_.size() >= kMaxRegions) return false;
  const Region& region = regions_.back();
  const auto start = std::upper_bound(starts_.begin(), starts_.end(), region.last_row);
  if (start != starts_.end() && *start <= row.number) return true;
  const std::uint64_t gap = gap_before(row);
  if (gap == 0) return false;
  if (gap > kMaxGap || region.rows < 2 || region.columns.size() < 2) return true;
  if (!is_under(row) || row.cells.size() < 2) return true;
  const bool more_of_the_same =
      numbers_ ? has_number(row) : row.cells.size() >= region.columns.size();
  return !more_of_the_same;
}

bool PlanBuilder::may_name_group(const ShownRow& row) const {
  if (regions_.empty() || row.cells.size() != 1 || !numbers_ || captions_) return false;
  const Region& region = regions_.back();
  const ShownCell& cell = row.cells.front();
  const auto start = std::upper_bound(starts_.begin(), starts_.end(), region.last_row);
  const bool is_divided = start != starts_.end() && *start <= row.number;
  const std::uint64_t gap = gap_before(row);
  return !is_divided && gap > 0 && gap <= kMaxGap && region.rows >= region.captions + 2 &&
         region.columns.size() >= 2 && !cell.is_number && cell.text.size() <= kLongText &&
         cell.column == region.columns.front().column;
}

bool PlanBuilder::goes_on_below(const ShownRow& name, const ShownRow& row) const {
  const std::uint64_t next = std::uint64_t{name.number} + 1 + row.hidden_before;
  return row.number == next && row.cells.size() >= 2 && is_under(row) && has_number(row);
}

void PlanBuilder::widen_columns(const ShownRow& row) {
  Region& region = regions_.back();
  auto& columns = region.columns;
  const bool first = region.rows == region.captions + 1;
  std::size_t at = 0;
  for (const ShownCell& cell : row.cells) {
    while (at < columns.size() && columns[at].column < cell.column) ++at;
    if (at == columns.size() || columns[at].column != cell.column) {
      columns.insert(columns.begin() + static_cast<std::ptrdiff_t>(at), {.column = cell.column});
    }
    if (!first && !captions_) (cell.is_number ? columns[at].number : columns[at].text) = true;
    region.long_text = region.long_text || cell.text.size() > kLongText;
  }
}

void PlanBuilder::add(const ShownRow& row) {
  if (row.cells.empty()) return;
  if (name_) {
    const ShownRow name = *std::exchange(name_, std::nullopt);
    put(name, goes_on_below(name, row) ? Place::kSameRegion : Place::kNewRegion);
  }
  if (may_name_group(row)) {
    name_ = row;
  } else {
    put(row, begins_region(row) ? Place::kNewRegion : Place::kSameRegion);
  }
}

void PlanBuilder::put(const ShownRow& row, Place place) {
  if (place == Place::kNewRegion && regions_.size() < kMaxRegions) {
    const bool follows = !regions_.empty() && gap_before(row) == 0;
    regions_.emplace_back();
    regions_.back().follows = follows;
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
  if (!captions_ && region.rows == region.captions + 1) {
    region.starts_with_data = is_data(row);
  } else if (!captions_ && region.rows == region.captions + 2) {
    region.starts_with_data = region.starts_with_data && has_number(row);
  }
}

std::vector<Region> PlanBuilder::finish() {
  if (name_) put(*std::exchange(name_, std::nullopt), Place::kNewRegion);
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
  // Whether a table within these rows has all columns from the one to the other.
  const auto in_one_table = [&](std::uint32_t first, std::uint32_t last) {
    return std::any_of(tables.begin(), tables.end(), [&](const Area& table) {
      return table.first.row <= region.last_row && table.last.row >= region.first_row &&
             first >= table.first.column && last <= table.last.column;
    });
  };
  const auto& columns = region.columns;
  // Whether columns from `at` on, two at least without room between them, begin as tables do.
  const auto begins_block = [&](std::size_t at) {
    return columns[at].text && at + 1 < columns.size() &&
           columns[at + 1].column == columns[at].column + 1;
  };
  std::vector<std::vector<std::uint32_t>> groups(1);
  for (std::size_t at = 0; at < columns.size(); ++at) {
    const std::uint32_t column = columns[at].column;
    auto& group = groups.back();
    if (!group.empty()) {
      const std::uint32_t room = column - group.back() - 1;
      const std::uint32_t before = group.back();
      const bool is_one_table = room >= 1 && in_one_table(before, column);
      const bool is_edge = room >= 1 && !is_one_table &&
                           (in_one_table(before, before) || in_one_table(column, column));
      const bool is_block = group.size() >= 2 && begins_block(at) && !is_one_table;
      if (room >= kRoom || (room >= 1 && (is_edge || is_block))) groups.emplace_back();
    }
    groups.back().push_back(column);
  }
  return groups;
}

namespace {

// The rows and columns of several regions, as if they were one.
Region joined(std::span<const Region> regions) {
  std::map<std::uint32_t, PlannedColumn> columns;
  Region all;
  all.first_row = regions.front().first_row;
  for (const Region& region : regions) {
    all.last_row = std::max(all.last_row, region.last_row);
    for (const PlannedColumn& column : region.columns) {
      PlannedColumn& known = columns.try_emplace(column.column, column).first->second;
      known.number = known.number || column.number;
      known.text = known.text || column.text;
    }
  }
  for (const auto& [number, column] : columns) all.columns.push_back(column);
  return all;
}

// How many of the regions have cells in each group of columns.
std::vector<std::size_t> regions_in(const std::vector<std::vector<std::uint32_t>>& groups,
                                    std::span<const Region> regions) {
  std::vector<std::size_t> counts(groups.size());
  for (const Region& region : regions) {
    std::size_t at = 0;
    bool is_counted = false;
    for (const PlannedColumn& column : region.columns) {
      while (groups[at].back() < column.column) {
        ++at;
        is_counted = false;
      }
      if (!std::exchange(is_counted, true)) ++counts[at];
    }
  }
  return counts;
}

}  // namespace

std::vector<std::vector<std::uint32_t>> column_blocks(std::span<const Region> regions,
                                                      const std::vector<Area>& tables) {
  auto groups = column_groups(joined(regions), tables);
  const std::vector<std::size_t> counts = regions_in(groups, regions);
  // What stands beside one region alone, a date beside a title, is no block.
  const bool are_blocks =
      std::all_of(counts.begin(), counts.end(), [](std::size_t count) { return count >= 2; });
  if (!are_blocks) groups.resize(1);
  return groups;
}

}  // namespace sluice::xlsx
