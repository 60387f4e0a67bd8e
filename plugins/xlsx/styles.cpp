// SPDX-License-Identifier: Apache-2.0
#include "xlsx/styles.hpp"

#include <map>

#include "xlsx/binary/binary_parts.hpp"
#include "xlsx/binary/records.hpp"

namespace sluice::xlsx {

Styles::Styles() {
  formats_.push_back(NumberFormat::builtin(0));
  shows_digits_.push_back(true);
}

namespace {

CellFormats styles_of_part(const OpcPackage& package, const std::string& part) {
  if (is_binary_part(part)) {
    try {
      return read_binary_styles(package, part);
    } catch (const Failure& failure) {
      if (failure.outcome() != Outcome::kMalformed) throw;
      return {};
    }
  }
  CellFormats styles;
  const XmlPart xml = package.readable_xml(part);
  for (const XmlNode node : xml.root().child("x:numFmts").children("x:numFmt")) {
    styles.codes[node.attribute("numFmtId").as_uint()] = node.attribute("formatCode").value();
  }
  for (const XmlNode node : xml.root().child("x:cellXfs").children("x:xf")) {
    styles.format_of_style.push_back(node.attribute("numFmtId").as_uint());
  }
  std::uint32_t index = 0;
  for (const XmlNode node : xml.root().child("x:dxfs").children("x:dxf")) {
    if (const XmlNode format = node.child("x:numFmt")) {
      const std::string_view code = format.attribute("formatCode").value();
      styles.differential.emplace(
          index, code.empty() ? styles.format_of(format.attribute("numFmtId").as_uint())
                              : NumberFormat(code));
    }
    ++index;
  }
  return styles;
}

// Whether whole numbers are shown digit by digit, and nothing else is.
bool is_plain(const NumberFormat& format) {
  return format.number(12345678) == "12345678" && format.number(7) == "7" &&
         format.number(-7) == "-7" && format.number(0) == "0";
}

}  // namespace

Styles::Styles(const OpcPackage& package, const std::string& part)
    : Styles(part.empty() ? CellFormats() : styles_of_part(package, part)) {}

Styles::Styles(const CellFormats& styles) : Styles() {
  std::map<std::uint32_t, std::uint32_t> index_by_id;
  for (const std::uint32_t id : styles.format_of_style) {
    const auto [at, added] = index_by_id.emplace(id, static_cast<std::uint32_t>(formats_.size()));
    if (added) {
      formats_.push_back(styles.format_of(id));
      shows_digits_.push_back(is_plain(formats_.back()));
    }
    by_style_.push_back(at->second);
  }
  differential_ = styles.differential;
}

}  // namespace sluice::xlsx
