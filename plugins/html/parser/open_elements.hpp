// SPDX-License-Identifier: Apache-2.0
//
// The stack of open elements (HTML 13.2.4.2). Deeper than 512 it does not grow: then the innermost
// element gives way to the new one, and both stand beside each other. Browsers bound the tree at
// 512, too; without a bound, each end tag costs the depth of the tree.
#pragma once

#include <initializer_list>
#include <vector>

#include "tree.hpp"

namespace sluice::html::parser {

// Where the search for an element "in scope" ends.
enum class Scope : std::uint8_t { kDefault, kListItem, kButton, kTable, kSelect };

// The stack of open elements of the specification (13.2.4.2), with functions for each question that
// its algorithms ask.
class OpenElements {
 public:
  static constexpr std::size_t kMaxDepth = 512;

  explicit OpenElements(const Tree& tree) : tree_(tree) {}

  bool empty() const { return stack_.empty(); }
  std::size_t size() const { return stack_.size(); }
  TreeId operator[](std::size_t i) const { return stack_[i]; }
  // The innermost one; the document if there is none.
  TreeId current() const { return stack_.empty() ? kDocument : stack_.back(); }
  bool current_is(Name name) const { return is(current(), name); }
  bool current_is_one_of(std::initializer_list<Name> names) const;
  bool is(TreeId id, Name name) const {
    return tree_[id].name == name && tree_[id].space == Space::kHtml;
  }

  // Before a place for a new element is looked for.
  void make_room();
  void push(TreeId id) { stack_.push_back(id); }
  // The outermost element stays: without it, there is nowhere to put what comes.
  void pop();
  void pop_until(Name name);
  void pop_until_one_of(std::initializer_list<Name> names);
  // Pops what stands in no such element: "clear the stack back to" (13.2.6.4.9 and others).
  void clear_back_to(std::initializer_list<Name> names);
  void remove(TreeId id);
  void insert_behind(TreeId id, TreeId other);
  void replace(TreeId old, TreeId with);

  bool contains(TreeId id) const { return place_of(id) < stack_.size(); }
  bool contains(Name name) const;
  // How far from the outermost; size() if it is not open.
  std::size_t place_of(TreeId id) const;

  bool has_in_scope(Name name, Scope scope = Scope::kDefault) const;
  bool has_heading_in_scope() const;
  bool is_in_scope(TreeId id) const;

  // 13.2.6.3; `except` keeps one kind open.
  void generate_implied_end_tags(Name except = Name::kNone);
  void generate_all_implied_end_tags();

 private:
  bool ends(TreeId id, Scope scope) const;

  const Tree& tree_;
  std::vector<TreeId> stack_;
};

}  // namespace sluice::html::parser
