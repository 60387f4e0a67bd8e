// SPDX-License-Identifier: Apache-2.0
#include "xlsx/workbook.hpp"

#include <string_view>

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

Workbook read_workbook(const OpcPackage& package) {
  const std::string& main = package.main_part();
  const XmlPart part = package.xml(main);
  const OpcRelationships links = package.relationships(main);
  const XmlNode root = part.root();
  if (!named(root, "x:workbook")) {
    throw Failure(Outcome::kMalformed, main + " is no workbook: its element is " + root.name());
  }
  Workbook workbook;
  if (is_true(root.child("x:workbookPr").attribute("date1904").value())) {
    workbook.epoch = Epoch::k1904;
  }
  workbook.strings = part_name_of(package, links, "sharedStrings");
  workbook.styles = part_name_of(package, links, "styles");
  for (const XmlNode node : root.child("x:sheets").children("x:sheet")) {
    SheetInfo sheet;
    sheet.name = node.attribute("name").value();
    sheet.hidden = std::string_view(node.attribute("state").value()).ends_with("idden");
    const OpcRelationship* link = links.find(node.attribute("r:id").value());
    if (link == nullptr || !package.has(link->target)) {
      workbook.missing.push_back(sheet.name);
      continue;
    }
    sheet.part = link->target;
    sheet.kind = kind_of(link->type);
    workbook.sheets.push_back(std::move(sheet));
  }
  for (const XmlNode node : root.child("x:definedNames").children("x:definedName")) {
    workbook.names.emplace_back(node.attribute("name").value(), xml_text(node));
  }
  return workbook;
}

}  // namespace sluice::xlsx
