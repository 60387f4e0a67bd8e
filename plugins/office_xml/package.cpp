// SPDX-License-Identifier: Apache-2.0
#include "office_xml/package.hpp"

#include "office_xml/stored_zip.hpp"
#include "office_xml/xml_text.hpp"

namespace sluice::office_xml {
namespace {

constexpr std::string_view kTypes =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

std::string relationship(std::string_view id, std::string_view type, std::string_view target,
                         std::string_view mode) {
  std::string out = "<Relationship";
  append_attribute(out, "Id", id);
  append_attribute(out, "Type", std::string(kTypes) + std::string(type));
  append_attribute(out, "Target", target);
  if (!mode.empty()) append_attribute(out, "TargetMode", mode);
  return out + "/>";
}

std::string relationships(const std::string& all) {
  return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
         all + "</Relationships>";
}

}  // namespace

std::string part_of(std::string_view root, std::string_view content, std::string_view attributes) {
  std::string out = "<" + std::string(root);
  append_attribute(out, "xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main");
  append_attribute(out, "xmlns:p", "http://schemas.openxmlformats.org/presentationml/2006/main");
  append_attribute(out, "xmlns:r",
                   "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
  append_attribute(out, "xmlns:wp",
                   "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing");
  append_attribute(out, "xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main");
  out += attributes;
  out += '>';
  out += content;
  return out + "</" + std::string(root) + ">";
}

void Package::part(std::string name, std::string bytes) {
  parts_.emplace_back(std::move(name), std::move(bytes));
}

std::string Package::add(const std::string& from, std::string_view type, std::string_view target,
                         std::string_view mode) {
  Relationships& all = relationships_[from];
  std::string id = "rId" + std::to_string(++all.count);
  all.xml += relationship(id, type, target, mode);
  return id;
}

std::string Package::relate(const std::string& from, std::string_view type,
                            std::string_view target) {
  return add(from, type, "/" + std::string(target), {});
}

std::string Package::relate_outside(const std::string& from, std::string_view type,
                                    std::string_view address) {
  return add(from, type, address, "External");
}

void Package::share_relationships(const std::string& from, const std::string& to) {
  relationships_[to] = relationships_[from];
}

std::string Package::build(std::string_view main_part) {
  StoredZip zip;
  zip.add("[Content_Types].xml",
          "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
  zip.add("_rels/.rels", relationships(relationship("rId1", "officeDocument", main_part, {})));
  for (auto& [name, bytes] : parts_) {
    zip.add(name, bytes);
    bytes = {};
  }
  for (const auto& [name, all] : relationships_) {
    const std::size_t slash = name.rfind('/') + 1;
    zip.add(name.substr(0, slash) + "_rels/" + name.substr(slash) + ".rels",
            relationships(all.xml));
  }
  return zip.finish();
}

}  // namespace sluice::office_xml
