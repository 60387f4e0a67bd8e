// SPDX-License-Identifier: Apache-2.0
#include "xlsx/sheet_part.hpp"

#include "xlsx/binary/binary_parts.hpp"
#include "xlsx/binary/records.hpp"

namespace sluice::xlsx {

std::vector<Area> SheetPart::tables() {
  std::vector<Area> tables;
  for (const OpcRelationship& link : relationships_.all()) {
    if (link.type != "table" || link.mode == OpcTarget::kExternal) continue;
    if (is_binary_part(link.target)) {
      if (!package_.has(link.target)) continue;
      if (const auto area = read_binary_table(package_, link.target)) tables.push_back(*area);
      continue;
    }
    const XmlPart part = package_.readable_xml(link.target);
    if (const auto area = parse_area(part.root().attribute("ref").value())) tables.push_back(*area);
  }
  return tables;
}

std::vector<ConditionalRule> SheetPart::rules() {
  if (is_binary_part(part_)) return read_binary_rules(package_, part_);
  return read_conditional_rules(package_, part_);
}

std::string SheetPart::url_of(const Hyperlink& link) {
  const OpcRelationship* target = relationships_.find(link.relationship);
  if (target == nullptr) return sheets_.target(link.location);
  if (target->mode != OpcTarget::kExternal) return {};
  const bool whole = link.location.empty() || target->target.find('#') != std::string::npos;
  return whole ? target->target : target->target + "#" + link.location;
}

}  // namespace sluice::xlsx
