// SPDX-License-Identifier: Apache-2.0
//
// What stands within a line: styles, code, links, abbreviations.
#include "../links.hpp"
#include "../mathml.hpp"
#include "renderer.hpp"

namespace sluice::html {

bool Renderer::enter_inline(NodeId i) {
  switch (dom_[i].tag) {
    case Tag::kA:
      return enter_link(i);
    case Tag::kB:
    case Tag::kStrong:
      return enter_strong(i);
    case Tag::kI:
    case Tag::kEm:
    case Tag::kVar:
    case Tag::kDfn:
    case Tag::kCite:
      return enter_emphasis(i);
    case Tag::kS:
    case Tag::kStrike:
    case Tag::kDel:
      return enter_style(i, Style::kStrike);
    case Tag::kU:
      return links_.is_open() || enter_style(i, Style::kUnderline);
    case Tag::kIns:
      return enter_style(i, Style::kUnderline);
    case Tag::kMark:
      return enter_style(i, Style::kHighlight);
    case Tag::kSub:
      return enter_style(i, Style::kSubscript);
    case Tag::kSup:
      return links_.is_note_mark(i) || enter_style(i, Style::kSuperscript);
    case Tag::kCode:
    case Tag::kKbd:
    case Tag::kSamp:
    case Tag::kTt:
      return enter_code(i);
    case Tag::kQ:
      out_.text("“");
      return descend(i, Undo::kQuotation);
    case Tag::kRt:
      out_.text("(");
      return descend(i, Undo::kRuby);
    case Tag::kAbbr:
      return descend(i, Undo::kAbbreviation);
    case Tag::kSpan:
      return !is_page_break(dom_, i) && !is_drawn_formula(dom_, i) && !notes_.is_ways_back(i) &&
             enter_span(i);
    case Tag::kLabel:
    case Tag::kOption:
    case Tag::kOptgroup:
      out_.text(" ");
      return descend(i, Undo::kBlank);
    default:
      return true;
  }
}

bool Renderer::enter_style(NodeId i, Style style) {
  out_.begin_style(style);
  return descend(i, Undo::kStyle, style);
}

Look Renderer::look_of(NodeId i) const {
  Look look;
  for (const StyleSheet* sheet : rendering_.style_sheets) {
    look.add(sheet->look_of(attribute(i, Attr::kClass)));
  }
  look.add(html::look_of(attribute(i, Attr::kStyle)));
  return look;
}

bool Renderer::enter_span(NodeId i) {
  if (dom_[i].attributes == 0) return true;
  const Look look = look_of(i);
  const auto enter = [&](Said said, Style style) {
    if (said == Said::kYes && has_content(i)) enter_style(i, style);
  };
  if (heading_ == kRootNode) enter(look.bold, Style::kStrong);
  enter(look.italic, Style::kEmphasis);
  enter(look.struck, Style::kStrike);
  if (look.underlined == Said::kYes && !links_.is_linked(i))
    enter(look.underlined, Style::kUnderline);
  if (!links_.is_note_mark(i)) enter(look.raised, Style::kSuperscript);
  enter(look.lowered, Style::kSubscript);
  return true;
}

bool Renderer::enter_strong(NodeId i) {
  return heading_ != kRootNode || look_of(i).bold == Said::kNo || enter_style(i, Style::kStrong);
}

bool Renderer::enter_emphasis(NodeId i) {
  // Icon fonts draw on empty `<i>`s.
  if (!has_content(i)) return false;
  return look_of(i).italic == Said::kNo || enter_style(i, Style::kEmphasis);
}

bool Renderer::enter_code(NodeId i) {
  ++code_;
  return descend(i, Undo::kCode);
}

bool Renderer::enter_link(NodeId i) {
  const std::string called = note_label(i);
  if (!called.empty()) {
    out_.footnote_reference(called);
    return false;
  }
  if (notes_.is_way_back(i)) return false;
  const bool in_heading = heading_ != kRootNode;
  if (is_permalink(dom_, i, heading_) && (in_heading || names_permalink(dom_, i))) return false;
  if (links_.begin(i, in_heading)) return descend(i, Undo::kLink);
  return !links_.is_lost_call(i) || enter_style(i, Style::kSuperscript);
}

void Renderer::expand(NodeId i) {
  if (heading_ != kRootNode) return;  // headings stay short, and are what links to them expect
  const std::string_view title = attribute(i, Attr::kTitle);
  if (dom_[i].end > ahead_of(i)) return;
  const std::string text = dom_.inner_text(i);
  if (title.find(' ') == std::string_view::npos || text.size() > 12 || text.size() < 2) return;
  if (!expanded_.insert(text).second) return;
  out_.text(" (");
  out_.text(title);
  out_.text(")");
}

}  // namespace sluice::html
