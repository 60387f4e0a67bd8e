// SPDX-License-Identifier: Apache-2.0
//
// Headings, quotes, listings, rules.
#include "../habits/code_tables.hpp"
#include "../text.hpp"
#include "../words.hpp"
#include "renderer.hpp"

namespace sluice::html {

// Between blocks it becomes a paragraph of its own; within a line it would tear the line apart.
bool Renderer::page_break(NodeId i) {
  const Tag around = dom_[dom_[i].parent].tag;
  const bool between = around == Tag::kBody || around == Tag::kSection || around == Tag::kDiv ||
                       around == Tag::kArticle || around == Tag::kRoot || around == Tag::kMain;
  std::string page = dom_.inner_text(i);
  if (page.empty()) page = attribute(i, Attr::kTitle);
  if (between && lists_.empty() && tables_.empty() && !page.empty()) out_.comment("page " + page);
  return false;
}

bool Renderer::enter_heading(NodeId i) {
  reset_breaks();
  if (!has_content(i)) return false;
  if (tables_.in_cell()) {
    out_.end_paragraph();
    out_.begin_style(Style::kStrong);
    heading_ = i;
    return descend(i, Undo::kPlainHeading);
  }
  heading_ = i;
  out_.begin_heading(static_cast<int>(dom_[i].tag) - static_cast<int>(Tag::kH1) + 1);
  return descend(i, Undo::kHeading);
}

bool Renderer::enter_bold_block(NodeId i) {
  out_.end_paragraph();
  if (has_block(i)) return descend(i, Undo::kBlock);
  out_.begin_style(Style::kStrong);
  return descend(i, Undo::kBold);
}

bool Renderer::enter_quote(NodeId i) {
  if (!has_content(i)) return false;
  out_.begin_quote();
  return descend(i, Undo::kQuote);
}

bool Renderer::line_break() {
  if (code_ > 0 || ++written_.breaks == 1) {
    out_.line_break();
  } else {
    out_.end_paragraph();
  }
  return false;
}

// The rule above a page's notes is left out together with them.
bool Renderer::rule(NodeId i) {
  const NodeId around = dom_[i].parent;
  const bool of_notes = has_word(attribute(around, Attr::kClass), "footnotes") ||
                        has_word(attribute(around, Attr::kRole), "doc-endnotes") ||
                        has_word(attribute(around, Attr::kEpubType), "footnotes");
  if (!of_notes || !rendering_.note_label) out_.thematic_break();
  return false;
}

bool Renderer::pre(NodeId i) {
  reset_breaks();
  if (!has_content(i) || is_gutter(dom_, i)) return false;
  const NodeId table = dom_.find(Tag::kTable, i);
  const auto lines = table == kRootNode ? std::nullopt : code_of_table(dom_, table);
  const std::string code = lines ? *lines : preformatted(dom_, i);
  if (!code.empty()) out_.code_block(code, code_language(dom_, i));
  return false;
}

}  // namespace sluice::html
