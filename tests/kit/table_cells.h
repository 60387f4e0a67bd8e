// SPDX-License-Identifier: Apache-2.0
//
// What a table in Markdown shows, for tests that are about its cells alone.
#pragma once

#include <string>

namespace sluice::test {

// The first cells of the rows of a table without a heading row, one behind another: "1 2! 3".
inline std::string first_cells(const std::string& markdown) {
  std::string out;
  for (std::size_t at = markdown.find("\n| "); at != std::string::npos;
       at = markdown.find("\n| ", at + 1)) {
    const std::string cell = markdown.substr(at + 3, markdown.find(" |", at + 3) - at - 3);
    if (!cell.empty() && cell[0] != '-' && cell[0] != '|') out += (out.empty() ? "" : " ") + cell;
  }
  return out;
}

}  // namespace sluice::test
