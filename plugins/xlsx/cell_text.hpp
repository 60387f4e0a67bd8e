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
           const SheetLinks& sheets, Epoch epoch, DateStyle dates, Formulas formulas)
      : styles_(styles),
        strings_(strings),
        images_(images),
        sheets_(sheets),
        epoch_(epoch),
        dates_(dates),
        formulas_(formulas) {}

  void show(const Cell& cell, ShownCell& out) const;

 private:
  void show_number(const Cell& cell, ShownCell& out) const;
  void show_date(const Cell& cell, ShownCell& out) const;

  const Styles& styles_;
  const SharedStrings& strings_;
  const CellImages& images_;
  const SheetLinks& sheets_;
  Epoch epoch_;
  DateStyle dates_;
  Formulas formulas_;
};

}  // namespace sluice::xlsx
