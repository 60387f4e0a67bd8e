// SPDX-License-Identifier: Apache-2.0
#include "link_state.hpp"

#include "../links.hpp"
#include "../words.hpp"

namespace sluice::html {

bool LinkState::begin(NodeId i, bool in_heading) {
  const bool leads_nowhere = in_heading && is_all_of_heading(i);
  const std::string target = leads_nowhere ? std::string() : target_of(attribute(i, Attr::kHref));
  if (target.empty()) return false;
  out_.begin_link(target, title_of(i));
  ++open_;
  return true;
}

void LinkState::end() {
  out_.end_link();
  --open_;
}

std::string LinkState::target_of(std::string_view href) const {
  if (rendering_.link_target) return rendering_.link_target(href);
  return leads_somewhere(href) ? resolve(rendering_.base, href) : std::string();
}

// A link is underlined as it is.
bool LinkState::is_linked(NodeId i) const {
  bool linked = open_ > 0;
  for (NodeId k = i + 1; k < ahead_of(i); ++k) linked = linked || dom_[k].tag == Tag::kA;
  return linked;
}

bool LinkState::is_lost_call(NodeId i) const {
  if (!is_note_call(dom_, i) || dom_[i].end > ahead_of(i)) return false;
  return dom_[dom_[i].parent].tag != Tag::kSup && dom_.find(Tag::kSup, i) == kRootNode;
}

bool LinkState::is_note_mark(NodeId sup) const {
  for (NodeId i = sup + 1; i < ahead_of(sup); ++i) {
    if (dom_[i].tag != Tag::kA) continue;
    const bool in_brackets =
        attribute(i, Attr::kHref).starts_with("#") && dom_.inner_text(sup).starts_with('[');
    return in_brackets || !note_label(i).empty();
  }
  return false;
}

std::string_view LinkState::title_of(NodeId i) const {
  const std::string_view title = attribute(i, Attr::kTitle);
  if (title.empty() || dom_[i].end > ahead_of(i)) return {};
  const std::string text = lower(dom_.inner_text(i));
  const std::string said = lower(title);
  const bool known = said.find(text) != std::string::npos || text.find(said) != std::string::npos;
  return known ? std::string_view() : title;
}

bool LinkState::is_all_of_heading(NodeId i) const {
  if (!attribute(i, Attr::kHref).starts_with('#')) return false;
  NodeId heading = dom_[i].parent;
  while (heading != kRootNode && !is_heading(dom_[heading].tag)) heading = dom_[heading].parent;
  return dom_[heading].end <= ahead_of(heading) && dom_.inner_text(i) == dom_.inner_text(heading);
}

}  // namespace sluice::html
