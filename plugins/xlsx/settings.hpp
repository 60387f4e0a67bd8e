// SPDX-License-Identifier: Apache-2.0
//
// The options that workbooks of every form have.
#pragma once

#include <sluice/embedded_objects.hpp>
#include <sluice/number_format.hpp>
#include <sluice/options.hpp>
#include <string>

#include "xlsx/cell_text.hpp"
#include "xlsx/sheet_writer.hpp"

namespace sluice::xlsx {

struct Settings {
  explicit Settings(const Options& options)
      : hidden_sheets(options.get_bool("hidden_sheets")),
        comments(options.get_bool("comments")),
        drawings(options.get_bool("drawings")),
        embedded(options.get_bool("embedded_documents") ? Embedded::kTaken : Embedded::kNamed) {
    sheet.hidden_cells = options.get_bool("hidden_cells");
    if (options.get_string("merged") == "fill") sheet.merged = MergedCells::kFill;
    if (options.get_string("header") == "none") sheet.header = Header::kNone;
    if (options.get_string("dates") == "iso") dates = DateStyle::kIso;
  }

  bool hidden_sheets;
  bool comments;
  bool drawings;
  Embedded embedded;
  SheetOptions sheet;
  DateStyle dates = DateStyle::kShown;
};

// Of forms that hold formulas as text.
inline Formulas formulas_of(const Options& options) {
  const std::string shown = options.get_string("formulas");
  if (shown == "formulas") return Formulas::kFormulas;
  return shown == "both" ? Formulas::kBoth : Formulas::kValues;
}

}  // namespace sluice::xlsx
