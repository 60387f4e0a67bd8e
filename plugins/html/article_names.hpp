// SPDX-License-Identifier: Apache-2.0
//
// What classes and ids say for and against an element, in the search for a page's article. The
// words are those of Mozilla's Readability and its ancestor, Arc90's (see NOTICE).
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dom.hpp"

namespace sluice::html {

class ArticleNames {
 public:
  explicit ArticleNames(const Dom& dom);

  bool is_chrome(NodeId id) const { return (names_[id] & kChrome) != 0; }
  bool is_share(NodeId id) const { return (names_[id] & kShare) != 0; }
  // Points for and against.
  int weight(NodeId id) const;

 private:
  enum Name : std::uint8_t {
    kContent = 1,
    kMargin = 2,
    kChrome = 4,
    kShare = 8,
    kContentId = 16,
    kMarginId = 32,
    kSpared = 64,  // a name of chrome, but also one of content
  };

  std::uint8_t classify(NodeId id);
  // What the words in a class or an id say. Pages repeat their classes, so each is read once.
  unsigned names_in(std::string_view words);

  const Dom& dom_;
  std::vector<std::uint8_t> names_;
  std::unordered_map<std::string_view, unsigned> known_;
};

// Whether an element says by its tag or role that it leads through the site.
bool is_navigation(const Dom& dom, NodeId id);

}  // namespace sluice::html
