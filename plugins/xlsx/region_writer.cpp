// SPDX-License-Identifier: Apache-2.0
#include "xlsx/region_writer.hpp"

#include <algorithm>
#include <utility>

namespace sluice::xlsx {
namespace {

constexpr std::size_t kMaxAreas = 1'000;  // each is looked at for each cell

}  // namespace

LinkIndex::LinkIndex(const std::vector<Hyperlink>& links, SheetSource& source) {
  for (const Hyperlink& link : links) {
    const std::string url = source.url_of(link);
    if (url.empty()) continue;
    const Area& area = link.area;
    if (area.first.row == area.last.row && area.first.column == area.last.column) {
      by_place_.emplace(std::pair(area.first.row, area.first.column), url);
    } else if (by_area_.size() < kMaxAreas) {
      by_area_.emplace_back(area, url);
    }
  }
}

const std::string& LinkIndex::url(std::uint32_t row, const ShownCell& cell) const {
  const auto at = by_place_.find({row, cell.column});
  if (at != by_place_.end()) return at->second;
  for (const auto& [area, url] : by_area_) {
    if (area.contains(row, cell.column)) return url;
  }
  return cell.url;
}

MergeFill::MergeFill(std::vector<Area> merges) : merges_(std::move(merges)) {
  std::stable_sort(merges_.begin(), merges_.end(),
                   [](const Area& a, const Area& b) { return a.first.row < b.first.row; });
}

void MergeFill::fill(ShownRow& row, const std::vector<PlannedColumn>& columns) {
  std::erase_if(active_, [&](const Active& it) { return it.area.last.row < row.number; });
  const auto cell_at = [&row](std::uint32_t column) {
    return std::lower_bound(
        row.cells.begin(), row.cells.end(), column,
        [](const ShownCell& cell, std::uint32_t at) { return cell.column < at; });
  };
  for (; next_ < merges_.size() && merges_[next_].first.row <= row.number; ++next_) {
    const Area& area = merges_[next_];
    const auto at = cell_at(area.first.column);
    const bool first =
        area.first.row == row.number && at != row.cells.end() && at->column == area.first.column;
    if (first) active_.push_back({area, *at});
  }
  for (const Active& merge : active_) {
    for (const PlannedColumn& column : columns) {
      if (!merge.area.contains(row.number, column.column)) continue;
      const auto at = cell_at(column.column);
      if (at != row.cells.end() && at->column == column.column) continue;
      ShownCell cell = merge.cell;
      cell.column = column.column;
      row.cells.insert(at, std::move(cell));
    }
  }
}

void RegionWriter::begin(const Region& region, Header header) {
  region_ = &region;
  header_ = header;
  rows_ = 0;
  in_table_ = false;
}

void RegionWriter::end() {
  if (in_table_) out_.end_table();
  in_table_ = false;
  region_ = nullptr;
}

void RegionWriter::row(const ShownRow& row) {
  ++rows_;
  if (region_->is_prose() || rows_ <= region_->captions) {
    write_paragraphs(row);
    return;
  }
  if (!in_table_) begin_table();
  write_row(row);
}

void RegionWriter::write_content(std::uint32_t row, const ShownCell& cell) {
  if (cell.image != nullptr && images_ != nullptr) {
    if (const auto asset = images_->asset(cell.image->part)) {
      return out_.image(*asset, cell.image->text);
    }
  }
  const std::string& url = links_.url(row, cell);
  if (!url.empty()) out_.begin_link(url);
  out_.lines(cell.text);
  if (!url.empty()) out_.end_link();
  if (cell.formula.empty()) return;
  if (!cell.text.empty()) out_.text(" ");
  out_.code(cell.formula);
}

void RegionWriter::write_paragraphs(const ShownRow& row) {
  for (const ShownCell& cell : row.cells) {
    if (cell.is_blank()) continue;
    write_content(row.number, cell);
    out_.end_paragraph();
  }
}

void RegionWriter::begin_table() {
  in_table_ = true;
  has_header_ = false;
  TableOptions options;
  options.columns = static_cast<std::uint32_t>(region_->columns.size());
  out_.begin_table(options);
  if (header_ == Header::kNone) write_row({});
}

// Writes a row at once, if there is nothing in it but texts, as in most.
bool RegionWriter::write_texts(const ShownRow& row) {
  texts_.clear();
  auto cell = row.cells.begin();
  for (const PlannedColumn& column : region_->columns) {
    while (cell != row.cells.end() && cell->column < column.column) ++cell;
    if (cell == row.cells.end() || cell->column != column.column) {
      texts_.emplace_back();
      continue;
    }
    const bool is_text =
        cell->image == nullptr && cell->formula.empty() && links_.url(row.number, *cell).empty();
    if (!is_text) return false;
    texts_.push_back(cell->text);
  }
  out_.row(texts_);
  return true;
}

void RegionWriter::write_row(const ShownRow& row) {
  if (std::exchange(has_header_, true) && write_texts(row)) return;
  out_.begin_row();
  auto cell = row.cells.begin();
  for (const PlannedColumn& column : region_->columns) {
    while (cell != row.cells.end() && cell->column < column.column) ++cell;
    CellOptions options;
    if (column.number && !column.text) options.align = Align::kRight;
    out_.begin_cell(options);
    if (cell != row.cells.end() && cell->column == column.column) {
      write_content(row.number, *cell);
    }
    out_.end_cell();
  }
  out_.end_row();
}

}  // namespace sluice::xlsx
