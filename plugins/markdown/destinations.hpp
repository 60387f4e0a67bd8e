// SPDX-License-Identifier: Apache-2.0
//
// Where the destinations of a Markdown text's images and links stand, and those of what would run a
// script; and its title and headings.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "markdown/wiki_links.hpp"

namespace sluice::markdown_plugin {

// The destination of one or more images. The bytes [offset, offset + size) can be replaced by
// another destination without spaces and parentheses, and nothing else of the document changes.
struct Destination {
  std::size_t offset = 0;
  std::size_t size = 0;
  // What it means, where that is not what stands there (escapes, character references).
  std::optional<std::string> meaning;

  std::string_view value(std::string_view text) const {
    return meaning ? std::string_view(*meaning) : text.substr(offset, size);
  }
};

struct Findings {
  std::vector<Destination> images;  // by offset, each place once
  // Of links, and values of attributes in raw HTML, that would run a script (runs_script in
  // url.hpp).
  std::vector<Destination> scripts;
  std::size_t unplaced_scripts = 0;  // that could not be placed in the text
  std::vector<Destination> links;    // to files beside it, by offset, each place once
  // Of links to a place in the same text ("#name"), by offset, where all links are wanted.
  std::vector<Destination> places;
  std::vector<WikiLink> wiki_links;  // by offset
  std::string title;         // the text of the first level-1 heading, on one line; may be empty
  std::size_t unplaced = 0;  // images whose destination could not be placed in the text
};

enum class Links : unsigned char { kToFiles, kAll };

// Parses `text` (UTF-8, LF). Throws Failure(kLimit) if it is too large for the parser.
Findings find_destinations(std::string_view text, Links links = Links::kToFiles);

// What readers see of the headings of `text`, in its order. Throws as find_destinations does.
std::vector<std::string> find_headings(std::string_view text);

}  // namespace sluice::markdown_plugin
