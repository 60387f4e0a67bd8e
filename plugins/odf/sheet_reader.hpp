// SPDX-License-Identifier: Apache-2.0
//
// The sheets of a spreadsheet, read as a stream (ODF 1.3, part 3, 9): holds one row at a time. What
// a cell shows stands in its paragraphs, as the program that wrote it formatted it.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <sluice/plugin.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "odf/controls.hpp"
#include "odf/document.hpp"
#include "odf/margin_words.hpp"
#include "xlsx/cell_text.hpp"
#include "xlsx/hidden_cells.hpp"
#include "xlsx/reference.hpp"

namespace sluice::odf {

struct SheetOptions {
  bool hidden_sheets = false;
  bool hidden_cells = false;
  bool iso_dates = false;
  bool comments = false;
  xlsx::Formulas formulas = xlsx::Formulas::kValues;
};

struct SheetComment {
  std::string place;
  std::string author;
  std::string text;
};

// What a sheet has besides its rows.
struct SheetFacts {
  std::string name;
  std::vector<xlsx::Area> merges;
  std::vector<std::string> pictures;  // references to files of the package
  std::vector<std::string> objects;   // the same: charts, formulas, other documents
  std::vector<std::string> texts;     // of boxes and shapes
  std::vector<SheetComment> comments;
  std::vector<std::string> ole_objects;  // the same: files of other programs
  std::size_t objects_left = 0;          // within a flat file
  bool is_cut = false;                   // repeated cells came to more than a sheet has
};

class SheetReader : public XmlHandler {
 public:
  // Gets the rows of a sheet in their order; blank cells are left out, and so are blank rows.
  using RowSink = std::function<void(xlsx::ShownRow&)>;
  // Called where a sheet begins, with its number from 0 on: returns where its rows go; nothing to
  // pass the sheet over.
  using Begin = std::function<RowSink(std::size_t sheet)>;
  using End = std::function<void(std::size_t sheet, SheetFacts& facts)>;

  // All must outlive it.
  SheetReader(const SheetOptions& options, Begin begin, End end)
      : options_(options), begin_(std::move(begin)), end_(std::move(end)) {}

  void start_element(std::string_view name, const XmlAttributes& attributes) override;
  void end_element(std::string_view name) override;
  void text(std::string_view piece) override;

  // Of the page styles that stand before the sheets.
  const MarginWords& print_margins() const { return margins_; }
  std::size_t hidden_sheets() const { return hidden_sheets_; }
  // Of the sheets that are shown.
  const xlsx::HiddenCells& hidden_cells() const { return hidden_cells_; }
  // The element in the body, if it is none of a spreadsheet; for a message.
  const std::string& other_body() const { return other_body_; }

 private:
  enum class Place : std::uint8_t { kOutside, kSheet, kRow, kCell };

  void start_sheet(const XmlAttributes& attributes);
  void start_column(const XmlAttributes& attributes);
  void start_row(const XmlAttributes& attributes);
  void start_cell(const XmlAttributes& attributes, bool is_covered);
  void start_in_cell(std::string_view name, const XmlAttributes& attributes);
  void start_drawing(std::string_view name, const XmlAttributes& attributes);
  void end_cell();
  void end_row();
  void end_sheet();
  void add_value();
  bool is_hidden(std::uint32_t column) const;

  const SheetOptions& options_;
  Begin begin_;
  End end_;
  Place place_ = Place::kOutside;
  unsigned skipped_ = 0;  // elements open whose content is not read
  unsigned drawing_ = 0;  // elements open of shapes
  unsigned forms_ = 0;    // elements open of forms
  Controls controls_;
  std::string table_style_;
  std::set<std::string, std::less<>> hidden_styles_;
  std::size_t sheet_ = 0;
  std::size_t hidden_sheets_ = 0;
  xlsx::HiddenCells hidden_cells_;
  std::set<std::uint32_t> left_columns_;  // hidden ones of this sheet that have content
  std::string other_body_;
  MarginWords margins_;
  bool is_in_body_ = false;

  RowSink sink_;
  SheetFacts facts_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> hidden_columns_;  // first, last
  std::uint32_t columns_ = 0;
  xlsx::ShownRow row_;
  std::uint32_t next_row_ = 1;
  std::uint32_t row_repeated_ = 1;
  bool row_hidden_ = false;
  bool row_has_content_ = false;
  std::uint32_t hidden_before_ = 0;
  std::uint64_t repeated_cells_ = 0;

  std::uint32_t next_column_ = 1;
  std::uint32_t cell_repeated_ = 1;
  bool cell_covered_ = false;
  xlsx::ShownCell cell_;
  std::string type_;
  std::string value_;  // office:value, office:date-value and the like
  unsigned paragraphs_ = 0;
  unsigned in_paragraph_ = 0;
  std::string drawn_;  // text of the shape that is open
  bool in_comment_ = false;
  SheetComment comment_;
  bool in_author_ = false;
};

}  // namespace sluice::odf
