// SPDX-License-Identifier: Apache-2.0
//
// Front matter: YAML between `---` lines (Jekyll, Hugo, Obsidian, pandoc) or TOML between `+++`
// lines (Hugo, Zola). What is YAML stays as it is, byte for byte; TOML becomes YAML of the same
// types.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sluice::markdown_plugin {

struct FrontMatter {
  std::size_t size = 0;  // bytes of the text that it takes, delimiters included; 0: there is none
  std::string_view language;  // "yaml" or "toml"
  std::string_view written;   // what is between the delimiters
  std::string entries;        // what of it can be handed over with Job::set_front_matter
  bool complete = true;       // whether `entries` says all that `written` says
};

// Reads the front matter that `text` (UTF-8, LF) begins with.
FrontMatter read_front_matter(std::string_view text);

}  // namespace sluice::markdown_plugin
