// SPDX-License-Identifier: Apache-2.0
#include "renderer.hpp"

#include "../links.hpp"
#include "../text.hpp"

namespace sluice::html {
namespace {

constexpr std::uint32_t kNodesPerCheck = 4096;

bool is_media(Tag tag) {
  return tag == Tag::kIframe || tag == Tag::kFrame || tag == Tag::kVideo || tag == Tag::kAudio ||
         tag == Tag::kEmbed || tag == Tag::kObject;
}

}  // namespace

void Renderer::run() {
  const auto size = static_cast<NodeId>(dom_.size());
  for (NodeId i = 1; i < size;) {
    close_until(i);
    if (++visited_ % kNodesPerCheck == 0) written_.job.check_cancelled();
    if (dom_[i].tag == Tag::kText) {
      text(i);
      ++i;
    } else if ((marks_[i] & (kHidden | kDropped)) != 0 || !enter(i)) {
      i = dom_[i].end;
    } else {
      ++i;
    }
  }
  close_until(size);
}

void Renderer::close_until(NodeId i) {
  while (!open_.empty() && dom_[open_.back().node].end <= i) {
    const Open last = open_.back();
    open_.pop_back();
    leave(last);
  }
}

bool Renderer::descend(NodeId i, Undo undo, Style style) {
  open_.push_back({i, undo, style});
  return true;
}

bool Renderer::follow(Step step, NodeId i) {
  if (step.undo != Undo::kNothing) descend(i, step.undo);
  return step.into;
}

void Renderer::text(NodeId i) {
  if (notes_.is_sign(i)) return;
  if (has_content(i)) {
    reset_breaks();
    if (at_list_level()) lists_.open_item(i);
    lists_.set_label_waits(false);
  }
  const std::string_view shown = notes_.behind_sign(i, plain(dom_.text(i), buffer_));
  if (code_ > 0) {
    out_.code(shown);
  } else {
    formulas_.write_text_with_tex(shown);
  }
}

bool Renderer::at_list_level() const {
  return !lists_.empty() && !open_.empty() && open_.back().undo == Undo::kList;
}

bool Renderer::enter(NodeId i) {
  const Tag tag = dom_[i].tag;
  if (tag != Tag::kA) {
    const std::string note = note_label(i);
    if (!note.empty()) return follow(notes_.enter(i, note), i);
  }
  if (is_page_break(dom_, i)) return page_break(i);
  if (at_list_level() && tag != Tag::kLi && has_content(i)) lists_.open_item(i);
  const bool label_waits = lists_.label_waits();
  lists_.set_label_waits(false);
  if (is_heading(tag)) return enter_heading(i);
  if (is_media(tag))
    return follow(pictures_.write_media(i, links_.target_of(pictures_.media_address(i))), i);
  switch (tag) {
    case Tag::kBr:
      return line_break();
    case Tag::kHr:
      return rule(i);
    case Tag::kPre:
    case Tag::kListing:
    case Tag::kXmp:
      return pre(i);
    case Tag::kUl:
    case Tag::kMenu:
    case Tag::kOl:
      return follow(lists_.enter_list(i), i);
    case Tag::kLi:
      return follow(lists_.enter_item(i), i);
    case Tag::kDt:
    case Tag::kSummary:
      return enter_bold_block(i);
    case Tag::kBlockquote:
      return enter_quote(i);
    case Tag::kTable:
      return follow(tables_.enter_table(i), i);
    case Tag::kTr:
      return follow(tables_.enter_row(i), i);
    case Tag::kTd:
    case Tag::kTh:
      return follow(tables_.enter_cell(i), i);
    case Tag::kImg:
      if (!formulas_.write_fallback_image(i)) pictures_.write_image(i);
      return false;
    case Tag::kMath:
      formulas_.write_math(i);
      return false;
    case Tag::kScript:
      formulas_.write_tex_script(i);
      return false;
    case Tag::kSpan:
    case Tag::kDiv:
    case Tag::kP:
      if (formulas_.write_tex_element(i)) return false;
      break;
    case Tag::kNoscript:
      pictures_.write_unloaded(i);
      return false;
    case Tag::kInput:
    case Tag::kTextarea:
    case Tag::kSelect:
      if (!lists_.is_task_box(i)) forms_.write(i, heading_);
      return false;
    case Tag::kButton:
      return false;
    default:
      break;
  }
  lists_.set_label_waits(label_waits);
  if (!is_block(tag)) return enter_inline(i);
  if (!label_waits) out_.end_paragraph();  // an item's first words stand behind its label
  return descend(i, Undo::kBlock);
}

void Renderer::leave(const Open& last) {
  switch (last.undo) {
    case Undo::kNothing:
      break;
    case Undo::kBlock:
      out_.end_paragraph();
      break;
    case Undo::kHeading:
      out_.end_heading();
      heading_ = kRootNode;
      break;
    case Undo::kPlainHeading:
      heading_ = kRootNode;
      [[fallthrough]];
    case Undo::kBold:
      out_.end_style(Style::kStrong);
      out_.end_paragraph();
      break;
    case Undo::kQuote:
      out_.end_quote();
      break;
    case Undo::kList:
      lists_.leave_list();
      break;
    case Undo::kItem:
      out_.end_paragraph();
      break;
    case Undo::kTable:
      tables_.leave_table();
      break;
    case Undo::kRow:
      out_.end_row();
      break;
    case Undo::kCell:
      tables_.leave_cell();
      break;
    case Undo::kLink:
      links_.end();
      break;
    case Undo::kStyle:
      out_.end_style(last.style);
      break;
    case Undo::kCode:
      --code_;
      break;
    case Undo::kQuotation:
      out_.text("”");
      break;
    case Undo::kRuby:
      out_.text(")");
      break;
    case Undo::kBlank:
      out_.text(" ");
      break;
    case Undo::kAbbreviation:
      expand(last.node);
      break;
    case Undo::kNote:
      notes_.leave();
      break;
  }
}

void write_markdown(const Dom& dom, const std::vector<std::uint8_t>& marks,
                    const Rendering& rendering, Job& job, MarkdownWriter& out) {
  Written written{dom, marks, rendering, job, out};
  Renderer(written).run();
}

}  // namespace sluice::html
