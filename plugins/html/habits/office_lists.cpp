// SPDX-License-Identifier: Apache-2.0
#include "office_lists.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::html {
namespace {

using parser::kDocument;
using parser::Kind;
using parser::Name;
using parser::Place;
using parser::Space;
using parser::TagToken;
using parser::Tree;
using parser::TreeId;

constexpr int kMaxLevel = 9;  // Word's and Google's

bool is_blank_text(const Tree& tree, TreeId id) {
  return tree[id].kind == Kind::kText &&
         tree.text(id).find_first_not_of(" \t\r\n\f") == std::string_view::npos;
}

int number_after(std::string_view text, std::string_view word) {
  const std::size_t at = text.find(word);
  if (at == std::string_view::npos) return -1;
  int number = -1;
  const std::string_view digits = text.substr(at + word.size());
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

TreeId add_element(Tree& tree, Name name, TreeId parent) {
  const TreeId id = tree.new_element(Space::kHtml, name, TagToken());
  tree.insert(id, {parent, kDocument});
  return id;
}

// --- Word ---

// The list of a paragraph ("l0 lfo1") and its level from 0; a level of -1 if it is in none.
struct WordItem {
  std::string list;
  int level = -1;
};

WordItem word_item(const Tree& tree, TreeId id) {
  if (tree[id].kind != Kind::kElement || tree[id].name != Name::kP) return {};
  const std::string_view style = tree.attribute(id, Attr::kStyle);
  const std::size_t at = style.find("mso-list:");
  if (at == std::string_view::npos) return {};
  const std::string_view value = style.substr(at, style.find(';', at) - at);
  const int level = number_after(value, " level");
  if (level < 1 || level > kMaxLevel) return {};
  return {std::string(value.substr(0, value.find(" level"))), level - 1};
}

// The sign of an item, which is taken out of it.
std::string remove_sign(Tree& tree, TreeId paragraph) {
  for (TreeId child = tree[paragraph].first_child; child != kDocument; child = tree[child].next) {
    // It may stand in spans that say how the sign looks.
    for (TreeId id = child; id != kDocument; id = tree[id].first_child) {
      const bool sign =
          tree[id].kind == Kind::kElement &&
          tree.attribute(id, Attr::kStyle).find("mso-list:Ignore") != std::string_view::npos;
      if (!sign) continue;
      std::string text;
      for (TreeId part = tree[id].first_child; part != kDocument; part = tree[part].next) {
        if (tree[part].kind == Kind::kText) text += tree.text(part);
      }
      tree.remove(id);
      return text;
    }
  }
  return {};
}

// `3.`, `b)`, `iv.`: how an item of a numbered list counts.
struct Number {
  char type = '\0';  // as the attribute `type` of `<ol>`; none for other signs
  int value = 0;
};

Number number_of(std::string_view sign) {
  const std::size_t begin = sign.find_first_not_of(" \t\r\n(");
  if (begin == std::string_view::npos) return {};
  const std::size_t end = sign.find_first_of(".)", begin);
  if (end == std::string_view::npos || end == begin) return {};
  const std::string_view mark = sign.substr(begin, end - begin);
  int value = 0;
  const auto [rest, error] = std::from_chars(mark.data(), mark.data() + mark.size(), value);
  if (error == std::errc() && rest == mark.data() + mark.size()) return {'1', value};
  const char first = mark.front();
  const bool small = first >= 'a' && first <= 'z';
  const bool large = first >= 'A' && first <= 'Z';
  if (mark.find_first_not_of(small ? "ivxlc" : "IVXLC") == std::string_view::npos &&
      (mark.size() > 1 || (first | 0x20) == 'i')) {
    return {small ? 'i' : 'I', 0};
  }
  if (mark.size() != 1 || (!small && !large)) return {};
  return {small ? 'a' : 'A', (first | 0x20) - 'a' + 1};
}

// The lists that are open at one place of a page, a level each.
class OpenLists {
 public:
  OpenLists(Tree& tree, Place place) : tree_(tree), place_(place) {}

  void add(TreeId paragraph, int level) {
    const Number number = number_of(remove_sign(tree_, paragraph));
    lists_.resize(std::min(lists_.size(), static_cast<std::size_t>(level) + 1));
    while (lists_.size() <= static_cast<std::size_t>(level)) open(number);
    const TreeId item = add_element(tree_, Name::kLi, lists_.back());
    if (number.value > 0) {
      tree_.set_attribute(item, "value", std::to_string(number.value));
    }
    tree_.remove(paragraph);
    tree_.move_children(paragraph, item);
  }

 private:
  void open(const Number& number) {
    const Name name = number.type == '\0' ? Name::kUl : Name::kOl;
    TreeId list = kDocument;
    if (lists_.empty()) {
      list = tree_.new_element(Space::kHtml, name, TagToken());
      tree_.insert(list, place_);
    } else {
      TreeId item = tree_[lists_.back()].last_child;
      if (item == kDocument) item = add_element(tree_, Name::kLi, lists_.back());
      list = add_element(tree_, name, item);
    }
    if (number.type != '\0') tree_.set_attribute(list, "type", std::string(1, number.type));
    lists_.push_back(list);
  }

  Tree& tree_;
  const Place place_;
  std::vector<TreeId> lists_;
};

// --- Google Docs ---

// "kix_abc" and the level of `lst-kix_abc-2`; a level of -1 for other lists.
struct GoogleList {
  std::string_view id;
  int level = -1;
};

GoogleList google_list(const Tree& tree, TreeId id) {
  if (tree[id].kind != Kind::kElement) return {};
  if (tree[id].name != Name::kUl && tree[id].name != Name::kOl) return {};
  std::string_view classes = tree.attribute(id, Attr::kClass);
  const std::size_t at = classes.find("lst-kix_");
  if (at == std::string_view::npos) return {};
  classes = classes.substr(at, classes.find(' ', at) - at);
  const std::size_t dash = classes.rfind('-');
  const int level = number_after(classes.substr(dash), "-");
  if (level < 0 || level >= kMaxLevel) return {};
  return {classes.substr(0, dash), level};
}

TreeId next_element(const Tree& tree, TreeId id) {
  id = tree[id].next;
  while (id != kDocument && is_blank_text(tree, id)) id = tree[id].next;
  return id;
}

void nest_behind(Tree& tree, TreeId first) {
  std::vector<TreeId> open(static_cast<std::size_t>(google_list(tree, first).level) + 1, first);
  const std::string id(google_list(tree, first).id);
  while (true) {
    const TreeId next = next_element(tree, first);
    const GoogleList list = next == kDocument ? GoogleList() : google_list(tree, next);
    const auto level = static_cast<std::size_t>(list.level);
    if (list.level < 0 || list.id != id) return;
    tree.remove(next);
    open.resize(std::min(open.size(), level + 1));
    if (open.size() == level + 1) {  // the list of this level goes on
      tree.move_children(next, open.back());
      continue;
    }
    TreeId item = tree[open.back()].last_child;
    while (item != kDocument && tree[item].kind != Kind::kElement) item = tree[item].previous;
    if (item == kDocument) item = add_element(tree, Name::kLi, open.back());
    tree.insert(next, {item, kDocument});
    open.resize(level + 1, next);
  }
}

}  // namespace

void nest_word_lists(Tree& tree) {
  const std::size_t size = tree.size();  // what is added here is no list of Word's
  for (TreeId id = 1; id < size; ++id) {
    const WordItem first = word_item(tree, id);
    if (first.level < 0 || tree[id].parent == kDocument) continue;
    OpenLists lists(tree, {tree[id].parent, id});
    TreeId at = id;
    WordItem item = first;
    while (item.level >= 0 && item.list == first.list) {
      const TreeId next = next_element(tree, at);
      lists.add(at, item.level);
      at = next;
      if (at == kDocument) break;
      item = word_item(tree, at);
    }
  }
}

void nest_google_lists(Tree& tree) {
  const std::size_t size = tree.size();
  for (TreeId id = 1; id < size; ++id) {
    if (google_list(tree, id).level >= 0 && tree[id].parent != kDocument) nest_behind(tree, id);
  }
}

}  // namespace sluice::html
