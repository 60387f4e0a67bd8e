// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace sluice::xlsx {

// Whether an attribute is on: an xsd:boolean or an ST_OnOff (ECMA-376, part 1, 22.9.2.7).
inline bool is_true(std::string_view value) {
  return value == "1" || value == "true" || value == "on";
}

}  // namespace sluice::xlsx
