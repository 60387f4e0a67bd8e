// SPDX-License-Identifier: Apache-2.0
#include "text_sums.hpp"

#include <string_view>

#include "layout.hpp"

namespace sluice::html {
namespace {

bool is_wide_comma(std::string_view at) {
  return at.starts_with("，") || at.starts_with("、") || at.starts_with("،");
}

Sums sums_of_text(std::string_view text) {
  Sums sums;
  bool blank = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c <= ' ') {
      blank = sums.text > 0;
      continue;
    }
    if ((c & 0xC0) != 0x80) {
      sums.text += blank ? 2 : 1;
      blank = false;
    }
    if (c == ',' || (c >= 0xD8 && is_wide_comma(text.substr(i, 3)))) ++sums.commas;
  }
  return sums;
}

}  // namespace

void Sums::add(const Sums& other) {
  text += other.text;
  linked += other.linked;
  listed += other.listed;
  commas += other.commas;
  paragraphs += other.paragraphs;
  images += other.images;
  items += other.items;
  inputs += other.inputs;
}

void TextSums::sum_up(const std::vector<std::uint8_t>& marks) {
  sums_.assign(dom_.size(), {});
  for (NodeId i = static_cast<NodeId>(dom_.size()); i-- > 1;) {
    // What a control shows is no running text, and its entries are no text at all.
    const bool is_filled = dom_[i].tag == Tag::kSelect || dom_[i].tag == Tag::kTextarea;
    if ((marks[i] & (kHidden | kDropped)) != 0 || is_filled) {
      sums_[i] = {};
      continue;
    }
    add_own(i);
    sums_[dom_[i].parent].add(sums_[i]);
  }
}

void TextSums::add_own(NodeId i) {
  Sums& sums = sums_[i];
  switch (dom_[i].tag) {
    case Tag::kText:
      sums = sums_of_text(dom_.text(i));
      break;
    case Tag::kA:
      // A link within the page is a third of a link: articles have such, to their notes and parts.
      sums.linked = dom_.attribute(i, Attr::kHref).starts_with("#") ? sums.text / 3 : sums.text;
      break;
    case Tag::kUl:
    case Tag::kOl:
      sums.listed = sums.text;
      break;
    case Tag::kP:
      ++sums.paragraphs;
      break;
    case Tag::kImg:
      ++sums.images;
      break;
    case Tag::kLi:
      ++sums.items;
      break;
    case Tag::kInput:
      if (dom_.attribute(i, Attr::kType) != "checkbox" || !is_in_item(i)) ++sums.inputs;
      break;
    default:
      break;
  }
}

bool TextSums::is_in_item(NodeId box) const {
  NodeId i = dom_[box].parent;
  while (dom_[i].tag == Tag::kLabel || dom_[i].tag == Tag::kP) i = dom_[i].parent;
  return dom_[i].tag == Tag::kLi;
}

}  // namespace sluice::html
