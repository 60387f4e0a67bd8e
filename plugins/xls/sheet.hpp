// SPDX-License-Identifier: Apache-2.0
//
// A sheet of a workbook ([MS-XLS] 2.1.7.20.5), as rows: what plugins/xlsx makes tables of.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "xls/conditional.hpp"
#include "xls/workbook.hpp"
#include "xlsx/comments.hpp"
#include "xlsx/sheet_links.hpp"
#include "xlsx/sheet_source.hpp"

namespace sluice::xls {

// What floats over a sheet.
struct Shape {
  xlsx::Place place;
  std::uint32_t picture = 0;  // its number in the workbook, from 1 on; 0: none
  std::string description;
  std::string text;
  bool is_comment = false;
};

// Goes through a sheet's records once, when it is made, and keeps where each cell stands.
class SheetRecords : public xlsx::SheetSource {
 public:
  // All must outlive it. Throws Failure(kCancelled).
  SheetRecords(Job& job, const Workbook& workbook, const Sheet& sheet,
               const xlsx::SheetLinks& sheets);

  void read(xlsx::SheetFacts& facts, const std::function<void(const xlsx::Row&)>& on_row) override;
  std::vector<xlsx::Area> tables() override { return {}; }
  std::vector<xlsx::ConditionalRule> rules() override { return conditional_.sorted(); }
  std::string url_of(const xlsx::Hyperlink& link) override;

  const std::vector<xlsx::Comment>& comments() const { return comments_; }
  // By place: top to bottom, left to right.
  const std::vector<Shape>& shapes() const { return shapes_; }
  std::size_t charts() const { return charts_; }

 private:
  struct CellPlace {
    std::uint16_t row;
    std::uint16_t column;
    std::uint16_t nth;  // in its record, which may hold several
    std::uint32_t offset;
  };
  struct Note {
    std::uint16_t row;
    std::uint16_t column;
    std::uint16_t object;
    std::string author;
  };

  void record(const Record& record);
  void add_cell(const Record& record);
  void add_row(const Record& record);
  void add_columns(const Record& record);
  void add_merges(const Record& record);
  void add_link(const Record& record);
  void add_print_margin(const Record& record);
  void add_note(const Record& record);
  void add_drawing(const Record& record);
  void add_object(const Record& record);
  void add_text(const Record& record);
  void finish_comments();
  bool fill_cell(const CellPlace& place, xlsx::Cell& cell) const;
  bool is_of_excel_2(const Record& record) const;
  void fill_style(const Record& record, Fields& fields, xlsx::Cell& cell) const;
  void fill_formula(const Record& record, Fields& fields, xlsx::Cell& cell) const;
  std::string text(Fields& fields) const;

  const Workbook& workbook_;
  const xlsx::SheetLinks& sheets_;
  std::vector<CellPlace> cells_;  // by row, then column
  std::vector<bool> hidden_rows_;
  xlsx::SheetFacts facts_;
  ConditionalRules conditional_;
  std::vector<Note> notes_;
  std::vector<xlsx::Comment> comments_;
  std::vector<Shape> shapes_;
  std::vector<std::uint16_t> object_ids_;  // of each shape
  std::size_t charts_ = 0;
  bool is_cut_off_ = false;
};

}  // namespace sluice::xls
