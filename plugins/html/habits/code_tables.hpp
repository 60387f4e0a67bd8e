// SPDX-License-Identifier: Apache-2.0
//
// Listings that are written as tables: a row a line, or a cell of line numbers beside one of code
// (GitHub, highlight.js, Pygments, Rouge, Chroma).
#pragma once

#include <optional>
#include <string>

#include "../dom.hpp"

namespace sluice::html {

// The code of such a table; nothing for any other.
std::optional<std::string> code_of_table(const Dom& dom, NodeId table);

}  // namespace sluice::html
