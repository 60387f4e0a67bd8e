// SPDX-License-Identifier: Apache-2.0
//
// What stands around the text of a page and is none of it: navigation, adverts, cookie notices,
// comments, link lists. Unlike the search for the article, this drops what is furniture by its own
// evidence, and keeps all else: a paragraph, a table, a listing that nothing speaks against stays.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dom.hpp"
#include "text_sums.hpp"

namespace sluice::html {

// What the words of a class or an id call an element. Words are parted at signs and where a capital
// follows a small letter; each is compared whole, so `extraction` is no `extra`.
enum Furniture : std::uint8_t {
  kLeadsOn = 1,     // menus, breadcrumbs, page turners
  kShares = 2,      // buttons for social networks
  kAdvertises = 4,  // adverts, teasers, recommendations
  kAsks = 8,        // cookies, newsletters, sign-ups
  kDiscusses = 16,  // comments of readers
  kEdges = 32,      // header, footer, columns beside the text
};
unsigned furniture_in(std::string_view words);

class PageFurniture {
 public:
  // `text` are the elements that the page's text is in (in document order); `marks` are those of
  // mark_layout. All must outlive this.
  PageFurniture(const Dom& dom, const std::vector<std::uint8_t>& marks,
                const std::vector<NodeId>& text);

  // Sets kDropped on the furniture.
  void drop(std::vector<std::uint8_t>& marks) const;

 private:
  enum class Place : std::uint8_t { kAround, kInside, kOutside };

  Place place_of(NodeId id) const;
  bool is_furniture(NodeId id, Place place) const;
  bool is_furniture_by_tag(NodeId id, Place place) const;
  bool is_furniture_by_name(NodeId id, Place place) const;
  bool is_form(NodeId id) const;
  bool is_stray_link_list(NodeId id) const;
  // Beside paragraphs or headings, as what belongs to a text is.
  bool stands_in_text(NodeId id) const;
  bool is_text(NodeId id) const;
  bool holds_headline(NodeId id) const;
  // Tables of data, listings and definitions, which no evidence by names outweighs.
  bool holds_data(NodeId id) const { return data_before_[dom_[id].end] > data_before_[id]; }
  bool holds_heading(NodeId id) const {
    return headings_before_[dom_[id].end] > headings_before_[id];
  }
  // The words of its classes, and of its id unless that is the anchor of a heading.
  unsigned furniture_of(NodeId id) const;
  bool is_anchor_of_heading(NodeId id) const;

  const Dom& dom_;
  const std::vector<std::uint8_t>& base_;
  const std::vector<NodeId>& text_;
  TextSums sums_;
  std::uint32_t running_ = 0;  // text of the page's text
  NodeId headline_ = kRootNode;
  std::vector<std::uint32_t> data_before_;      // how many before each node
  std::vector<std::uint32_t> headings_before_;  // the same
  mutable std::unordered_map<std::string_view, unsigned> known_;
};

}  // namespace sluice::html
