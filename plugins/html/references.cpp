// SPDX-License-Identifier: Apache-2.0
#include "references.hpp"

#include <algorithm>
#include <sluice/url.hpp>

#include "heading_text.hpp"
#include "layout.hpp"
#include "links.hpp"
#include "paths.hpp"
#include "words.hpp"

namespace sluice::html {
namespace {

// EPUB 3 Structural Semantics 1.1, and DPUB-ARIA 1.1.
bool is_note(const Dom& dom, NodeId node) {
  const std::string_view type = dom.attribute(node, Attr::kEpubType);
  const std::string_view role = dom.attribute(node, Attr::kRole);
  if (type.empty() && role.empty()) return false;
  return has_word(type, "footnote") || has_word(type, "endnote") || has_word(type, "rearnote") ||
         has_word(type, "note") || has_word(role, "doc-footnote") || has_word(role, "doc-endnote");
}

constexpr std::size_t kLongestAnchor = 1000;  // no link leads to a longer one
constexpr NodeId kFar = 1000;                 // nodes: between a place and its heading
constexpr NodeId kShort = 12;  // nodes: of a note's call, and between its beginning and its link

// A number, a sign, perhaps in brackets, or a short word in them.
bool is_note_sign(std::string_view text) {
  constexpr std::size_t kLongestSign = 8;
  constexpr std::size_t kLongestWord = 12;
  if (text.empty() || text.size() > kLongestWord) return false;
  if (text.front() == '[' && text.back() == ']') return true;
  return text.size() <= kLongestSign &&
         holds_only(text, U"0123456789[]().* \u2020\u2021\u00A7");  // daggers, section sign
}

// Without brackets and the like.
std::string bare(std::string_view sign) {
  std::string out;
  for (const char c : sign) {
    if (std::string_view("[](). ").find(c) == std::string_view::npos) out += c;
  }
  return out;
}

bool has_words(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z') || byte >= 0x80;
  });
}

bool holds_note(Tag tag) {
  return tag == Tag::kP || tag == Tag::kLi || tag == Tag::kDiv || tag == Tag::kDd ||
         tag == Tag::kAside;
}

bool is_in_data_table(const Chapter& chapter, NodeId node) {
  for (NodeId i = node; i != kRootNode; i = chapter.dom[i].parent) {
    if ((chapter.marks[i] & kDataTable) != 0) return true;
  }
  return false;
}

bool is_shown(const Chapter& chapter, NodeId node) {
  for (NodeId i = node; i != kRootNode; i = chapter.dom[i].parent) {
    if ((chapter.marks[i] & (kHidden | kDropped)) != 0) return false;
  }
  return (chapter.marks[node] & kHasContent) != 0;
}

}  // namespace

NodeId Chapter::at(const std::string& fragment) const {
  const auto found = ids.find(fragment);
  return found == ids.end() ? kRootNode : found->second;
}

std::map<std::string, NodeId> ids_of(const Dom& dom) {
  std::map<std::string, NodeId> ids;
  for (NodeId i = 1; i < dom.size(); ++i) {
    if (dom[i].tag == Tag::kText) continue;
    if (dom.has(i, Attr::kId)) ids.emplace(dom.attribute(i, Attr::kId), i);
    if (dom[i].tag == Tag::kA && dom.has(i, Attr::kName)) {
      ids.emplace(dom.attribute(i, Attr::kName), i);
    }
  }
  return ids;
}

References::References(const std::vector<Chapter>& chapters)
    : chapters_(chapters), headings_(chapters.size()) {
  for (std::size_t i = 0; i < chapters.size(); ++i) by_path_.emplace(chapters[i].path, i);
  for (std::size_t i = 0; i < chapters.size(); ++i) {
    if (chapters[i].is_picture) continue;
    collect_notes(i);
    collect_headings(i);
  }
}

void References::collect_headings(std::size_t chapter) {
  const Chapter& text = chapters_[chapter];
  const auto label = [&](NodeId node) { return note_label(chapter, node); };
  for (NodeId i = 1; i < text.dom.size(); ++i) {
    if (!is_heading(text.dom[i].tag) || !is_shown(text, i) || is_in_data_table(text, i)) {
      continue;
    }
    std::string anchor = anchors_.add(heading_text(text.dom, text.marks, i, label));
    if (anchor.size() > kLongestAnchor) anchor.clear();
    headings_[chapter].push_back({i, std::move(anchor)});
  }
}

void References::collect_notes(std::size_t chapter) {
  const Dom& dom = chapters_[chapter].dom;
  for (NodeId i = 1; i < dom.size(); ++i) {
    if (dom[i].tag != Tag::kA) continue;
    Spot note;
    const bool marked =
        is_note_call(dom, i) && find_note(chapter, dom.attribute(i, Attr::kHref), note);
    if (!marked && !find_plain_note(chapter, i, note)) continue;
    const NodeId back = way_back(note, {chapter, i});
    const Dom& there = chapters_[note.first].dom;
    const bool in_brackets = back > 1 && there[back - 1].tag == Tag::kText &&
                             there.text(back - 1).find_last_of("[(") != std::string_view::npos;
    if (back != kRootNode && !in_brackets &&
        bare(there.inner_text(back)) == bare(dom.inner_text(i))) {
      repeats_.insert({note.first, back});
    }
    const auto [label, added] = labels_.try_emplace(note, std::string());
    if (added) label->second = std::to_string(++notes_);
    labels_[{chapter, i}] = label->second;
  }
}

