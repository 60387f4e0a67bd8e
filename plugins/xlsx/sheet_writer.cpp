// SPDX-License-Identifier: Apache-2.0
#include "xlsx/sheet_writer.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <span>
#include <utility>

namespace sluice::xlsx {
namespace {

// What a sheet may take in memory before it is read a second time instead.
constexpr std::size_t kMaxKept = std::size_t{24} << 20;

std::size_t cost_of(const ShownRow& row) {
  std::size_t bytes = sizeof(ShownRow);
  for (const ShownCell& cell : row.cells) {
    bytes += sizeof(ShownCell) + cell.text.size() + cell.formula.size() + cell.url.size();
  }
  return bytes;
}

// The cells of a row that are in these columns (sorted).
ShownRow within(const ShownRow& row, const std::vector<std::uint32_t>& columns) {
  ShownRow out;
  out.number = row.number;
  out.hidden_before = row.hidden_before;
  for (const ShownCell& cell : row.cells) {
    if (std::binary_search(columns.begin(), columns.end(), cell.column)) out.cells.push_back(cell);
  }
  return out;
}

bool has_content(const Cell& cell) {
  return !cell.value.empty();
}

}  // namespace

// Rules stand behind the cells: hence a reading of their own, in the few workbooks that need it.
void SheetWriter::read_conditional_formats(SheetSource& source) {
  const Styles& styles = text_.styles();
  ConditionalFormats formats(source.rules(), text_.strings(), [&styles](std::uint32_t format) {
    return styles.differential(format);
  });
  if (!formats.empty()) conditional_ = std::move(formats);
}

const NumberFormat* SheetWriter::conditional_format(const Row& row, const Cell& cell) const {
  return conditional_ ? conditional_->format(row, cell) : nullptr;
}

// Fills `out` with what shows of a row; false if that is nothing.
bool SheetWriter::show(const Row& row, ShownRow& out) {
  if (row.hidden && !options_.hidden_cells) {
    ++hidden_;
    if (std::any_of(row.cells.begin(), row.cells.end(), has_content)) ++hidden_rows_;
    return false;
  }
  out.number = row.number;
  out.hidden_before = hidden_;
  std::size_t used = 0;
  for (const Cell& cell : row.cells) {
    if (!options_.hidden_cells && facts_.column_hidden(cell.column)) {
      if (has_content(cell)) hidden_columns_.insert(cell.column);
      continue;
    }
    if (used == out.cells.size()) out.cells.emplace_back();
    text_.show(cell, out.cells[used], conditional_format(row, cell));
    if (!out.cells[used].is_blank()) ++used;
  }
  out.cells.resize(used);
  if (used > 0) hidden_ = 0;
  return used > 0;
}

std::string SheetWriter::read(SheetSource& source, const RowSink& sink) {
  constexpr std::uint64_t kBetweenChecks = 1000;
  ShownRow shown;
  std::uint64_t rows = 0;
  hidden_ = 0;
  hidden_rows_ = 0;
  hidden_columns_.clear();
  try {
    source.read(facts_, [&](const Row& row) {
      if (rows++ % kBetweenChecks == 0) job_.check_cancelled();
      if (show(row, shown)) sink(shown);
    });
  } catch (const Failure& failure) {
    if (failure.outcome() != Outcome::kMalformed) throw;
    return failure.what();
  }
  return {};
}

std::string SheetWriter::write(SheetSource& source) {
  has_table_ = false;
  conditional_.reset();
  const bool may_name_formats = text_.styles().has_differential();
  if (may_name_formats) read_conditional_formats(source);
  return write_shown(source, !may_name_formats);
}

// `is_first_look`: rules that bring formats of their own may be found, and change what was shown.
std::string SheetWriter::write_shown(SheetSource& source, bool is_first_look) {
  std::vector<Area> tables = source.tables();
  facts_ = {};
  std::vector<ShownRow> kept;
  std::size_t bytes = 0;
  bool streaming = false;
  bool sorted = true;
  PlanBuilder plan(tables);
  const std::string defect = read(source, [&](ShownRow& row) {
    if (streaming) return plan.add(row);
    bytes += cost_of(row);
    sorted = sorted && (kept.empty() || kept.back().number < row.number);
    kept.push_back(std::exchange(row, {}));
    if (bytes <= kMaxKept) return;
    streaming = true;
    for (const ShownRow& earlier : kept) plan.add(earlier);
    kept = {};
  });
  if (is_first_look && facts_.has_own_number_formats) {
    read_conditional_formats(source);
    if (conditional_) return write_shown(source, false);
  }
  links_ = LinkIndex(facts_.links, source);
  if (streaming) {
    write_streamed(source, plan.finish());
    return defect;
  }
  if (!sorted) {
    std::stable_sort(kept.begin(), kept.end(),
                     [](const ShownRow& a, const ShownRow& b) { return a.number < b.number; });
  }
  tables.insert(tables.end(), facts_.filters.begin(), facts_.filters.end());
  write_kept(kept, tables);
  return defect;
}

void SheetWriter::write_kept(std::vector<ShownRow>& rows, const std::vector<Area>& tables) {
  if (rows.empty()) return;
  begin_();
  MergeFill merges(filled_merges());
  RegionWriter writer(out_, images_, links_);
  PlanBuilder plan(tables);
  for (const ShownRow& row : rows) plan.add(row);
  auto row = rows.begin();
  const auto rows_of = [&](std::span<const Region> regions) {
    std::vector<ShownRow> its_rows;
    for (const Region& region : regions) {
      for (; row != rows.end() && row->number <= region.last_row; ++row) {
        merges.fill(*row, region.columns);
        its_rows.push_back(std::move(*row));
      }
    }
    return its_rows;
  };
  const std::vector<Region> regions = plan.finish();
  for (auto at = regions.begin(); at != regions.end();) {
    const auto end = std::find_if(at + 1, regions.end(), [](const auto& r) { return !r.follows; });
    std::span<const Region> part(at, end);
    auto groups = column_blocks(part, tables);
    if (groups.size() == 1) {
      part = part.first(1);
      groups = column_groups(part[0], tables);
    }
    at += static_cast<std::ptrdiff_t>(part.size());
    if (groups.size() == 1) {
      writer.begin(part[0], header_of(part[0]));
      for (const ShownRow& one : rows_of(part)) writer.row(one);
      writer.end();
    } else {
      write_groups(rows_of(part), groups, tables, writer);
    }
  }
}

// Tables side by side: each has a plan of its own.
void SheetWriter::write_groups(const std::vector<ShownRow>& rows,
                               const std::vector<std::vector<std::uint32_t>>& groups,
                               const std::vector<Area>& tables, RegionWriter& writer) {
  for (const auto& group : groups) {
    std::vector<ShownRow> part;
    for (const ShownRow& one : rows) {
      ShownRow cut = within(one, group);
      if (!cut.cells.empty()) part.push_back(std::move(cut));
    }
    std::vector<Area> its_tables;
    std::copy_if(tables.begin(), tables.end(), std::back_inserter(its_tables),
                 [&](const Area& table) {
                   return table.first.column <= group.back() && table.last.column >= group.front();
                 });
    has_table_ = true;  // beside it, whose header is none of these
    write_regions(part, its_tables, writer);
  }
}

// The first table of a sheet has its header in its first row. What follows may be more of it, or a
// block without one: a row of data is no header.
Header SheetWriter::header_of(const Region& region) {
  if (options_.header == Header::kNone || region.is_prose()) return options_.header;
  const bool is_first = !std::exchange(has_table_, true);
  return !is_first && region.starts_with_data ? Header::kNone : options_.header;
}

std::vector<Area> SheetWriter::filled_merges() const {
  return options_.merged == MergedCells::kFill ? facts_.merges : std::vector<Area>();
}

void SheetWriter::write_regions(const std::vector<ShownRow>& rows, const std::vector<Area>& tables,
                                RegionWriter& writer) {
  PlanBuilder plan(tables);
  for (const ShownRow& row : rows) plan.add(row);
  auto row = rows.begin();
  for (const Region& region : plan.finish()) {
    writer.begin(region, header_of(region));
    for (; row != rows.end() && row->number <= region.last_row; ++row) writer.row(*row);
    writer.end();
  }
}

void SheetWriter::write_streamed(SheetSource& source, const std::vector<Region>& regions) {
  begin_();
  RegionWriter writer(out_, images_, links_);
  MergeFill merges(filled_merges());
  std::size_t next = 0;
  bool open = false;
  // What ended the first reading ends this one at the same place.
  read(source, [&](ShownRow& row) {
    if (open && row.number > regions[next].last_row && next + 1 < regions.size()) {
      writer.end();
      open = false;
      ++next;
    }
    if (!open) {
      writer.begin(regions[next], header_of(regions[next]));
      open = true;
    }
    merges.fill(row, regions[next].columns);
    writer.row(row);
  });
  if (open) writer.end();
}

}  // namespace sluice::xlsx
