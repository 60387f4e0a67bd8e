// SPDX-License-Identifier: Apache-2.0
#include "xlsx/binary/binary_parts.hpp"

#include <algorithm>

#include "xlsx/binary/records.hpp"

namespace sluice::xlsx {

void read_binary_workbook(const OpcPackage& package, const std::string& part,
                          const OpcRelationships& links, Workbook& workbook) {
  Records records(package, part);
  while (records.next()) {
    Fields fields(records.content());
    if (records.type() == RecordType::kWorkbookProperties) {
      if ((fields.u32() & 1U) != 0) workbook.epoch = Epoch::k1904;
    } else if (records.type() == RecordType::kSheet) {
      const std::uint32_t state = fields.u32();
      fields.skip(4);  // the sheet's number
      const std::string relationship = fields.text();
      const std::string name = fields.text();
      if (fields.ok()) add_sheet(package, links.find(relationship), name, state != 0, workbook);
    }
  }
}

CellFormats read_binary_styles(const OpcPackage& package, const std::string& part) {
  CellFormats styles;
  Records records(package, part);
  bool in_cell_styles = false;
  std::uint32_t differentials = 0;
  while (records.next()) {
    Fields fields(records.content());
    switch (records.type()) {
      case RecordType::kFormat: {
        const std::uint32_t id = fields.u16();
        styles.codes[id] = fields.text();
        break;
      }
      case RecordType::kCellStyles:
        in_cell_styles = true;
        break;
      case RecordType::kCellStylesEnd:
        in_cell_styles = false;
        break;
      case RecordType::kStyle:
        fields.skip(2);  // of the named style
        if (in_cell_styles) styles.format_of_style.push_back(fields.u16());
        break;
      case RecordType::kDifferentials:
        differentials = 0;
        break;
      case RecordType::kDifferential:
        if (const auto format = read_binary_differential(records.content(), styles)) {
          styles.differential.emplace(differentials, *format);
        }
        ++differentials;
        break;
      default:
        break;
    }
  }
  return styles;
}

void read_binary_strings(const OpcPackage& package, const std::string& part,
                         const std::function<void(const std::string&)>& add) {
  Records records(package, part);
  while (records.next()) {
    if (records.type() != RecordType::kString) continue;
    Fields fields(records.content());
    fields.skip(1);  // whether runs and phonetics follow
    add(fields.text());
  }
}

std::optional<Area> read_binary_table(const OpcPackage& package, const std::string& part) {
  Records records(package, part);
  while (records.next()) {
    if (records.type() == RecordType::kTable) return read_binary_area(records.content());
  }
  return std::nullopt;
}

}  // namespace sluice::xlsx
