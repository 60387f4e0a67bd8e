// SPDX-License-Identifier: Apache-2.0
//
// What a person sees in a cell.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "xlsx/cell_images.hpp"
#include "xlsx/shared_strings.hpp"
#include "xlsx/sheet_links.hpp"
#include "xlsx/sheet_reader.hpp"
#include "xlsx/styles.hpp"

namespace sluice::xlsx {

enum class Formulas : std::uint8_t { kValues, kFormulas, kBoth };

// A cell as it is written.
struct ShownCell {
  std::uint32_t column = 0;
  bool is_number = false;
  std::string text;
  std::string formula;               // with "="; shown as code
  std::string url;                   // of a HYPERLINK formula
  const CellImage* image = nullptr;  // that `text` stands for

  bool is_blank() const { return text.empty() && formula.empty(); }
};

// A row without blank cells.
struct ShownRow {
  std::uint32_t number = 0;
  std::uint32_t hidden_before = 0;  // rows left out since the one before
  std::vector<ShownCell> cells;
};

class CellText {
 public:
  // All must outlive it.
  CellText(const Styles& styles, const SharedStrings& strings, const CellImages& images,
           const SheetLinks& sheets, Epoch epoch, DateStyle dates, Formulas formulas,
           std::uint64_t file_size)
      : styles_(styles),
        strings_(strings),
        images_(images),
        sheets_(sheets),
        epoch_(epoch),
        dates_(dates),
        formulas_(formulas),
        shared_left_(kSharedAtLeast + kSharedPerByte * file_size) {}

  // Throws Failure(kLimit) if cells repeat shared strings to more text than any real workbook has.
  // `conditional`: the format that a rule gives the cell, in place of its own; nullptr if none
  // does.
  void show(const Cell& cell, ShownCell& out, const NumberFormat* conditional = nullptr);

  const Styles& styles() const { return styles_; }
  const SharedStrings& strings() const { return strings_; }

 private:
  // Twenty thousand cells that share a string of 1 MiB are 20 GiB of text out of a file of 12 KB.
  // Real workbooks come to 20 times their size.
  static constexpr std::uint64_t kSharedAtLeast = std::uint64_t{256} << 20;
  static constexpr std::uint64_t kSharedPerByte = 200;

  std::string_view shared(const Cell& cell);
  void show_number(const Cell& cell, ShownCell& out, const NumberFormat* conditional) const;
  void show_date(const Cell& cell, const NumberFormat& format, ShownCell& out) const;

  const Styles& styles_;
  const SharedStrings& strings_;
  const CellImages& images_;
  const SheetLinks& sheets_;
  Epoch epoch_;
  DateStyle dates_;
  Formulas formulas_;
  std::uint64_t shared_left_;  // bytes of shared strings that cells may still show
};

}  // namespace sluice::xlsx
