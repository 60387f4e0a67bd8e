// SPDX-License-Identifier: Apache-2.0
//
// An old document as a package of today's form (ECMA-376), in memory, which the library of that
// form's converter reads: so that old documents and new ones are converted by the same rules.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::office_xml {

class Package {
 public:
  // `name` from the root of the package ("word/styles.xml").
  void part(std::string name, std::string bytes);
  // A relationship of the part `from` with this type (the last segment of it); returns its id.
  // `target`: a part, or an address outside.
  std::string relate(const std::string& from, std::string_view type, std::string_view target);
  std::string relate_outside(const std::string& from, std::string_view type,
                             std::string_view address);
  // Gives `to` all relationships of `from`, under the same ids.
  void share_relationships(const std::string& from, const std::string& to);
  // The ZIP file. Call it once.
  std::string build(std::string_view main_part);

 private:
  struct Relationships {
    std::string xml;
    std::size_t count = 0;
  };
  std::string add(const std::string& from, std::string_view type, std::string_view target,
                  std::string_view mode);

  std::vector<std::pair<std::string, std::string>> parts_;
  std::map<std::string, Relationships> relationships_;
};

// A part's XML: its root with the namespaces, around `content`. `attributes`: further ones.
std::string part_of(std::string_view root, std::string_view content,
                    std::string_view attributes = {});

}  // namespace sluice::office_xml
