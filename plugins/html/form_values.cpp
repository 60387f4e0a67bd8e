// SPDX-License-Identifier: Apache-2.0
#include "form_values.hpp"

#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <string_view>

namespace sluice::html {
namespace {

// Words stand beside their box, or in the next cell.
constexpr NodeId kBeside = 12;
constexpr std::size_t kMaxChosen = 100;  // of a menu for several

bool is_choice(std::string_view type) {
  return type == "checkbox" || type == "radio";
}

// Types whose value is no text that the page shows (4.10.5.1).
bool shows_nothing(std::string_view type) {
  static constexpr auto kSilent = std::to_array<std::string_view>(
      {"hidden", "password", "submit", "reset", "button", "image", "file", "range", "color"});
  return std::find(kSilent.begin(), kSilent.end(), type) != kSilent.end();
}

bool says_something(const Dom& dom, NodeId text) {
  return dom[text].tag == Tag::kText && sluice::has_word(dom.text(text));
}

// Whether words stand in the label around a box, or behind it before anything else.
bool has_words_beside(const Dom& dom, NodeId box) {
  const NodeId around = dom[box].parent;
  if (dom[around].tag == Tag::kLabel) {
    for (NodeId i = around + 1; i < dom[around].end; ++i) {
      if (says_something(dom, i)) return true;
    }
  }
  const NodeId end = std::min<NodeId>(static_cast<NodeId>(dom.size()), dom[box].end + kBeside);
  for (NodeId i = dom[box].end; i < end; ++i) {
    const Tag tag = dom[i].tag;
    if (says_something(dom, i)) return true;
    if (tag == Tag::kInput || (is_block(tag) && tag != Tag::kTd)) return false;
  }
  return false;
}

std::string value_of_input(const Dom& dom, NodeId input) {
  const std::string type = ascii_lower(dom.attribute(input, Attr::kType));
  if (is_choice(type)) {
    if (!has_words_beside(dom, input)) return {};
    return dom.has(input, Attr::kChecked) ? "\u2612" : "\u2610";
  }
  const std::string_view value = dom.attribute(input, Attr::kValue);
  return shows_nothing(type) || sluice::is_blank(value) ? std::string() : one_line(value);
}

// The entries that are chosen; if none is, the first, unless it only says what to choose (its value
// is empty).
std::string value_of_menu(const Dom& dom, NodeId menu) {
  std::string chosen;
  NodeId first = kRootNode;
  std::size_t count = 0;
  for (NodeId i = menu + 1; i < dom[menu].end; ++i) {
    if (dom[i].tag != Tag::kOption) continue;
    if (first == kRootNode) first = i;
    if (!dom.has(i, Attr::kSelected) || ++count > kMaxChosen) continue;
    if (!chosen.empty()) chosen += ", ";
    chosen += one_line(dom.inner_text(i));
  }
  if (count > 0 || first == kRootNode || dom.has(menu, Attr::kMultiple)) return chosen;
  const bool is_prompt =
      dom.has(first, Attr::kValue) && sluice::is_blank(dom.attribute(first, Attr::kValue));
  return is_prompt ? std::string() : one_line(dom.inner_text(first));
}

}  // namespace

bool is_control(Tag tag) {
  return tag == Tag::kInput || tag == Tag::kTextarea || tag == Tag::kSelect;
}

std::string form_value(const Dom& dom, NodeId control) {
  switch (dom[control].tag) {
    case Tag::kInput:
      return value_of_input(dom, control);
    case Tag::kTextarea: {
      std::string text;
      for (NodeId i = control + 1; i < dom[control].end; ++i) {
        if (dom[i].tag == Tag::kText) text += dom.text(i);
      }
      return sluice::is_blank(text) ? std::string() : text;
    }
    case Tag::kSelect:
      return value_of_menu(dom, control);
    default:
      return {};
  }
}

}  // namespace sluice::html
