// SPDX-License-Identifier: Apache-2.0
//
// What a book's package says (EPUB 3.3, chapter 5; OPF 2.0.1): which files are read in which order,
// and what is known of the book. Nothing of it is believed before it is looked up in the container.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "html/references.hpp"

namespace sluice {
class Zip;
}

namespace sluice::epub {

struct Item {
  std::string id;
  std::string path;  // in the container
  std::string media_type;
  std::string fallback;  // id of another item
  bool is_navigation = false;
};

struct Package {
  std::vector<Item> items;
  std::vector<std::size_t> spine;               // places in `items`, in reading order
  std::string ncx;                              // path of the EPUB 2 table of contents, or empty
  std::map<std::string, std::string> metadata;  // by the front matter's keys
  // What is wrong with the package, for the user; empty if nothing.
  std::string defect;

  const Item* navigation() const;
  const Item* by_path(std::string_view path) const;
};

// Reads the container's package. A broken or missing one is stood in for by what the container
// holds: then `defect` says so. Throws Failure: malformed if there is nothing to read, encrypted if
// the book's text is.
Package read_package(const Zip& container);

// One line of the table of contents.
struct Entry {
  std::string path;
  std::string fragment;
  std::string label;
  int depth = 1;
};

// The table of contents: of the navigation document if it has one, else of the NCX; empty where
// there is neither.
std::vector<Entry> read_contents(const Zip& container, const Package& package);

using html::Chapter;

Chapter parse_chapter(std::string path, std::string_view bytes);

// Gives the blocks that the table of contents names, and that the book only makes look like
// headings, the heading's element.
void mark_headings(const std::vector<Entry>& contents, std::vector<Chapter>& chapters);

}  // namespace sluice::epub
