// SPDX-License-Identifier: Apache-2.0
#include "tree.hpp"

namespace sluice::html::parser {

TreeId Tree::add(Kind kind) {
  nodes_.emplace_back();
  nodes_.back().kind = kind;
  return static_cast<TreeId>(nodes_.size() - 1);
}

std::uint32_t Tree::append(std::string_view text) {
  const auto begin = static_cast<std::uint32_t>(text_.size());
  text_ += text;
  return begin;
}

void Tree::add_attribute(std::string_view name, std::string_view value) {
  const Attr known = attr_of(name);
  if (keep_ == Keep::kForDom && known == Attr::kOther) return;
  if (keep_ == Keep::kEverything) {
    spelled_.emplace_back(append(name), static_cast<std::uint32_t>(name.size()));
  }
  const std::uint32_t begin = append(value);
  attributes_.push_back({known, begin, static_cast<std::uint32_t>(value.size())});
}

TreeId Tree::new_element(Space space, Name name, const TagToken& tag) {
  const TreeId id = add(Kind::kElement);
  nodes_[id].space = space;
  nodes_[id].name = name;
  const std::size_t begin = attributes_.size();
  for (std::size_t i = 0; i < tag.attributes(); ++i) {
    add_attribute(tag.attribute_name(i), tag.attribute_value(i));
  }
  nodes_[id].begin = static_cast<std::uint32_t>(begin);
  nodes_[id].length = static_cast<std::uint32_t>(attributes_.size() - begin);
  return id;
}

TreeId Tree::copy_of(TreeId element) {
  const TreeId id = add(Kind::kElement);
  const TreeNode& from = nodes_[element];
  TreeNode& to = nodes_[id];
  to.space = from.space;
  to.name = from.name;
  to.begin = from.begin;
  to.length = from.length;
  return id;
}

bool Tree::has_attribute(TreeId element, std::string_view name) const {
  const Attr known = attr_of(name);
  const TreeNode& node = nodes_[element];
  for (std::size_t i = node.begin; i < node.begin + node.length; ++i) {
    if (attributes_[i].name != known) continue;
    if (known != Attr::kOther) return true;
    const auto [begin, length] = spelled_[i];
    if (std::string_view(text_).substr(begin, length) == name) return true;
  }
  return false;
}

void Tree::add_missing_attributes(TreeId element, const TagToken& tag) {
  for (std::size_t i = 0; i < tag.attributes(); ++i) {
    const std::string_view name = tag.attribute_name(i);
    const TreeNode& node = nodes_[element];
    const bool unread = keep_ == Keep::kForDom && attr_of(name) == Attr::kOther;
    if (unread || node.length >= TagToken::kMaxAttributes || has_attribute(element, name)) continue;
    set_attribute(element, name, tag.attribute_value(i));
  }
}

void Tree::set_attribute(TreeId element, std::string_view name, std::string_view value) {
  TreeNode& node = nodes_[element];
  // They stand in a row, so they move to the end, where one more fits behind them.
  const std::size_t begin = attributes_.size();
  for (std::size_t k = node.begin; k < node.begin + node.length; ++k) {
    attributes_.push_back(Dom::Attribute(attributes_[k]));
    if (keep_ == Keep::kEverything) spelled_.push_back(std::pair(spelled_[k]));
  }
  add_attribute(name, value);
  node.begin = static_cast<std::uint32_t>(begin);
  ++node.length;
}

void Tree::insert(TreeId id, Place place) {
  TreeNode& node = nodes_[id];
  TreeNode& parent = nodes_[place.parent];
  node.parent = place.parent;
  node.next = place.before;
  node.previous = place.before == kDocument ? parent.last_child : nodes_[place.before].previous;
  (node.previous == kDocument ? parent.first_child : nodes_[node.previous].next) = id;
  (node.next == kDocument ? parent.last_child : nodes_[node.next].previous) = id;
}

void Tree::insert_text(std::string_view text, Place place) {
  const TreeId last =
      place.before == kDocument ? nodes_[place.parent].last_child : nodes_[place.before].previous;
  const std::uint32_t begin = append(text);
  const auto length = static_cast<std::uint32_t>(text.size());
  TreeNode& before = nodes_[last];
  if (last != kDocument && before.kind == Kind::kText && before.begin + before.length == begin) {
    before.length += length;
    return;
  }
  const TreeId id = add(Kind::kText);
  nodes_[id].begin = begin;
  nodes_[id].length = length;
  insert(id, place);
}

void Tree::insert_comment(std::string_view text, Place place) {
  if (keep_ == Keep::kForDom) return;
  const TreeId id = add(Kind::kComment);
  nodes_[id].begin = append(text);
  nodes_[id].length = static_cast<std::uint32_t>(text.size());
  insert(id, place);
}

void Tree::insert_doctype(const Doctype& doctype) {
  if (keep_ == Keep::kForDom) return;
  std::string text = doctype.name;
  if (doctype.has_public_id || doctype.has_system_id) {
    text += " \"" + doctype.public_id + "\" \"" + doctype.system_id + "\"";
  }
  const TreeId id = add(Kind::kDoctype);
  nodes_[id].begin = append(text);
  nodes_[id].length = static_cast<std::uint32_t>(text.size());
  insert(id, {kDocument, kDocument});
}

void Tree::remove(TreeId id) {
  TreeNode& node = nodes_[id];
  if (node.parent == kDocument && nodes_[kDocument].first_child != id &&
      node.previous == kDocument) {
    return;  // in no place
  }
  TreeNode& parent = nodes_[node.parent];
  (node.previous == kDocument ? parent.first_child : nodes_[node.previous].next) = node.next;
  (node.next == kDocument ? parent.last_child : nodes_[node.next].previous) = node.previous;
  node.parent = node.previous = node.next = kDocument;
}

void Tree::move_children(TreeId from, TreeId to) {
  while (nodes_[from].first_child != kDocument) {
    const TreeId child = nodes_[from].first_child;
    remove(child);
    insert(child, {to, kDocument});
  }
}

Tree::Spelled Tree::attribute(TreeId element, std::size_t i) const {
  const std::string_view all(text_);
  const std::size_t at = nodes_[element].begin + i;
  const auto [begin, length] = spelled_[at];
  return {all.substr(begin, length), all.substr(attributes_[at].begin, attributes_[at].length)};
}

std::string_view Tree::attribute(TreeId element, Attr name) const {
  const TreeNode& node = nodes_[element];
  for (std::size_t i = node.begin; i < node.begin + node.length; ++i) {
    if (attributes_[i].name == name) {
      return std::string_view(text_).substr(attributes_[i].begin, attributes_[i].length);
    }
  }
  return {};
}

}  // namespace sluice::html::parser
