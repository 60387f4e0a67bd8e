// SPDX-License-Identifier: Apache-2.0
//
// YAML front matter, as far as it is names with values or flat lists. Anything beyond that is left
// to the caller to keep as it is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::markdown_plugin {

struct FrontMatter {
  std::size_t size = 0;   // bytes of the text that it takes, delimiters included; 0: there is none
  std::string_view yaml;  // what is between the delimiters
  // Metadata keys (abi.h, set_metadata) and their values; each key once.
  std::vector<std::pair<std::string, std::string>> fields;
  bool complete = true;  // whether `fields` says all that `yaml` says
};

// Reads the front matter that `text` (UTF-8, LF) begins with: a line `---`, lines of which the
// first that says something is `name: ...`, and a line `---` or `...`.
FrontMatter read_front_matter(std::string_view text);

}  // namespace sluice::markdown_plugin
