// SPDX-License-Identifier: Apache-2.0
//
// The rows of one sheet as Markdown, with the tables and paragraphs that the plan of the XLSX
// library finds in them. A small sheet is kept; of a large one only the plan is, and its rows are
// read a second time.
#pragma once

#include <functional>
#include <sluice/markdown_writer.hpp>
#include <vector>

#include "xlsx/region_writer.hpp"
#include "xlsx/sheet_plan.hpp"

namespace sluice::odf {

class SheetLayout {
 public:
  SheetLayout(MarkdownWriter& out, xlsx::Header header, xlsx::MergedCells merged)
      : out_(out), header_(header), merged_(merged), plan_({}) {}

  // The next row. Rows come in their order.
  void add(xlsx::ShownRow& row);
  bool is_empty() const { return rows_.empty() && !is_large_; }
  // Writes all. `read_again` gives the same rows once more; it is called for a large sheet only.
  void write(const std::vector<xlsx::Area>& merges,
             const std::function<void(const std::function<void(xlsx::ShownRow&)>&)>& read_again);

 private:
  xlsx::Header header_of(const xlsx::Region& region);
  void write_kept(xlsx::MergeFill& fill);
  void write_part(const std::vector<xlsx::ShownRow>& rows, xlsx::RegionWriter& writer);

  MarkdownWriter& out_;
  xlsx::Header header_;
  xlsx::MergedCells merged_;
  std::vector<xlsx::ShownRow> rows_;
  std::size_t bytes_ = 0;
  bool is_large_ = false;
  bool has_table_ = false;
  xlsx::PlanBuilder plan_;
  xlsx::LinkIndex no_links_;  // cells have their own
};

}  // namespace sluice::odf
