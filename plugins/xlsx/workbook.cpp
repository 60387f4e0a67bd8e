// SPDX-License-Identifier: Apache-2.0
#include "xlsx/workbook.hpp"

#include <string_view>

#include "xlsx/binary/binary_parts.hpp"
#include "xlsx/binary/records.hpp"
#include "xlsx/truth.hpp"

namespace sluice::xlsx {
namespace {

SheetKind kind_of(std::string_view relationship_type) {
  if (relationship_type == "worksheet") return SheetKind::kGrid;
  return relationship_type == "chartsheet" ? SheetKind::kChart : SheetKind::kOther;
}

std::string part_name_of(const OpcPackage& package, const OpcRelationships& links,
                         std::string_view type) {
  const OpcRelationship* link = links.first_of(type);
  return link != nullptr && package.has(link->target) ? link->target : std::string();
}

}  // namespace

void add_sheet(const OpcPackage& package, const OpcRelationship* link, const std::string& name,
               bool hidden, Workbook& workbook) {
  if (link == nullptr || !package.has(link->target)) {
    workbook.missing.push_back(name);
    return;
  }
  workbook.sheets.push_back({name, link->target, kind_of(link->type), hidden});
}

Workbook read_workbook(const OpcPackage& package) {
  const std::string& main = package.main_part();
  const OpcRelationships links = package.relationships(main);
  Workbook workbook;
  workbook.strings = part_name_of(package, links, "sharedStrings");
  workbook.styles = part_name_of(package, links, "styles");
  if (is_binary_part(main)) {
    read_binary_workbook(package, main, links, workbook);
    return workbook;
  }
  const XmlPart part = package.xml(main);
  const XmlNode root = part.root();
  if (!named(root, "x:workbook")) {
    throw Failure(Outcome::kMalformed, main + " is no workbook: its element is " + root.name());
  }
  if (is_true(root.child("x:workbookPr").attribute("date1904").value())) {
    workbook.epoch = Epoch::k1904;
  }
  for (const XmlNode node : root.child("x:sheets").children("x:sheet")) {
    const bool hidden = std::string_view(node.attribute("state").value()).ends_with("idden");
    // Modules of Visual Basic stand among the sheets, and have no part.
    const std::string_view id = node.attribute("r:id").value();
    if (!id.empty()) {
      add_sheet(package, links.find(id), node.attribute("name").value(), hidden, workbook);
    }
  }
  for (const XmlNode node : root.child("x:definedNames").children("x:definedName")) {
    workbook.names.emplace_back(node.attribute("name").value(), xml_text(node));
  }
  return workbook;
}

}  // namespace sluice::xlsx
