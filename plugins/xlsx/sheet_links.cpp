// SPDX-License-Identifier: Apache-2.0
#include "xlsx/sheet_links.hpp"

#include <sluice/heading_anchor.hpp>

namespace sluice::xlsx {
namespace {

// The sheet of a reference: what stands before its last '!', without quotes. Empty for none.
std::string sheet_of(std::string_view reference) {
  const auto end = reference.rfind('!');
  if (end == std::string_view::npos) return {};
  std::string_view name = reference.substr(0, end);
  if (name.size() < 2 || name.front() != '\'' || name.back() != '\'') return std::string(name);
  name = name.substr(1, name.size() - 2);
  std::string plain;
  for (std::size_t at = 0; at < name.size(); ++at) {
    plain += name[at];
    if (name.substr(at, 2) == "''") ++at;
  }
  return plain;
}

}  // namespace

SheetLinks::SheetLinks(const Workbook& workbook, HiddenSheets hidden) {
  HeadingAnchors anchors;
  for (const SheetInfo& sheet : workbook.sheets) {
    if (sheet.kind == SheetKind::kOther) continue;
    if (sheet.hidden && hidden == HiddenSheets::kLeftOut) continue;
    anchors_.emplace(sheet.name, anchors.add(sheet.name));
  }
  for (const auto& [name, reference] : workbook.names) names_.emplace(name, sheet_of(reference));
}

std::string SheetLinks::target(std::string_view location) const {
  std::string sheet = sheet_of(location);
  if (const auto name = names_.find(location); sheet.empty() && name != names_.end()) {
    sheet = name->second;
  }
  const auto anchor = anchors_.find(sheet);
  return anchor == anchors_.end() ? std::string() : "#" + anchor->second;
}

}  // namespace sluice::xlsx
