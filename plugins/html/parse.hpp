// SPDX-License-Identifier: Apache-2.0
//
// HTML text to a Dom, by libxml2's forgiving parser.
#pragma once

#include <string>

#include "dom.hpp"

namespace sluice::html {

// Elements nested deeper than this are placed beside each other, as browsers do (512 there as
// well).
inline constexpr int kMaxDepth = 512;

// Parses UTF-8. Never fails on markup: what cannot be understood is text or is left out. Sets
// Dom::truncated where a page has more nodes than a Dom takes. Throws Failure(kLimit) for texts of
// more than 1 GiB.
Dom parse_html(std::string utf8);

}  // namespace sluice::html
