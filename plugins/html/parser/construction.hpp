// SPDX-License-Identifier: Apache-2.0
//
// What the rules of all insertion modes share: where a node goes, and what is opened and closed on
// its way (HTML 13.2.6.1, 13.2.4.3, 13.2.6.4.7).
#pragma once

#include "active_formatting.hpp"
#include "open_elements.hpp"
#include "tree.hpp"

namespace sluice::html::parser {

struct Construction {
  explicit Construction(Tree& tree_of_page) : tree(tree_of_page), open(tree_of_page) {}

  // The element of a tag, inserted and open.
  TreeId insert(Space space, Name name, const TagToken& tag);
  TreeId insert(Name name, const TagToken& tag) { return insert(Space::kHtml, name, tag); }
  // An element that the page implies.
  TreeId insert(Name name) { return insert(name, TagToken()); }
  // The same, closed at once: it has no content.
  void insert_void(Name name, const TagToken& tag);
  void insert_text(std::string_view text);
  void insert_comment(std::string_view text) { tree.insert_comment(text, place()); }

  // "The appropriate place for inserting a node", in `target` or else the current element.
  Place place(TreeId target = kDocument) const;
  Place foster_place() const;

  void reconstruct_formatting();
  void close_p();
  void close_p_in_button_scope();
  // The end tag of a formatting element (the "adoption agency algorithm").
  void end_formatting(Name name);
  void any_other_end_tag(Name name);

  bool is_text_integration_point(TreeId id) const;
  bool is_html_integration_point(TreeId id) const;

  Tree& tree;
  OpenElements open;
  ActiveFormatting formatting;
  TreeId head = kDocument;
  TreeId form = kDocument;
  bool foster_parenting = false;

 private:
  bool adopt(Name name);
  TreeId furthest_block(std::size_t behind) const;
  // Splits the formatting elements between the two; returns what belongs below the common ancestor.
  TreeId split_between(TreeId formatting_element, TreeId block, std::size_t& bookmark);
};

}  // namespace sluice::html::parser
