// SPDX-License-Identifier: Apache-2.0
#include "notes.hpp"

#include "../links.hpp"
#include "../words.hpp"

namespace sluice::html {

Step Notes::enter(NodeId i, const std::string& label) {
  out_.end_paragraph();
  out_.begin_footnote(label);
  ++open_;
  marker_ = marker_of(i, label);
  behind_sign_ = false;
  return into_and(Undo::kNote);
}

void Notes::leave() {
  out_.end_paragraph();
  out_.end_footnote();
  --open_;
}

bool Notes::is_sign(NodeId text) {
  if (open_ == 0 || text != marker_) return false;
  behind_sign_ = true;
  return true;
}

std::string_view Notes::behind_sign(NodeId text, std::string_view shown) {
  if (!behind_sign_ || !has_content(text)) return shown;
  shown.remove_prefix(std::min(shown.find_first_not_of(" \t\r\n.:)]"), shown.size()));
  behind_sign_ = false;
  return shown;
}

bool Notes::is_way_back(NodeId link) {
  if (open_ == 0) return false;
  if (rendering_.repeats_call && rendering_.repeats_call(link)) {
    behind_sign_ = true;
    return true;
  }
  return is_back_link(dom_, link);
}

bool Notes::is_ways_back(NodeId i) const {
  return open_ > 0 && has_word(attribute(i, Attr::kClass), "mw-cite-backlink");
}

NodeId Notes::marker_of(NodeId note, std::string_view label) const {
  constexpr std::string_view kAround = "[](). ";
  constexpr std::u32string_view kSigns = U"*\u2020\u2021\u00A7";  // and daggers, section signs
  for (NodeId i = note + 1; i < ahead_of(note); ++i) {
    if (dom_[i].tag != Tag::kText || !has_content(i)) continue;
    const Tag around = dom_[dom_[i].parent].tag;
    const std::string text = dom_.inner_text(dom_[i].parent);
    const std::size_t begin = text.find_first_not_of(kAround);
    if (begin == std::string::npos || is_block(around)) return kRootNode;
    const std::string sign = text.substr(begin, text.find_last_not_of(kAround) - begin + 1);
    const bool repeats = sign == label || holds_only(sign, kSigns);
    return repeats ? i : kRootNode;
  }
  return kRootNode;
}

}  // namespace sluice::html
