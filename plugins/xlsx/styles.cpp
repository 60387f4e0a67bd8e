// SPDX-License-Identifier: Apache-2.0
#include "xlsx/styles.hpp"

#include <map>

namespace sluice::xlsx {

Styles::Styles() {
  formats_.push_back(NumberFormat::builtin(0));
}

Styles::Styles(const OpcPackage& package, const std::string& part) : Styles() {
  if (part.empty()) return;
  const XmlPart xml = package.readable_xml(part);
  std::map<std::uint32_t, std::string> codes;
  for (const XmlNode node : xml.root().child("x:numFmts").children("x:numFmt")) {
    codes[node.attribute("numFmtId").as_uint()] = node.attribute("formatCode").value();
  }
  std::map<std::uint32_t, std::uint32_t> index_by_id = {{0, 0}};
  for (const XmlNode node : xml.root().child("x:cellXfs").children("x:xf")) {
    const std::uint32_t id = node.attribute("numFmtId").as_uint();
    const auto [at, added] = index_by_id.emplace(id, static_cast<std::uint32_t>(formats_.size()));
    if (added) {
      const auto code = codes.find(id);
      formats_.push_back(code != codes.end() ? NumberFormat(code->second)
                                             : NumberFormat::builtin(id));
    }
    by_style_.push_back(at->second);
  }
}

}  // namespace sluice::xlsx
