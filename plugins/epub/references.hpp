// SPDX-License-Identifier: Apache-2.0
//
// What links between the chapters of a book become when the book is one Markdown file: anchors of
// headings, and footnotes.
#pragma once

#include <map>
#include <sluice/heading_anchor.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "book.hpp"

namespace sluice::epub {

class References {
 public:
  // `chapters` must outlive it and stay as they are.
  explicit References(const std::vector<Chapter>& chapters);

  // Where a link in a chapter leads in the Markdown: out of the book as it is; into it to the
  // heading at the place, or the last one before it, as `#anchor`. Empty if it leads nowhere.
  std::string target(std::size_t chapter, std::string_view href) const;
  // The label of the footnote that an `<a>` calls, or that an element is; empty for none.
  std::string note_label(std::size_t chapter, html::NodeId node) const;

 private:
  struct Heading {
    html::NodeId node;
    std::string anchor;
  };
  using Spot = std::pair<std::size_t, html::NodeId>;  // chapter and element

  void collect_headings(std::size_t chapter);
  void collect_notes(std::size_t chapter);
  // Whether `href` leads to a note; `out` is where it stands.
  bool find_note(std::size_t chapter, std::string_view href, Spot& out) const;
  // The same for books that do not say what a note is: `call` and what it leads to link to each
  // other, and it says no more than a number.
  bool find_plain_note(std::size_t chapter, html::NodeId call, Spot& out) const;

  const std::vector<Chapter>& chapters_;
  std::unordered_map<std::string_view, std::size_t> by_path_;
  std::vector<std::vector<Heading>> headings_;  // by chapter, in document order
  HeadingAnchors anchors_;
  std::map<Spot, std::string> labels_;  // of notes and of their calls
  unsigned notes_ = 0;
};

}  // namespace sluice::epub
