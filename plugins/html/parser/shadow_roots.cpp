// SPDX-License-Identifier: Apache-2.0
#include "shadow_roots.hpp"

#include <map>
#include <sluice/url.hpp>
#include <string>
#include <vector>

namespace sluice::html::parser {
namespace {

bool is_shadow_root(const Tree& tree, TreeId id) {
  const TreeNode& node = tree[id];
  if (node.name != Name::kTemplate || node.space != Space::kHtml) return false;
  const std::string_view mode = tree.attribute(id, Attr::kShadowRootMode);
  return equal_ignoring_ascii_case(mode, "open") || equal_ignoring_ascii_case(mode, "closed");
}

// The node after `id` and all that it holds, within `root`; the root at the end.
TreeId behind(const Tree& tree, TreeId id, TreeId root) {
  while (id != root && tree[id].next == kDocument) id = tree[id].parent;
  return id == root ? root : tree[id].next;
}

// By name, the first of each: later ones get nothing.
std::map<std::string, TreeId> slots_of(const Tree& tree, TreeId root) {
  std::map<std::string, TreeId> slots;
  TreeId id = tree[root].first_child == kDocument ? root : tree[root].first_child;
  while (id != root) {
    const TreeNode& node = tree[id];
    if (node.name == Name::kSlot) slots.emplace(tree.attribute(id, Attr::kName), id);
    // What stands in another template is not of this shadow tree.
    const bool into = node.first_child != kDocument && node.name != Name::kTemplate;
    id = into ? node.first_child : behind(tree, id, root);
  }
  return slots;
}

std::vector<TreeId> children_of(const Tree& tree, TreeId parent) {
  std::vector<TreeId> children;
  for (TreeId id = tree[parent].first_child; id != kDocument; id = tree[id].next) {
    children.push_back(id);
  }
  return children;
}

void show(Tree& tree, TreeId root) {
  const TreeId host = tree[root].parent;
  auto slots = slots_of(tree, root);
  std::map<TreeId, bool> filled;
  for (const TreeId child : children_of(tree, host)) {
    if (child == root) continue;
    tree.remove(child);
    const bool element = tree[child].kind == Kind::kElement;
    const std::string wanted(element ? tree.attribute(child, Attr::kSlot) : std::string_view());
    const auto slot = slots.find(wanted);
    if (slot == slots.end()) continue;
    if (!std::exchange(filled[slot->second], true)) {  // what was there is the fallback
      for (const TreeId fallback : children_of(tree, slot->second)) tree.remove(fallback);
    }
    tree.insert(child, {slot->second, kDocument});
  }
  tree.remove(root);
  tree.move_children(root, host);
}

}  // namespace

void show_shadow_roots(Tree& tree) {
  for (TreeId id = 1; id < tree.size(); ++id) {
    const TreeId host = tree[id].parent;
    if (host != kDocument && tree[id].kind == Kind::kElement && is_shadow_root(tree, id)) {
      show(tree, id);
    }
  }
}

}  // namespace sluice::html::parser