bool References::find_note(std::size_t chapter, std::string_view href, Spot& out) const {
  const Place place = locate(chapters_[chapter].path, href);
  const auto found = by_path_.find(place.path);
  if (found == by_path_.end() || place.fragment.empty()) return false;
  const Chapter& text = chapters_[found->second];
  // The id may stand on the note or on something in it.
  for (NodeId i = text.at(place.fragment); i != kRootNode; i = text.dom[i].parent) {
    if (!is_note(text.dom, i)) continue;
    out = {found->second, i};
    return is_shown(text, i) && !is_in_data_table(text, i);
  }
  return false;
}

bool References::find_plain_note(std::size_t chapter, NodeId call, Spot& out) const {
  const Dom& dom = chapters_[chapter].dom;
  if (dom[call].end > call + kShort || !is_note_sign(dom.inner_text(call))) return false;
  const Place place = locate(chapters_[chapter].path, dom.attribute(call, Attr::kHref));
  const auto found = by_path_.find(place.path);
  if (found == by_path_.end() || place.fragment.empty()) return false;
  const Chapter& text = chapters_[found->second];
  NodeId note = text.at(place.fragment);
  while (note != kRootNode && !holds_note(text.dom[note].tag)) note = text.dom[note].parent;
  if (note == kRootNode || !is_shown(text, note) || is_in_data_table(text, note)) return false;
  if (found->second == chapter && note <= call && call < text.dom[note].end) return false;
  out = {found->second, note};
  return way_back(out, {chapter, call}) != kRootNode;
}

NodeId References::way_back(const Spot& note, const Spot& call) const {
  const Dom& dom = chapters_[note.first].dom;
  const NodeId end = dom[note.second].end;
  const NodeId begin_end = std::min(end, note.second + 2 * kShort);
  for (NodeId i = note.second; i < begin_end; ++i) {
    // What has words before the way back is a text that calls a note.
    if (dom[i].tag == Tag::kText && has_words(dom.text(i))) break;
    if (dom[i].tag != Tag::kA) continue;
    const std::string sign = dom.inner_text(i);
    const bool letter = sign.size() == 1 && has_words(sign);  // one of several ways back
    if (!letter && !is_note_sign(sign) && !is_back_link(dom, i)) break;
    if (is_way_back({note.first, i}, call)) return i;
    i = dom[i].end - 1;
  }
  // At a note's end, a number would be a call; an arrow is none.
  for (NodeId i = std::max(note.second + 1, end - std::min(end, kShort)); i < end; ++i) {
    if (dom[i].tag == Tag::kA && is_back_link(dom, i) && is_way_back({note.first, i}, call)) {
      return i;
    }
  }
  return kRootNode;
}

bool References::is_way_back(const Spot& link, const Spot& call) const {
  const Chapter& text = chapters_[link.first];
  const Chapter& caller = chapters_[call.first];
  const Place back = locate(text.path, text.dom.attribute(link.second, Attr::kHref));
  if (back.path != caller.path || back.fragment.empty()) return false;
  // The call's own id, or that of what it stands in or beside.
  const NodeId from = caller.at(back.fragment);
  const NodeId around = caller.dom[caller.dom[call.second].parent].parent;
  return from > around && from <= call.second && call.second - from <= kShort;
}

std::string References::anchor_of(std::size_t chapter, const std::string& id) const {
  std::string href = "#";
  for (const char c : id) href += c == '%' ? "%25" : std::string(1, c);
  const std::string link = target(chapter, href);
  return link.starts_with('#') ? link.substr(1) : std::string();
}

std::string References::target(std::size_t chapter, std::string_view href) const {
  const Place place = locate(chapters_[chapter].path, href);
  if (place.path.empty()) {
    const bool away = !url_scheme(href).empty() && leads_somewhere(href);
    return away ? resolve({}, href) : std::string();
  }
  const auto found = by_path_.find(place.path);
  if (found == by_path_.end()) return {};
  const Chapter& text = chapters_[found->second];
  const auto& headings = headings_[found->second];
  const NodeId node = text.at(place.fragment);
  if (!place.fragment.empty() && node == kRootNode) return {};
  // The heading that begins at the place: nothing is shown between them.
  auto next = std::partition_point(headings.begin(), headings.end(), [&](const Heading& heading) {
    return heading.node < node && text.dom[heading.node].end <= node;
  });
  if (next != headings.end()) {
    // Where much stands between, something of it is shown.
    const NodeId end = std::min(next->node, node + kFar);
    bool shown = end < next->node;
    for (NodeId i = node; i < end && !shown; ++i) {
      const bool hidden = (text.marks[i] & (kHidden | kDropped)) != 0;
      if (hidden || is_page_break(text.dom, i)) {
        i = text.dom[i].end - 1;
        continue;
      }
      shown = text.dom[i].tag == Tag::kText && (text.marks[i] & kHasContent) != 0;
    }
    const Tag tag = text.dom[node].tag;
    const bool section = tag == Tag::kSection || tag == Tag::kArticle;
    if (!shown || (section && next->node < text.dom[node].end)) return next->link();
  }
  return next == headings.begin() ? std::string() : std::prev(next)->link();
}

std::string References::note_label(std::size_t chapter, NodeId node) const {
  if (labels_.empty()) return {};
  const auto found = labels_.find({chapter, node});
  return found == labels_.end() ? std::string() : found->second;
}

}  // namespace sluice::html
