// SPDX-License-Identifier: Apache-2.0
#include "construction.hpp"

#include <sluice/url.hpp>

namespace sluice::html::parser {

TreeId Construction::insert(Space space, Name name, const TagToken& tag) {
  open.make_room();
  const Place where = place();
  const TreeId id = tree.new_element(space, name, tag);
  tree.insert(id, where);
  open.push(id);
  return id;
}

void Construction::insert_void(Name name, const TagToken& tag) {
  insert(name, tag);
  open.pop();
}

void Construction::insert_text(std::string_view text) {
  const Place where = place();
  if (where.parent != kDocument) tree.insert_text(text, where);
}

Place Construction::place(TreeId target) const {
  if (target == kDocument) target = open.current();
  const Name name = tree[target].space == Space::kHtml ? tree[target].name : Name::kNone;
  const bool of_table = name == Name::kTable || name == Name::kTbody || name == Name::kTfoot ||
                        name == Name::kThead || name == Name::kTr;
  return foster_parenting && of_table ? foster_place() : Place{target, kDocument};
}

Place Construction::foster_place() const {
  for (std::size_t i = open.size(); i-- > 0;) {
    if (open.is(open[i], Name::kTemplate)) return {open[i], kDocument};
    if (!open.is(open[i], Name::kTable)) continue;
    const TreeId parent = tree[open[i]].parent;
    if (parent != kDocument) return {parent, open[i]};
    return {open[i > 0 ? i - 1 : 0], kDocument};
  }
  return {open[0], kDocument};
}

void Construction::reconstruct_formatting() {
  std::size_t i = formatting.size();
  while (i > 0 && !formatting[i - 1].is_marker() && !open.contains(formatting[i - 1].element)) --i;
  for (; i < formatting.size(); ++i) {
    open.make_room();
    const Place where = place();
    const TreeId id = tree.copy_of(formatting[i].element);
    tree.insert(id, where);
    open.push(id);
    formatting[i].element = id;
  }
}

void Construction::close_p() {
  open.generate_implied_end_tags(Name::kP);
  open.pop_until(Name::kP);
}

void Construction::close_p_in_button_scope() {
  if (open.has_in_scope(Name::kP, Scope::kButton)) close_p();
}

void Construction::any_other_end_tag(Name name) {
  for (std::size_t i = open.size(); i-- > 1;) {
    const TreeId id = open[i];
    if (open.is(id, name)) {
      open.generate_implied_end_tags(name);
      while (open.size() > i) open.pop();
      return;
    }
    if (is_special(tree[id].space, tree[id].name)) return;
  }
}

void Construction::end_formatting(Name name) {
  constexpr int kMaxRounds = 8;  // the standard's
  const TreeId current = open.current();
  if (open.is(current, name) && formatting.place_of(current) == formatting.size()) {
    open.pop();
    return;
  }
  for (int round = 0; round < kMaxRounds; ++round) {
    if (formatting.last(name) == formatting.size()) {
      if (round == 0) any_other_end_tag(name);
      return;
    }
    if (!adopt(name)) return;
  }
}

// One round of the adoption agency; false if it was the last.
bool Construction::adopt(Name name) {
  std::size_t bookmark = formatting.last(name);
  const TreeId element = formatting[bookmark].element;
  const std::size_t at = open.place_of(element);
  if (at == open.size()) {
    formatting.erase(bookmark);
    return false;
  }
  if (!open.is_in_scope(element)) return false;
  const TreeId block = furthest_block(at);
  if (block == kDocument) {
    while (open.size() > at) open.pop();
    formatting.remove(element);
    return false;
  }
  const TreeId ancestor = open[at - 1];
  const TreeId last = split_between(element, block, bookmark);
  tree.remove(last);
  tree.insert(last, place(ancestor));

  ActiveFormatting::Entry entry = formatting[formatting.place_of(element)];
  entry.element = tree.copy_of(element);
  tree.move_children(block, entry.element);
  tree.insert(entry.element, {block, kDocument});
  const std::size_t old = formatting.place_of(element);
  if (old < bookmark) --bookmark;
  formatting.erase(old);
  formatting.insert(bookmark, entry);
  open.remove(element);
  open.insert_behind(entry.element, block);
  return true;
}

TreeId Construction::furthest_block(std::size_t behind) const {
  for (std::size_t i = behind + 1; i < open.size(); ++i) {
    if (is_special(tree[open[i]].space, tree[open[i]].name)) return open[i];
  }
  return kDocument;
}

TreeId Construction::split_between(TreeId formatting_element, TreeId block, std::size_t& bookmark) {
  constexpr int kMaxSplit = 3;  // the standard's
  TreeId last = block;
  std::size_t at = open.place_of(block);
  for (int round = 1; open[--at] != formatting_element; ++round) {
    const TreeId node = open[at];
    std::size_t listed = formatting.place_of(node);
    if (round > kMaxSplit && listed < formatting.size()) {
      formatting.erase(listed);
      if (listed < bookmark) --bookmark;
      listed = formatting.size();
    }
    if (listed == formatting.size()) {
      open.remove(node);
      continue;
    }
    const TreeId copy = tree.copy_of(node);
    formatting[listed].element = copy;
    open.replace(node, copy);
    if (last == block) bookmark = listed + 1;
    tree.remove(last);
    tree.insert(last, {copy, kDocument});
    last = copy;
  }
  return last;
}

bool Construction::is_text_integration_point(TreeId id) const {
  if (tree[id].space != Space::kMathml) return false;
  const Name name = tree[id].name;
  return name == Name::kMi || name == Name::kMo || name == Name::kMn || name == Name::kMs ||
         name == Name::kMtext;
}

bool Construction::is_html_integration_point(TreeId id) const {
  const TreeNode& node = tree[id];
  if (node.space == Space::kSvg) {
    return node.name == Name::kForeignObject || node.name == Name::kDesc ||
           node.name == Name::kTitle;
  }
  if (node.space != Space::kMathml || node.name != Name::kAnnotationXml) return false;
  const std::string_view encoding = tree.attribute(id, Attr::kEncoding);
  return equal_ignoring_ascii_case(encoding, "text/html") ||
         equal_ignoring_ascii_case(encoding, "application/xhtml+xml");
}

}  // namespace sluice::html::parser
