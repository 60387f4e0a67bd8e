// SPDX-License-Identifier: Apache-2.0
//
// One worksheet as Markdown. Small sheets are read once and kept; large ones are read twice, first
// for their plan, then to write their rows as they come.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <vector>

#include "xlsx/cell_text.hpp"
#include "xlsx/hidden_cells.hpp"
#include "xlsx/region_writer.hpp"

namespace sluice::xlsx {

struct SheetOptions {
  bool hidden_cells = false;
  MergedCells merged = MergedCells::kFirst;
  Header header = Header::kFirstRow;
};

class SheetWriter {
 public:
  // All must outlive it. `images`: those of cells; nullptr if they have none. `begin` is called
  // before the first thing is written.
  SheetWriter(Job& job, MarkdownWriter& out, OpcImages* images, CellText& text,
              const SheetOptions& options, std::function<void()> begin)
      : job_(job),
        out_(out),
        images_(images),
        text_(text),
        options_(options),
        begin_(std::move(begin)) {}

  // Writes the cells of a worksheet. Returns why it could not be read to its end, empty if
  // it could; what came before is written. Throws Failure for everything but kMalformed.
  std::string write(SheetSource& source);
  // Of the sheet written last.
  const std::vector<std::string>& print_margins() const { return facts_.print_margins; }
  HiddenCells left_out() const { return {hidden_rows_, hidden_columns_.size()}; }

 private:
  using RowSink = std::function<void(ShownRow&)>;

  std::string read(SheetSource& source, const RowSink& sink);
  std::string write_shown(SheetSource& source, bool is_first_look);
  void read_conditional_formats(SheetSource& source);
  const NumberFormat* conditional_format(const Row& row, const Cell& cell) const;
  bool show(const Row& row, ShownRow& out);
  std::vector<Area> filled_merges() const;
  Header header_of(const Region& region);
  void write_kept(std::vector<ShownRow>& rows, const std::vector<Area>& tables);
  void write_groups(const std::vector<ShownRow>& rows,
                    const std::vector<std::vector<std::uint32_t>>& groups,
                    const std::vector<Area>& tables, RegionWriter& writer);
  void write_regions(const std::vector<ShownRow>& rows, const std::vector<Area>& tables,
                     RegionWriter& writer);
  void write_streamed(SheetSource& source, const std::vector<Region>& regions);

  Job& job_;
  MarkdownWriter& out_;
  OpcImages* images_;
  CellText& text_;
  SheetOptions options_;
  std::function<void()> begin_;
  SheetFacts facts_;
  std::optional<ConditionalFormats> conditional_;  // if some change how numbers look
  LinkIndex links_;
  bool has_table_ = false;    // one was written of this sheet
  std::uint32_t hidden_ = 0;  // rows since the last one shown
  std::uint64_t hidden_rows_ = 0;
  std::set<std::uint32_t> hidden_columns_;  // with content
};

}  // namespace sluice::xlsx
