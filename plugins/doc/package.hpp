// SPDX-License-Identifier: Apache-2.0
//
// The document as a package of WordprocessingML (ECMA-376), which the library of the converter docx
// reads: so that an old document and a new one are converted by the same rules.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::doc {

class Package {
 public:
  // Adds a part that the main part leads to by a relationship of this type; returns its id.
  std::string add(std::string_view type, std::string name, std::string bytes);
  // The ZIP file, with this main part. Call it once.
  std::string build(std::string main_part);

 private:
  struct Part {
    std::string name;
    std::string bytes;
  };
  std::vector<Part> parts_;
  std::string relationships_;
  std::size_t ids_ = 0;
};

// A part's XML: its root with the namespaces, around `content`.
std::string part_of(std::string_view root, std::string_view content);

}  // namespace sluice::doc
