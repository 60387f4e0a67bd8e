// SPDX-License-Identifier: Apache-2.0
#include "references.hpp"

#include <algorithm>
#include <sluice/url.hpp>

#include "html/layout.hpp"
#include "html/links.hpp"
#include "html/words.hpp"
#include "paths.hpp"

namespace sluice::epub {
namespace {

using html::Attr;
using html::Dom;
using html::kRootNode;
using html::NodeId;
using html::Tag;

// EPUB 3 Structural Semantics 1.1, and DPUB-ARIA 1.1.
bool is_note(const Dom& dom, NodeId node) {
  const std::string_view type = dom.attribute(node, Attr::kEpubType);
  const std::string_view role = dom.attribute(node, Attr::kRole);
  if (type.empty() && role.empty()) return false;
  return html::has_word(type, "footnote") || html::has_word(type, "endnote") ||
         html::has_word(type, "rearnote") || html::has_word(type, "note") ||
         html::has_word(role, "doc-footnote") || html::has_word(role, "doc-endnote");
}
bool is_note_call(const Dom& dom, NodeId node) {
  return html::has_word(dom.attribute(node, Attr::kEpubType), "noteref") ||
         html::has_word(dom.attribute(node, Attr::kRole), "doc-noteref");
}

constexpr NodeId kShort = 12;  // nodes: of a note's call, and between its beginning and its link

// A number or a sign, perhaps in brackets.
bool is_note_sign(std::string_view text) {
  return !text.empty() && text.size() <= 8 &&
         text.find_first_not_of("0123456789[]().* \xE2\x80\xA0\xA1\xC2\xA7") ==
             std::string_view::npos;
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
    if ((chapter.marks[i] & html::kDataTable) != 0) return true;
  }
  return false;
}

bool is_shown(const Chapter& chapter, NodeId node) {
  for (NodeId i = node; i != kRootNode; i = chapter.dom[i].parent) {
    if ((chapter.marks[i] & (html::kHidden | html::kDropped)) != 0) return false;
  }
  return (chapter.marks[node] & html::kHasContent) != 0;
}

}  // namespace

References::References(const std::vector<Chapter>& chapters)
    : chapters_(chapters), headings_(chapters.size()) {
  for (std::size_t i = 0; i < chapters.size(); ++i) by_path_.emplace(chapters[i].path, i);
  for (std::size_t i = 0; i < chapters.size(); ++i) {
    if (chapters[i].is_picture) continue;
    collect_headings(i);
    collect_notes(i);
  }
}

void References::collect_headings(std::size_t chapter) {
  const Chapter& text = chapters_[chapter];
  for (NodeId i = 1; i < text.dom.size(); ++i) {
    if (!html::is_heading(text.dom[i].tag) || !is_shown(text, i) || is_in_data_table(text, i)) {
      continue;
    }
    headings_[chapter].push_back({i, anchors_.add(text.dom.inner_text(i))});
  }
}

void References::collect_notes(std::size_t chapter) {
  const Dom& dom = chapters_[chapter].dom;
  for (NodeId i = 1; i < dom.size(); ++i) {
    if (dom[i].tag != Tag::kA) continue;
    Spot note;
    const bool found = is_note_call(dom, i)
                           ? find_note(chapter, dom.attribute(i, Attr::kHref), note)
                           : find_plain_note(chapter, i, note);
    if (!found) continue;
    const auto [label, added] = labels_.try_emplace(note, std::string());
    if (added) label->second = std::to_string(++notes_);
    labels_[{chapter, i}] = label->second;
  }
}

bool References::find_note(std::size_t chapter, std::string_view href, Spot& out) const {
  const Place place = resolve(chapters_[chapter].path, href);
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
  const Place place = resolve(chapters_[chapter].path, dom.attribute(call, Attr::kHref));
  const auto found = by_path_.find(place.path);
  if (found == by_path_.end() || place.fragment.empty()) return false;
  const Chapter& text = chapters_[found->second];
  NodeId note = text.at(place.fragment);
  while (note != kRootNode && !holds_note(text.dom[note].tag)) note = text.dom[note].parent;
  if (note == kRootNode || !is_shown(text, note) || is_in_data_table(text, note)) return false;
  if (found->second == chapter && note <= call && call < text.dom[note].end) return false;
  const NodeId end = std::min(text.dom[note].end, note + kShort);
  for (NodeId i = note; i < end; ++i) {
    // A note begins with the way back; what has words before it is a text that calls a note.
    if (text.dom[i].tag == Tag::kText && has_words(text.dom.text(i))) return false;
    if (text.dom[i].tag != Tag::kA) continue;
    const Place back = resolve(text.path, text.dom.attribute(i, Attr::kHref));
    if (back.path != chapters_[chapter].path || back.fragment.empty()) return false;
    // The call's own id, or that of what it stands in or beside.
    const NodeId from = chapters_[chapter].at(back.fragment);
    const NodeId around = dom[dom[call].parent].parent;
    out = {found->second, note};
    return is_note_sign(text.dom.inner_text(i)) && from > around && from <= call &&
           call - from <= kShort;
  }
  return false;
}

std::string References::target(std::size_t chapter, std::string_view href) const {
  const Place place = resolve(chapters_[chapter].path, href);
  if (place.path.empty()) {
    const bool away = !url_scheme(href).empty() && html::leads_somewhere(href);
    return away ? html::resolve({}, href) : std::string();
  }
  const auto found = by_path_.find(place.path);
  if (found == by_path_.end()) return {};
  const Chapter& text = chapters_[found->second];
  const auto& headings = headings_[found->second];
  const NodeId node = text.at(place.fragment);
  if (!place.fragment.empty() && node == kRootNode) return {};
  // The heading that begins at the place: nothing is shown between them.
  auto next = std::find_if(headings.begin(), headings.end(), [&](const Heading& heading) {
    return heading.node >= node || text.dom[heading.node].end > node;
  });
  if (next != headings.end()) {
    bool shown = false;
    for (NodeId i = node; i < next->node && !shown; ++i) {
      const bool hidden = (text.marks[i] & (html::kHidden | html::kDropped)) != 0;
      if (hidden || html::is_page_break(text.dom, i)) {
        i = text.dom[i].end - 1;
        continue;
      }
      shown = text.dom[i].tag == Tag::kText && (text.marks[i] & html::kHasContent) != 0;
    }
    const Tag tag = text.dom[node].tag;
    const bool section = tag == Tag::kSection || tag == Tag::kArticle;
    if (!shown || (section && next->node < text.dom[node].end)) return "#" + next->anchor;
  }
  return next == headings.begin() ? std::string() : "#" + std::prev(next)->anchor;
}

std::string References::note_label(std::size_t chapter, NodeId node) const {
  if (labels_.empty()) return {};
  const auto found = labels_.find({chapter, node});
  return found == labels_.end() ? std::string() : found->second;
}

}  // namespace sluice::epub
