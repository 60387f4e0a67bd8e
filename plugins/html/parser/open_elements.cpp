// SPDX-License-Identifier: Apache-2.0
#include "open_elements.hpp"

#include <algorithm>

namespace sluice::html::parser {

bool OpenElements::current_is_one_of(std::initializer_list<Name> names) const {
  return std::any_of(names.begin(), names.end(), [this](Name name) { return current_is(name); });
}

void OpenElements::make_room() {
  if (stack_.size() >= kMaxDepth) stack_.pop_back();
}

void OpenElements::pop() {
  if (stack_.size() > 1) stack_.pop_back();
}

void OpenElements::pop_until(Name name) {
  pop_until_one_of({name});
}

void OpenElements::pop_until_one_of(std::initializer_list<Name> names) {
  while (stack_.size() > 1) {
    const bool found = current_is_one_of(names);
    pop();
    if (found) return;
  }
}

void OpenElements::clear_back_to(std::initializer_list<Name> names) {
  while (stack_.size() > 1 && !current_is_one_of(names)) pop();
}

void OpenElements::remove(TreeId id) {
  const std::size_t place = place_of(id);
  if (place < stack_.size()) stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(place));
}

void OpenElements::insert_behind(TreeId id, TreeId other) {
  const std::size_t place = place_of(other);
  if (place == stack_.size()) return;
  stack_.insert(stack_.begin() + static_cast<std::ptrdiff_t>(place) + 1, id);
}

void OpenElements::replace(TreeId old, TreeId with) {
  std::replace(stack_.begin(), stack_.end(), old, with);
}

bool OpenElements::contains(Name name) const {
  return std::any_of(stack_.begin(), stack_.end(), [&](TreeId id) { return is(id, name); });
}

std::size_t OpenElements::place_of(TreeId id) const {
  // What is asked for is mostly near the top.
  for (std::size_t i = stack_.size(); i-- > 0;) {
    if (stack_[i] == id) return i;
  }
  return stack_.size();
}

bool OpenElements::ends(TreeId id, Scope scope) const {
  const TreeNode& node = tree_[id];
  switch (scope) {
    case Scope::kTable:
      return is(id, Name::kHtml) || is(id, Name::kTable) || is(id, Name::kTemplate);
    case Scope::kSelect:
      return !is(id, Name::kOptgroup) && !is(id, Name::kOption);
    case Scope::kListItem:
      if (is(id, Name::kOl) || is(id, Name::kUl)) return true;
      break;
    case Scope::kButton:
      if (is(id, Name::kButton)) return true;
      break;
    case Scope::kDefault:
      break;
  }
  return bounds_scope(node.space, node.name);
}

bool OpenElements::has_in_scope(Name name, Scope scope) const {
  for (std::size_t i = stack_.size(); i-- > 0;) {
    if (is(stack_[i], name)) return true;
    if (ends(stack_[i], scope)) return false;
  }
  return false;
}

bool OpenElements::has_heading_in_scope() const {
  for (std::size_t i = stack_.size(); i-- > 0;) {
    const TreeNode& node = tree_[stack_[i]];
    if (node.space == Space::kHtml && is_heading_name(node.name)) return true;
    if (ends(stack_[i], Scope::kDefault)) return false;
  }
  return false;
}

bool OpenElements::is_in_scope(TreeId id) const {
  for (std::size_t i = stack_.size(); i-- > 0;) {
    if (stack_[i] == id) return true;
    if (ends(stack_[i], Scope::kDefault)) return false;
  }
  return false;
}

void OpenElements::generate_implied_end_tags(Name except) {
  while (stack_.size() > 1) {
    const TreeNode& node = tree_[current()];
    if (node.space != Space::kHtml || node.name == except || !has_implied_end(node.name)) return;
    pop();
  }
}

void OpenElements::generate_all_implied_end_tags() {
  while (stack_.size() > 1) {
    const TreeNode& node = tree_[current()];
    if (node.space != Space::kHtml || !has_thorough_implied_end(node.name)) return;
    pop();
  }
}

}  // namespace sluice::html::parser
