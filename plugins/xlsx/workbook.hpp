// SPDX-License-Identifier: Apache-2.0
//
// The workbook part (ECMA-376, part 1, 18.2): its sheets in order, its epoch, where
// its strings and styles are.
#pragma once

#include <cstdint>
#include <sluice/number_format.hpp>
#include <sluice/opc.hpp>
#include <string>
#include <utility>
#include <vector>

namespace sluice::xlsx {

enum class SheetKind : std::uint8_t { kGrid, kChart, kOther };

struct SheetInfo {
  std::string name;
  std::string part;
  SheetKind kind = SheetKind::kGrid;
  bool hidden = false;
};

struct Workbook {
  std::vector<SheetInfo> sheets;                           // those whose part is there
  std::vector<std::string> missing;                        // names of the others
  std::vector<std::pair<std::string, std::string>> names;  // defined ones, with their formulas
  Epoch epoch = Epoch::k1900;
  std::string strings;  // parts; empty if there is none
  std::string styles;
};

// Adds a sheet that the workbook names; `link` leads to its part, or is nullptr.
void add_sheet(const OpcPackage& package, const OpcRelationship* link, const std::string& name,
               bool hidden, Workbook& workbook);

// Throws Failure(kMalformed) if the package has no workbook, or it cannot be read at all.
Workbook read_workbook(const OpcPackage& package);

}  // namespace sluice::xlsx
