// SPDX-License-Identifier: Apache-2.0
//
// Files that are cut off have lost their trailer, without which poppler finds nothing. The catalog
// is often still there.
#pragma once

#include <string>
#include <string_view>

namespace sluice::pdf {

// A trailer to append to the file, that leads to the catalog found in it; empty if there is none.
std::string trailer_for(std::string_view file);

}  // namespace sluice::pdf
