// SPDX-License-Identifier: Apache-2.0
#include "doc/package.hpp"

#include <libdeflate.h>

#include <cstdint>

#include "doc/xml_text.hpp"

namespace sluice::doc {
namespace {

constexpr std::string_view kTypes =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

std::string relationship(std::string_view id, std::string_view type, std::string_view target) {
  std::string out = "<Relationship";
  append_attribute(out, "Id", id);
  append_attribute(out, "Type", std::string(kTypes) + std::string(type));
  append_attribute(out, "Target", target);
  return out + "/>";
}

std::string relationships(const std::string& all) {
  return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
         all + "</Relationships>";
}

std::string number(std::uint64_t value, std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
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

std::string part_of(std::string_view root, std::string_view content) {
  std::string out =
      "<" + std::string(root) +
      " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
      " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
      " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/"
      "wordprocessingDrawing\""
      " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">";
  out += content;
  return out + "</" + std::string(root) + ">";
}

std::string Package::add(std::string_view type, std::string name, std::string bytes) {
  const std::string id = "rId" + std::to_string(++ids_);
  relationships_ += relationship(id, type, name);
  parts_.push_back({std::move(name), std::move(bytes)});
  return id;
}

std::string Package::build(std::string main_part) {
  Zip zip;
  zip.add("[Content_Types].xml",
          "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
  zip.add("_rels/.rels",
          relationships(relationship("rId1", "officeDocument", "word/document.xml")));
  zip.add("word/document.xml", main_part);
  zip.add("word/_rels/document.xml.rels", relationships(relationships_));
  for (Part& part : parts_) {
    zip.add("word/" + part.name, part.bytes);
    // Notes may hold pictures, too.
    if (part.name.ends_with("notes.xml") || part.name.ends_with("comments.xml")) {
      zip.add("word/_rels/" + part.name + ".rels", relationships(relationships_));
    }
    part.bytes = {};
  }
  return zip.finish();
}

}  // namespace sluice::doc
