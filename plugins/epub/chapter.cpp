// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/charset.hpp>
#include <unordered_map>

#include "epub/book.hpp"
#include "html/layout.hpp"
#include "html/parse.hpp"
#include "html/parse_xhtml.hpp"
#include "html/source.hpp"

namespace sluice::epub {

using html::Attr;
using html::Dom;
using html::kRootNode;
using html::NodeId;
using html::Tag;

namespace {

// How far behind a place the heading that it marks may stand, in elements.
constexpr NodeId kLookAhead = 40;

// Letters and digits only, ASCII in lower case: what is left when two spellings of a heading agree.
std::string bare(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_ascii_alphanumeric(c) || static_cast<unsigned char>(c) >= 0x80) out += ascii_lower(c);
  }
  return out;
}

bool holds_heading(const Dom& dom, NodeId from, NodeId end) {
  for (NodeId i = from; i < end; ++i) {
    if (html::is_heading(dom[i].tag)) return true;
  }
  return false;
}

// The innermost block near `place` that says what `label` says; the root if there is none, or a
// real heading stands there.
NodeId block_that_says(const Chapter& chapter, NodeId place, const std::string& label) {
  const Dom& dom = chapter.dom;
  const NodeId begin = std::max<NodeId>(place, 1);
  const NodeId end = std::min(static_cast<NodeId>(dom.size()), begin + kLookAhead);
  if (holds_heading(dom, begin, end)) return kRootNode;
  NodeId found = kRootNode;
  for (NodeId i = begin; i < end; ++i) {
    const Tag tag = dom[i].tag;
    if (tag != Tag::kP && tag != Tag::kDiv) continue;
    if (dom[i].end > i + kLookAhead || (chapter.marks[i] & html::kHidden) != 0) continue;
    if (bare(dom.inner_text(i)) == label) found = i;
    if (found != kRootNode && i >= dom[found].end) break;
  }
  return found;
}

// Of an `<epub:switch>`, only what every reader shows: the default, or a case that is a formula
// (EPUB 3.0 Content Documents, 2.1.3.3).
void choose_cases(Chapter& chapter) {
  const Dom& dom = chapter.dom;
  for (NodeId i = 1; i < dom.size(); ++i) {
    if (dom[i].tag != Tag::kCase) continue;
    const bool formula = dom.find(Tag::kMath, i) != kRootNode;
    if (!formula) chapter.marks[i] |= html::kDropped;
    const NodeId around = dom[i].parent;
    for (NodeId k = dom[i].end; formula && k < dom[around].end; k = dom[k].end) {
      chapter.marks[k] |= html::kDropped;
    }
  }
}

bool is_placed_in(const Dom& dom, NodeId node, Tag tag) {
  for (NodeId i = node; i != kRootNode; i = dom[i].parent) {
    if (dom[i].tag == tag) return true;
  }
  return false;
}

}  // namespace

Chapter parse_chapter(std::string path, std::string_view bytes) {
  Chapter chapter;
  chapter.path = std::move(path);
  const std::span<const std::uint8_t> raw(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                          bytes.size());
  const auto text = [&raw] {
    return decode_text(raw, html::declared_charset(raw), SingleNul::kDropped).utf8;
  };
  auto dom_of_xml = html::parse_xhtml(text());
  chapter.dom = dom_of_xml ? *std::move(dom_of_xml) : html::parse_html(text());
  chapter.marks = html::mark_layout(chapter.dom, html::Hidden::kSkip);
  choose_cases(chapter);
  chapter.ids = html::ids_of(chapter.dom);
  return chapter;
}

void mark_headings(const std::vector<Entry>& contents, std::vector<Chapter>& chapters) {
  std::unordered_map<std::string_view, Chapter*> by_path;
  for (Chapter& chapter : chapters) by_path.emplace(chapter.path, &chapter);
  for (const Entry& entry : contents) {
    const auto found = by_path.find(entry.path);
    const std::string label = bare(entry.label);
    if (found == by_path.end() || label.empty()) continue;
    Chapter& chapter = *found->second;
    const NodeId block = block_that_says(chapter, chapter.at(entry.fragment), label);
    if (block == kRootNode || is_placed_in(chapter.dom, block, Tag::kLi) ||
        is_placed_in(chapter.dom, block, Tag::kNav)) {
      continue;
    }
    chapter.dom.retag(block, html::heading_tag(entry.depth));
  }
}

}  // namespace sluice::epub
