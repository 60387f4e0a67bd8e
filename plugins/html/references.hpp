// SPDX-License-Identifier: Apache-2.0
//
// What links within a page, or between the chapters of a book, become when it is one Markdown file:
// anchors of headings, and footnotes.
#pragma once

#include <map>
#include <set>
#include <sluice/heading_anchor.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dom.hpp"

namespace sluice::html {

// One file of a document: the page, or a chapter of a book; or (`dom` empty) a picture.
struct Chapter {
  std::string path;
  bool is_picture = false;
  Dom dom;
  std::vector<std::uint8_t> marks;    // as mark_layout gives them
  std::map<std::string, NodeId> ids;  // of elements, as ids_of gives them

  // The element of a fragment; the root if there is none.
  NodeId at(const std::string& fragment) const;
};

std::map<std::string, NodeId> ids_of(const Dom& dom);

class References {
 public:
  // `chapters` must outlive it and stay as they are.
  explicit References(const std::vector<Chapter>& chapters);

  // Where a link in a chapter leads in the Markdown: out of the book as it is; into it to the
  // heading at the place, or the last one before it, as `#anchor`. Empty if it leads nowhere.
  std::string target(std::size_t chapter, std::string_view href) const;
  // The anchor that links to an id of the chapter lead to; empty if there is none.
  std::string anchor_of(std::size_t chapter, const std::string& id) const;
  // The label of the footnote that an `<a>` calls, or that an element is; empty for none.
  std::string note_label(std::size_t chapter, NodeId node) const;
  // Whether an `<a>` is a note's way back to its call and says what the call says.
  bool repeats_call(std::size_t chapter, NodeId node) const {
    return repeats_.count({chapter, node}) > 0;
  }

 private:
  struct Heading {
    NodeId node;
    std::string anchor;
    std::string link() const { return anchor.empty() ? std::string() : "#" + anchor; }
  };
  using Spot = std::pair<std::size_t, NodeId>;  // chapter and element

  void collect_headings(std::size_t chapter);
  void collect_notes(std::size_t chapter);
  // Whether `href` leads to a note; `out` is where it stands.
  bool find_note(std::size_t chapter, std::string_view href, Spot& out) const;
  // The same where nothing says what a note is: `call` and what it leads to link to each other, and
  // it says no more than a number.
  bool find_plain_note(std::size_t chapter, NodeId call, Spot& out) const;
  // The link back to its call that a note begins or ends with; the root if there is none.
  NodeId way_back(const Spot& note, const Spot& call) const;
  // Whether a link is the way back to a call.
  bool is_way_back(const Spot& link, const Spot& call) const;

  const std::vector<Chapter>& chapters_;
  std::unordered_map<std::string_view, std::size_t> by_path_;
  std::vector<std::vector<Heading>> headings_;  // by chapter, in document order
  HeadingAnchors anchors_;
  std::map<Spot, std::string> labels_;  // of notes and of their calls
  std::set<Spot> repeats_;
  unsigned notes_ = 0;
};

}  // namespace sluice::html
