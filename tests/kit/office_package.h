// Builds small Office packages for tests: parts by name, relationships by part.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kit/zip_builder.h"

namespace sluice::test {

class OfficePackage {
 public:
  // `main_part`: what the package's relationship officeDocument leads to.
  explicit OfficePackage(std::string main_part) : main_part_(std::move(main_part)) {}

  OfficePackage& part(std::string name, std::string bytes) {
    parts_[std::move(name)] = std::move(bytes);
    return *this;
  }
  // `type`: the last segment of the relationship's type. `target` as it is written.
  OfficePackage& relate(const std::string& from, std::string_view id, std::string_view type,
                        std::string_view target, bool external = false) {
    relationships_[from] += "<Relationship Id=\"" + std::string(id) + "\" Type=\"" + kTypes +
                            std::string(type) + "\" Target=\"" + std::string(target) + "\"" +
                            (external ? " TargetMode=\"External\"" : "") + "/>";
    return *this;
  }

  std::string build() const {
    ZipBuilder zip;
    zip.add("[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
    zip.add("_rels/.rels", relationships("<Relationship Id=\"rId1\" Type=\"" + std::string(kTypes) +
                                         "officeDocument\" Target=\"" + main_part_ + "\"/>"));
    for (const auto& [name, bytes] : parts_) zip.add(name, bytes);
    for (const auto& [from, all] : relationships_) {
      const auto slash = from.rfind('/') + 1;
      zip.add(from.substr(0, slash) + "_rels/" + from.substr(slash) + ".rels", relationships(all));
    }
    return zip.build();
  }

 private:
  static constexpr const char* kTypes =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

  static std::string relationships(const std::string& all) {
    return "<Relationships "
           "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
           all + "</Relationships>";
  }

  std::string main_part_;
  std::map<std::string, std::string> parts_;
  std::map<std::string, std::string> relationships_;
};

}  // namespace sluice::test
