// SPDX-License-Identifier: Apache-2.0
//
// HTML text to a Dom, as browsers read it (the WHATWG's HTML standard, chapter 13).
#pragma once

#include <string>

#include "dom.hpp"

namespace sluice::html {

// Elements nested deeper than this are placed beside each other, as browsers do (512 there as
// well).
inline constexpr int kMaxDepth = 512;

// Parses UTF-8. Never fails: the standard says what every text means. Sets Dom::truncated where a
// page has more nodes than a Dom takes. Throws Failure(kLimit) for texts of more than 1 GiB. Takes
// at most some 3 times the text, and 60 bytes a node.
Dom parse_html(std::string utf8);

}  // namespace sluice::html
