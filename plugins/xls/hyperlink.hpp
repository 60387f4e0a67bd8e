// SPDX-License-Identifier: Apache-2.0
//
// Where a link leads ([MS-OSHARED] 2.3.7.1).
#pragma once

#include <string>

#include "xls/records.hpp"

namespace sluice::xls {

struct HyperlinkTarget {
  std::string address;   // a URL or a path; empty for a place in the workbook
  std::string location;  // in the target
};

// `fields` stand at the object. What is cut off, or of another kind, is empty.
HyperlinkTarget read_hyperlink(Fields& fields);

}  // namespace sluice::xls
