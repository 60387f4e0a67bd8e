// SPDX-License-Identifier: Apache-2.0
//
// Where the cells of a sheet come from: a part of a package, or the records of an old workbook.
// What is made of them is the same (sheet_writer.hpp).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "xlsx/conditional_formats.hpp"
#include "xlsx/sheet_reader.hpp"

namespace sluice::xlsx {

class SheetSource {
 public:
  virtual ~SheetSource() = default;
  // As read_sheet in sheet_reader.hpp; may be called twice.
  virtual void read(SheetFacts& facts, const std::function<void(const Row&)>& on_row) = 0;
  // The areas of the tables that the sheet defines.
  virtual std::vector<Area> tables() = 0;
  // Its conditional formats; asked for only where they can change how numbers look.
  virtual std::vector<ConditionalRule> rules() { return {}; }
  // Where a link of the sheet leads; empty if nowhere.
  virtual std::string url_of(const Hyperlink& link) = 0;
};

}  // namespace sluice::xlsx
