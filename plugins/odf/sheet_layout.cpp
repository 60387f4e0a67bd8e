// SPDX-License-Identifier: Apache-2.0
#include "odf/sheet_layout.hpp"

#include <algorithm>
#include <utility>

namespace sluice::odf {
namespace {

constexpr std::size_t kMaxKept = std::size_t{24} << 20;

std::size_t cost_of(const xlsx::ShownRow& row) {
  std::size_t bytes = sizeof row;
  for (const xlsx::ShownCell& cell : row.cells) {
    bytes += sizeof cell + cell.text.size() + cell.formula.size() + cell.url.size();
  }
  return bytes;
}

}  // namespace

void SheetLayout::add(xlsx::ShownRow& row) {
  plan_.add(row);
  if (is_large_) return;
  bytes_ += cost_of(row);
  rows_.push_back(std::exchange(row, {}));
  if (bytes_ <= kMaxKept) return;
  is_large_ = true;
  rows_ = {};
}

// The first table of a sheet has its header in its first row. A row of data further down is none.
xlsx::Header SheetLayout::header_of(const xlsx::Region& region) {
  if (header_ == xlsx::Header::kNone || region.is_prose()) return header_;
  const bool is_first = !std::exchange(has_table_, true);
  return !is_first && region.starts_with_data ? xlsx::Header::kNone : header_;
}

void SheetLayout::write(
    const std::vector<xlsx::Area>& merges,
    const std::function<void(const std::function<void(xlsx::ShownRow&)>&)>& read_again) {
  xlsx::MergeFill fill(merged_ == xlsx::MergedCells::kFill ? merges : std::vector<xlsx::Area>());
  if (!is_large_) return write_kept(fill);
  const std::vector<xlsx::Region> regions = plan_.finish();
  xlsx::RegionWriter writer(out_, nullptr, no_links_);
  std::size_t next = 0;
  bool is_open = false;
  read_again([&](xlsx::ShownRow& row) {
    if (is_open && row.number > regions[next].last_row && next + 1 < regions.size()) {
      writer.end();
      is_open = false;
      ++next;
    }
    if (!std::exchange(is_open, true)) writer.begin(regions[next], header_of(regions[next]));
    fill.fill(row, regions[next].columns);
    writer.row(row);
  });
  if (is_open) writer.end();
}

void SheetLayout::write_kept(xlsx::MergeFill& fill) {
  xlsx::RegionWriter writer(out_, nullptr, no_links_);
  auto row = rows_.begin();
  for (const xlsx::Region& region : plan_.finish()) {
    std::vector<xlsx::ShownRow> its_rows;
    for (; row != rows_.end() && row->number <= region.last_row; ++row) {
      fill.fill(*row, region.columns);
      its_rows.push_back(std::move(*row));
    }
    const auto groups = xlsx::column_groups(region, {});
    if (groups.size() == 1) {
      writer.begin(region, header_of(region));
      for (const xlsx::ShownRow& one : its_rows) writer.row(one);
      writer.end();
      continue;
    }
    // Tables side by side: each has a plan of its own.
    for (const auto& columns : groups) {
      std::vector<xlsx::ShownRow> part;
      for (const xlsx::ShownRow& one : its_rows) {
        xlsx::ShownRow cut{one.number, one.hidden_before, {}};
        for (const xlsx::ShownCell& cell : one.cells) {
          if (std::binary_search(columns.begin(), columns.end(), cell.column)) {
            cut.cells.push_back(cell);
          }
        }
        if (!cut.cells.empty()) part.push_back(std::move(cut));
      }
      has_table_ = true;
      write_part(part, writer);
    }
  }
}

void SheetLayout::write_part(const std::vector<xlsx::ShownRow>& rows, xlsx::RegionWriter& writer) {
  xlsx::PlanBuilder plan({});
  for (const xlsx::ShownRow& row : rows) plan.add(row);
  auto row = rows.begin();
  for (const xlsx::Region& region : plan.finish()) {
    writer.begin(region, header_of(region));
    for (; row != rows.end() && row->number <= region.last_row; ++row) writer.row(*row);
    writer.end();
  }
}

}  // namespace sluice::odf
