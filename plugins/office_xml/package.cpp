// SPDX-License-Identifier: Apache-2.0
#include "office_xml/package.hpp"

#include <libdeflate.h>

#include <cstdint>

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

std::string number(std::uint64_t value, std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i, value >>= 8) out += static_cast<char>(value & 0xFF);
  return out;
}

// Entries that are stored as they are (APPNOTE 4.3).
class Zip {
 public:
  void add(std::string_view name, std::string_view bytes) {
    const std::string facts = number(20, 2) + number(0, 2) + number(0, 2) + number(0, 4) +
                              number(libdeflate_crc32(0, bytes.data(), bytes.size()), 4) +
                              number(bytes.size(), 4) + number(bytes.size(), 4) +
                              number(name.size(), 2) + number(0, 2);
    directory_ +=
        "PK\x01\x02" + number(20, 2) + facts + number(0, 2 + 2 + 2 + 4) + number(bytes_.size(), 4);
    directory_ += name;
    bytes_ += "PK\x03\x04" + facts;
    bytes_ += name;
    bytes_ += bytes;
    ++count_;
  }
  std::string finish() {
    const std::size_t begin = bytes_.size();
    bytes_ += directory_;
    bytes_ += "PK\x05\x06" + number(0, 4) + number(count_, 2) + number(count_, 2) +
              number(directory_.size(), 4) + number(begin, 4) + number(0, 2);
    return std::move(bytes_);
  }

 private:
  std::string bytes_;
  std::string directory_;
  std::uint16_t count_ = 0;
};

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
  Zip zip;
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
