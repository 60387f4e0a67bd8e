// SPDX-License-Identifier: Apache-2.0
//
// Bookmarks, and the headings under which readers of Markdown find them.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <sluice/heading_anchor.hpp>
#include <sluice/plugin.hpp>
#include <sluice/xml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "docx/numbering.hpp"

namespace sluice::docx {

class Document;

// Tells the host, while the document is written, to which heading each bookmark belongs: links from
// other documents lead there.
class BookmarkNames {
 public:
  explicit BookmarkNames(Job& job) : job_(job) {}

  void add(std::string_view bookmark);
  // The paragraph with the bookmarks added since the last one has ended. `heading`: what readers
  // see of it if it is one, or empty.
  void end_paragraph(std::string_view heading);

 private:
  Job& job_;
  HeadingAnchors anchors_;
  std::string anchor_;  // of the last heading
  std::vector<std::string> waiting_;
  std::size_t names_ = 0;
};

class Bookmarks {
 public:
  // Walks the main story once, and rehearses its headings. `numbering` counts from the start, and
  // is used up. The document's notes get their numbers in the order of the text.
  Bookmarks(Document& document, Numbering numbering);

  // The fragment of the heading that holds a bookmark, or of the last one before it. Empty if there
  // is no such bookmark or heading.
  std::string_view fragment_of(std::string_view bookmark) const;

 private:
  std::vector<std::string> fragments_;                         // of all headings
  std::map<std::string, std::size_t, std::less<>> bookmarks_;  // to the heading's place there
};

}  // namespace sluice::docx
