// SPDX-License-Identifier: Apache-2.0
//
// Objects of other programs in a document ([MS-DOC] 2.1.10), as parts of the package that it
// becomes.
#pragma once

#include <cstdint>
#include <map>
#include <sluice/compound_file.hpp>
#include <string>

#include "office_xml/package.hpp"

namespace sluice::doc {

class Objects {
 public:
  // Those of the file's pool, but for controls, and for what is linked and so in another file.
  Objects(CompoundFile& file, office_xml::Package& package);
  // The XML of the object that a field of the text embeds; empty if there is none of that number.
  std::string xml(std::uint32_t number) const;

 private:
  std::map<std::string, std::string> ids_;  // relationships, by the names of storages
};

}  // namespace sluice::doc
