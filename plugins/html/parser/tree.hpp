// SPDX-License-Identifier: Apache-2.0
//
// The tree while it grows: nodes are moved and copied by the parser's rules, so they are linked,
// not in order. Dom is what becomes of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "../dom.hpp"
#include "names.hpp"
#include "tokens.hpp"

namespace sluice::html::parser {

using TreeId = std::uint32_t;
inline constexpr TreeId kDocument = 0;  // also stands for "none": it is nobody's child

enum class Kind : std::uint8_t { kRoot, kElement, kText, kComment, kDoctype };

struct TreeNode {
  Kind kind = Kind::kRoot;
  Space space = Space::kHtml;
  Name name = Name::kNone;
  TreeId parent = kDocument;
  TreeId first_child = kDocument;
  TreeId last_child = kDocument;
  TreeId previous = kDocument;
  TreeId next = kDocument;
  std::uint32_t begin = 0;   // of the text, or of the attributes
  std::uint32_t length = 0;  // of the text, or how many attributes
};

// A place in the tree: the last child of `parent`, or just before `before` if that is not none.
struct Place {
  TreeId parent = kDocument;
  TreeId before = kDocument;
};

// What of a page the tree holds: what Dom needs (no comments, no unread attributes, no scripts but
// formulas), or everything, as the standard's tests compare it.
enum class Keep : std::uint8_t { kForDom, kEverything };

class Tree {
 public:
  explicit Tree(Keep keep) : keep_(keep) { nodes_.emplace_back(); }

  Keep keep() const { return keep_; }
  std::size_t size() const { return nodes_.size(); }
  const TreeNode& operator[](TreeId id) const { return nodes_[id]; }
  std::string_view text(TreeId id) const {
    return std::string_view(text_).substr(nodes_[id].begin, nodes_[id].length);
  }
  Names& names() { return names_; }
  const Names& names() const { return names_; }

  // A new element, in no place yet.
  TreeId new_element(Space space, Name name, const TagToken& tag);
  // A new element with the attributes of another.
  TreeId copy_of(TreeId element);
  // Adds those of the tag's attributes that the element has not.
  void add_missing_attributes(TreeId element, const TagToken& tag);

  // REQUIRES: the element has no attribute of this name.
  void set_attribute(TreeId element, std::string_view name, std::string_view value);

  void insert(TreeId node, Place place);
  void insert_text(std::string_view text, Place place);
  void insert_comment(std::string_view text, Place place);
  void insert_doctype(const Doctype& doctype);
  void remove(TreeId node);
  void move_children(TreeId from, TreeId to);

  struct Spelled {
    std::string_view name;
    std::string_view value;
  };
  // REQUIRES: Keep::kEverything, since nothing else reads the names of attributes.
  Spelled attribute(TreeId element, std::size_t i) const;
  std::string_view attribute(TreeId element, Attr name) const;

  // Moves what a Dom shares with it out of the tree, which is of no use any more.
  std::string release_text() { return std::move(text_); }
  std::vector<Dom::Attribute> release_attributes() { return std::move(attributes_); }

 private:
  TreeId add(Kind kind);
  std::uint32_t append(std::string_view text);
  void add_attribute(std::string_view name, std::string_view value);
  bool has_attribute(TreeId element, std::string_view name) const;

  const Keep keep_;
  std::vector<TreeNode> nodes_;
  std::vector<Dom::Attribute> attributes_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> spelled_;  // their names, if all is kept
  std::string text_;
  Names names_;
};

}  // namespace sluice::html::parser
