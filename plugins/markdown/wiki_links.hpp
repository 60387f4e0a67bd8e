// SPDX-License-Identifier: Apache-2.0
//
// Links by name, as notes have them (Obsidian, MediaWiki): [[Note]], [[Note#Heading|see there]],
// ![[picture.png|300]].
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "markdown/html_images.hpp"

namespace sluice::markdown_plugin {

struct WikiLink {
  std::size_t offset = 0;  // of all of it, brackets and `!` included
  std::size_t size = 0;
  std::string_view target;    // in front of `#` and `|`; not empty
  std::string_view fragment;  // behind the last `#`
  std::string_view label;     // behind `|`; may be empty
  bool is_embedded = false;   // it begins with `!`
};

// `verbatim`: code and raw HTML, where there are none. Linear.
std::vector<WikiLink> find_wiki_links(std::string_view text, std::vector<Range> verbatim);

// What a reader shows of a link without a label: "Note > Heading", as Markdown.
std::string shown_text(const WikiLink& link);

}  // namespace sluice::markdown_plugin
