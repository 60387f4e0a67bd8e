// SPDX-License-Identifier: Apache-2.0
//
// Writes the regions of a sheet, row by row as they come: paragraphs and GFM tables.
#pragma once

#include <cstdint>
#include <map>
#include <sluice/markdown_writer.hpp>
#include <sluice/opc_images.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "xlsx/cell_text.hpp"
#include "xlsx/sheet_plan.hpp"
#include "xlsx/sheet_reader.hpp"
#include "xlsx/sheet_source.hpp"

namespace sluice::xlsx {

enum class Header : std::uint8_t { kFirstRow, kNone };
enum class MergedCells : std::uint8_t { kFirst, kFill };

// Where cells lead to.
class LinkIndex {
 public:
  LinkIndex() = default;
  LinkIndex(const std::vector<Hyperlink>& links, SheetSource& source);
  // The address, or empty.
  const std::string& url(std::uint32_t row, const ShownCell& cell) const;

 private:
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::string> by_place_;
  std::vector<std::pair<Area, std::string>> by_area_;
};

// What the cells of merged areas show: their first one's text.
class MergeFill {
 public:
  explicit MergeFill(std::vector<Area> merges);
  // Adds the cells that areas over this row give it in these columns. Rows come in their order.
  void fill(ShownRow& row, const std::vector<PlannedColumn>& columns);

 private:
  struct Active {
    Area area;
    ShownCell cell;
  };
  std::vector<Area> merges_;  // by first row
  std::size_t next_ = 0;
  std::vector<Active> active_;
};

class RegionWriter {
 public:
  // All must outlive it. `images`: those of cells; nullptr if they have none.
  RegionWriter(MarkdownWriter& out, OpcImages* images, const LinkIndex& links)
      : out_(out), images_(images), links_(links) {}

  // Cells of a row that are not of the region's columns are left out.
  void begin(const Region& region, Header header);
  void row(const ShownRow& row);
  void end();

 private:
  void write_paragraphs(const ShownRow& row);
  void write_row(const ShownRow& row);
  bool write_texts(const ShownRow& row);
  void write_content(std::uint32_t row, const ShownCell& cell);
  void begin_table();

  MarkdownWriter& out_;
  OpcImages* images_;
  const LinkIndex& links_;
  Header header_ = Header::kFirstRow;
  const Region* region_ = nullptr;
  std::uint64_t rows_ = 0;
  bool in_table_ = false;
  bool has_header_ = false;  // the table's first row, whose cells say how columns are aligned
  std::vector<std::string_view> texts_;  // of the row being written
};

}  // namespace sluice::xlsx
