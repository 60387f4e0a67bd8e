// SPDX-License-Identifier: Apache-2.0
//
// Links within a notebook. Jupyter's anchor of a heading is its text with a hyphen for each blank;
// readers of Markdown make another one (sluice/heading_anchor.hpp).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "notebook/cell.hpp"

namespace sluice::notebook {

class Places {
 public:
  // Reads the headings of the cells, unless none has a link to a place.
  explicit Places(const std::vector<Cell>& cells);

  // The destination, for readers of Markdown, of a link to a heading; nothing if `destination`
  // ("#A-heading") leads to none, or is the same.
  std::optional<std::string> find(std::string_view destination) const;

 private:
  std::map<std::string, std::string, std::less<>> anchors_;  // by Jupyter's
};

}  // namespace sluice::notebook
