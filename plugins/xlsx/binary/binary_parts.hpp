// SPDX-License-Identifier: Apache-2.0
//
// The parts of a binary workbook (.xlsb): what the XML ones say, read from records ([MS-XLSB]).
// Formulas are not translated into text: such a cell shows its stored value.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <sluice/opc.hpp>
#include <string>
#include <vector>

#include "xlsx/conditional_formats.hpp"
#include "xlsx/sheet_reader.hpp"
#include "xlsx/styles.hpp"
#include "xlsx/workbook.hpp"

namespace sluice::xlsx {

// The sheets and the epoch. Throws what Records throws.
void read_binary_workbook(const OpcPackage& package, const std::string& part,
                          const OpcRelationships& links, Workbook& workbook);

CellFormats read_binary_styles(const OpcPackage& package, const std::string& part);

// Calls `add` with each shared string in order.
void read_binary_strings(const OpcPackage& package, const std::string& part,
                         const std::function<void(const std::string&)>& add);

// As read_sheet.
void read_binary_sheet(const OpcPackage& package, const std::string& part, SheetFacts& facts,
                       const std::function<void(const Row&)>& on_row);

// As read_conditional_rules, without the rules that Excel 2010 added (BrtBeginCFRule14).
std::vector<ConditionalRule> read_binary_rules(const OpcPackage& package, const std::string& part);

// The number format of BrtDXF; nothing if it has none.
std::optional<NumberFormat> read_binary_differential(std::string_view content,
                                                     const CellFormats& formats);

// UncheckedRfX (2.5.154), with which many records begin; nothing if it is outside of every sheet.
std::optional<Area> read_binary_area(std::string_view content);

// The area of a table's part.
std::optional<Area> read_binary_table(const OpcPackage& package, const std::string& part);

}  // namespace sluice::xlsx
