// SPDX-License-Identifier: Apache-2.0
//
// Links within a workbook: they lead to the heading of the sheet that they name.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "xlsx/workbook.hpp"

namespace sluice::xlsx {

enum class HiddenSheets : bool { kLeftOut, kWritten };

class SheetLinks {
 public:
  SheetLinks(const Workbook& workbook, HiddenSheets hidden);

  // `#anchor` for a place in the workbook ("Sheet1!B5", "'It''s'!A1", a defined name); empty if it
  // is in no sheet that is written.
  std::string target(std::string_view location) const;

 private:
  std::map<std::string, std::string, std::less<>> anchors_;  // by the sheet's name
  std::map<std::string, std::string, std::less<>> names_;    // defined ones, to their sheet's name
};

}  // namespace sluice::xlsx
