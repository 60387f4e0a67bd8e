// SPDX-License-Identifier: Apache-2.0
//
// The walk itself, and blocks, lists and tables.
#include <charconv>
#include <sluice/list_number.hpp>
#include <sluice/url.hpp>
#include <utility>

#include "habits/code_tables.hpp"
#include "habits/tex_signs.hpp"
#include "renderer.hpp"
#include "text.hpp"
#include "words.hpp"

namespace sluice::html {
namespace {

constexpr std::uint32_t kNodesPerCheck = 4096;

std::int64_t number_of(std::string_view text, std::int64_t otherwise) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end != text.data() ? value : otherwise;
}

constexpr std::int64_t kMaxSpan = 65534;

std::uint32_t span_of(std::string_view text) {
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(number_of(text, 1), 1, kMaxSpan));
}
// A row span of 0 reaches to the table's end (HTML 4.9.11).
std::uint32_t row_span_of(std::string_view text) {
  return number_of(text, 1) == 0 ? static_cast<std::uint32_t>(kMaxSpan) : span_of(text);
}

// What stands before an item whose number is no digits, which Markdown can only say as text; empty
// if it is. Numbers beyond what a list of letters or Roman numerals can have are digits again.
std::string item_label(std::int64_t number, char style) {
  std::string label;
  if ((style == 'a' || style == 'A') && number > 0 && number < 1'000'000) {
    for (; number > 0; number = (number - 1) / 26) {
      label.insert(label.begin(), static_cast<char>('a' + (number - 1) % 26));
    }
  } else if ((style == 'i' || style == 'I') && number > 0 && number < 4000) {
    label = list_number(number, "lowerRoman");
  } else {
    return style == 'a' || style == 'A' || style == 'i' || style == 'I'
               ? std::to_string(number) + ". "
               : std::string();
  }
  if (style < 'a') {
    for (char& c : label) c = static_cast<char>(c - 'a' + 'A');
  }
  return label + ". ";
}

// How an `<ol>` counts: as its attribute `type` says, or else its style (CSS Counter Styles 6).
char number_style(const Dom& dom, NodeId list) {
  const std::string_view type = dom.attribute(list, Attr::kType);
  if (type.size() == 1) return type.front();
  std::string_view style = dom.attribute(list, Attr::kStyle);
  const std::size_t at = style.find("list-style");
  if (at == std::string_view::npos) return '1';
  style = style.substr(at, style.find(';', at) - at);
  struct Name {
    std::string_view name;
    char type;
  };
  for (const Name known :
       {Name{"lower-alpha", 'a'}, Name{"lower-latin", 'a'}, Name{"upper-alpha", 'A'},
        Name{"upper-latin", 'A'}, Name{"lower-roman", 'i'}, Name{"upper-roman", 'I'}}) {
    if (style.find(known.name) != std::string_view::npos) return known.type;
  }
  return '1';
}

bool is_media(Tag tag) {
  return tag == Tag::kIframe || tag == Tag::kFrame || tag == Tag::kVideo || tag == Tag::kAudio ||
         tag == Tag::kEmbed || tag == Tag::kObject;
}

}  // namespace

void Renderer::run() {
  const auto size = static_cast<NodeId>(dom_.size());
  for (NodeId i = 1; i < size;) {
    close_until(i);
    if (++visited_ % kNodesPerCheck == 0) job_.check_cancelled();
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

NodeId Renderer::marker_of(NodeId note, std::string_view label) const {
  constexpr std::string_view kAround = "[](). ";
  constexpr std::string_view kSigns =
      "*\xE2\x80\xA0\xA1\xC2\xA7";  // asterisks, daggers, section signs
  for (NodeId i = note + 1; i < ahead_of(note); ++i) {
    if (dom_[i].tag != Tag::kText || !has_content(i)) continue;
    const Tag around = dom_[dom_[i].parent].tag;
    const std::string text = dom_.inner_text(dom_[i].parent);
    const std::size_t begin = text.find_first_not_of(kAround);
    if (begin == std::string::npos || is_block(around)) return kRootNode;
    const std::string sign = text.substr(begin, text.find_last_not_of(kAround) - begin + 1);
    const bool repeats = sign == label || sign.find_first_not_of(kSigns) == std::string::npos;
    return repeats ? i : kRootNode;
  }
  return kRootNode;
}

void Renderer::text(NodeId i) {
  if (notes_ > 0 && i == marker_) {
    behind_sign_ = true;
    return;
  }
  if ((marks_[i] & kHasContent) != 0) {
    breaks_ = 0;
    if (at_list_level()) open_item(i);
    label_waits_ = false;
  }
  std::string_view shown = plain(dom_.text(i), buffer_);
  if (behind_sign_ && has_content(i)) {
    shown.remove_prefix(std::min(shown.find_first_not_of(" \t\r\n.:)]"), shown.size()));
    behind_sign_ = false;
  }
  if (code_ > 0) {
    out_.code(shown);
  } else if (dom_.tex_signs == TexSigns::kNone) {
    out_.text(shown);
  } else {
    text_with_tex(shown);
  }
}

void Renderer::text_with_tex(std::string_view text) {
  for (const TexPiece& piece : tex_pieces(text, dom_.tex_signs)) {
    if (piece.kind == TexPiece::Kind::kText) {
      out_.text(piece.text);
    } else {
      write_tex(piece.text, piece.kind == TexPiece::Kind::kDisplay ? MathLayout::kDisplay
                                                                   : MathLayout::kInline);
    }
  }
}

bool Renderer::enter(NodeId i) {
  const Tag tag = dom_[i].tag;
  if (tag != Tag::kA) {
    const std::string note = note_label(i);
    if (!note.empty()) return enter_note(i, note);
  }
  if (is_page_break(dom_, i)) return page_break(i);
  if (at_list_level() && tag != Tag::kLi && has_content(i)) open_item(i);
  const bool label_waits = std::exchange(label_waits_, false);
  if (is_heading(tag)) return enter_heading(i);
  if (is_media(tag)) return media(i);
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
      return enter_list(i);
    case Tag::kLi:
      return enter_item(i);
    case Tag::kDt:
    case Tag::kSummary:
      return enter_bold_block(i);
    case Tag::kBlockquote:
      return enter_quote(i);
    case Tag::kTable:
      return enter_table(i);
    case Tag::kTr:
      return enter_row(i);
    case Tag::kTd:
    case Tag::kTh:
      return enter_cell(i);
    case Tag::kImg:
      return image(i);
    case Tag::kMath:
      return math(i);
    case Tag::kScript:
      return tex_script(i);
    case Tag::kSpan:
    case Tag::kDiv:
    case Tag::kP:
      if (tex_text(i)) return false;
      break;
    case Tag::kNoscript:
      return noscript(i);
    case Tag::kInput:
    case Tag::kButton:
      return false;
    default:
      break;
  }
  label_waits_ = label_waits;
  if (!is_block(tag)) return enter_inline(i);
  if (!label_waits) out_.end_paragraph();  // an item's first words stand behind its label
  return descend(i, Undo::kBlock);
}

// Between blocks it is told; within a line it would tear the line apart.
bool Renderer::page_break(NodeId i) {
  const Tag around = dom_[dom_[i].parent].tag;
  const bool between = around == Tag::kBody || around == Tag::kSection || around == Tag::kDiv ||
                       around == Tag::kArticle || around == Tag::kRoot || around == Tag::kMain;
  std::string page = dom_.inner_text(i);
  if (page.empty()) page = attribute(i, Attr::kTitle);
  if (between && lists_.empty() && tables_.empty() && !page.empty()) out_.comment("page " + page);
  return false;
}

bool Renderer::enter_note(NodeId i, const std::string& label) {
  out_.end_paragraph();
  out_.begin_footnote(label);
  ++notes_;
  marker_ = marker_of(i, label);
  behind_sign_ = false;
  return descend(i, Undo::kNote);
}

void Renderer::leave(const Open& last) {
  switch (last.undo) {
    case Undo::kBlock:
      out_.end_paragraph();
      break;
    case Undo::kHeading:
      out_.end_heading();
      heading_ = false;
      break;
    case Undo::kPlainHeading:
      heading_ = false;
      [[fallthrough]];
    case Undo::kBold:
      out_.end_style(Style::kStrong);
      out_.end_paragraph();
      break;
    case Undo::kQuote:
      out_.end_quote();
      break;
    case Undo::kList:
      leave_list();
      break;
    case Undo::kItem:
      out_.end_paragraph();
      break;
    case Undo::kTable:
      leave_table();
      break;
    case Undo::kRow:
      out_.end_row();
      break;
    case Undo::kCell:
      out_.end_cell();
      tables_.back().in_cell = false;
      break;
    case Undo::kLink:
      out_.end_link();
      --links_;
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
      out_.end_paragraph();
      out_.end_footnote();
      --notes_;
      break;
  }
}

bool Renderer::enter_heading(NodeId i) {
  breaks_ = 0;
  if (!has_content(i)) return false;
  if (in_cell()) {
    out_.end_paragraph();
    out_.begin_style(Style::kStrong);
    heading_ = true;
    return descend(i, Undo::kPlainHeading);
  }
  heading_ = true;
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
  if (code_ > 0 || ++breaks_ == 1) {
    out_.line_break();
  } else {
    out_.end_paragraph();
  }
  return false;
}

// The line above a page's notes goes with them.
bool Renderer::rule(NodeId i) {
  const NodeId around = dom_[i].parent;
  const bool of_notes = has_word(attribute(around, Attr::kClass), "footnotes") ||
                        has_word(attribute(around, Attr::kRole), "doc-endnotes") ||
                        has_word(attribute(around, Attr::kEpubType), "footnotes");
  if (!of_notes || !rendering_.note_label) out_.thematic_break();
  return false;
}

bool Renderer::pre(NodeId i) {
  breaks_ = 0;
  if (!has_content(i) || is_gutter(dom_, i)) return false;
  const NodeId table = dom_.find(Tag::kTable, i);
  const auto lines = table == kRootNode ? std::nullopt : code_of_table(dom_, table);
  const std::string code = lines ? *lines : preformatted(dom_, i);
  if (!code.empty()) out_.code_block(code, code_language(dom_, i));
  return false;
}

bool Renderer::at_list_level() const {
  return !lists_.empty() && !open_.empty() && open_.back().undo == Undo::kList;
}

void Renderer::open_item(NodeId i) {
  List& list = lists_.back();
  if (list.item_open || !has_content(i)) return;
  begin_item(list, list.next, Task::kNone);
}

void Renderer::begin_item(List& list, std::int64_t number, Task task) {
  if (list.item_open) out_.end_item();
  out_.begin_item({number, task});
  const std::string label = list.ordered ? item_label(number, list.style) : std::string();
  if (!label.empty()) out_.text(label);
  label_waits_ = !label.empty();
  list.item_open = true;
  list.next = number + list.step;
}

bool Renderer::enter_list(NodeId i) {
  breaks_ = 0;
  if (!has_content(i)) return false;
  List list{dom_[i].tag == Tag::kOl, 1, 1};
  bool loose = false;
  std::int64_t items = 0;
  for (NodeId child = i + 1; child < dom_[i].end; child = dom_[child].end) {
    if (dom_[child].tag != Tag::kLi) continue;
    ++items;
    loose = loose || has_paragraphs(child);
  }
  if (list.ordered) list.style = number_style(dom_, i);
  const bool reversed = list.ordered && dom_.has(i, Attr::kReversed);
  list.next = number_of(attribute(i, Attr::kStart), reversed ? items : 1);
  list.step = reversed ? -1 : 1;
  if (is_list_of_notes(i)) return true;
  lists_.push_back(list);
  const bool numbers = list.ordered && item_label(1, list.style).empty();
  out_.begin_list({numbers ? ListKind::kOrdered : ListKind::kBullet,
                   loose ? ListSpacing::kLoose : ListSpacing::kTight});
  return descend(i, Undo::kList);
}

bool Renderer::is_list_of_notes(NodeId list) const {
  bool notes = false;
  for (NodeId child = list + 1; child < dom_[list].end; child = dom_[child].end) {
    if (dom_[child].tag != Tag::kLi) continue;
    if (note_label(child).empty()) return false;
    notes = true;
  }
  return notes;
}

bool Renderer::has_paragraphs(NodeId item) const {
  int paragraphs = 0;
  for (NodeId child = item + 1; child < dom_[item].end; child = dom_[child].end) {
    if (dom_[child].tag == Tag::kP && has_content(child)) ++paragraphs;
  }
  return paragraphs > 1;
}

void Renderer::leave_list() {
  if (lists_.back().item_open) out_.end_item();
  lists_.pop_back();
  out_.end_list();
}

bool Renderer::enter_item(NodeId i) {
  breaks_ = 0;
  const Task task = task_of(i);
  if (!has_content(i) && task == Task::kNone) return false;
  if (lists_.empty()) {  // an item without a list is a paragraph
    out_.end_paragraph();
    return descend(i, Undo::kBlock);
  }
  List& list = lists_.back();
  begin_item(list, number_of(attribute(i, Attr::kValue), list.next), task);
  return descend(i, Undo::kItem);
}

Task Renderer::task_of(NodeId item) const {
  for (NodeId i = item + 1; i < ahead_of(item); ++i) {
    if (dom_[i].tag == Tag::kText ? has_content(i) : dom_[i].tag == Tag::kUl) break;
    if (dom_[i].tag != Tag::kInput || attribute(i, Attr::kType) != "checkbox") continue;
    return dom_.has(i, Attr::kChecked) ? Task::kDone : Task::kOpen;
  }
  return Task::kNone;
}

bool Renderer::enter_table(NodeId i) {
  breaks_ = 0;
  if (!has_content(i)) return false;
  out_.end_paragraph();
  if (!in_cell() && is_code_table(i)) return false;
  if (!is_data(i)) return descend(i, Undo::kBlock);
  tables_.emplace_back();
  return descend(i, Undo::kTable);
}

bool Renderer::is_code_table(NodeId i) {
  const auto code = code_of_table(dom_, i);
  if (!code) return false;
  NodeId pre = i;
  for (NodeId k = i + 1; k < dom_[i].end; ++k) {
    if (dom_[k].tag == Tag::kPre && !is_gutter(dom_, k)) pre = k;
  }
  const std::string_view language = code_language(dom_, pre);
  out_.code_block(*code, language.empty() ? code_language(dom_, i) : language);
  return true;
}

void Renderer::leave_table() {
  if (tables_.back().begun) out_.end_table();
  tables_.pop_back();
  out_.end_paragraph();
}

NodeId Renderer::data_table_of(NodeId i) const {
  NodeId node = dom_[i].parent;
  while (node != kRootNode && dom_[node].tag != Tag::kTable) node = dom_[node].parent;
  return node != kRootNode && is_data(node) && !tables_.empty() ? node : kRootNode;
}

bool Renderer::enter_row(NodeId i) {
  if (!has_content(i)) return false;
  if (data_table_of(i) == kRootNode) {
    out_.end_paragraph();
    return descend(i, Undo::kBlock);
  }
  if (!tables_.back().begun) out_.begin_table();
  tables_.back().begun = true;
  out_.begin_row();
  return descend(i, Undo::kRow);
}

bool Renderer::enter_cell(NodeId i) {
  breaks_ = 0;
  if (data_table_of(i) == kRootNode) {
    // Cells of layout stand beside each other, unless they hold blocks.
    if (has_block(i)) {
      out_.end_paragraph();
      return descend(i, Undo::kBlock);
    }
    out_.text(" ");
    return descend(i, Undo::kBlank);
  }
  CellOptions options;
  options.column_span = span_of(attribute(i, Attr::kColspan));
  options.row_span = row_span_of(attribute(i, Attr::kRowspan));
  options.align = align_of(i);
  out_.begin_cell(options);
  const std::string sum = sum_in(i);
  if (!sum.empty()) {
    out_.text(sum);
    out_.end_cell();
    return false;
  }
  tables_.back().in_cell = true;
  return descend(i, Undo::kCell);
}

// Filings to authorities set the currency of a sum in a line or a box of its own: `$<br>449`.
std::string Renderer::sum_in(NodeId cell) const {
  constexpr NodeId kMaxNodes = 12;
  constexpr std::string_view kNumber = "0123456789.,()-%";
  if (dom_[cell].end > cell + kMaxNodes || dom_.find(Tag::kA, cell) != kRootNode ||
      (dom_.find(Tag::kBr, cell) == kRootNode && !has_block(cell))) {
    return {};
  }
  const std::string text = dom_.inner_text(cell);
  for (const std::string_view sign : {"$", "€", "£", "¥", "US$", "CHF"}) {
    if (!text.starts_with(sign) || text.substr(sign.size(), 1) != " ") continue;
    const std::string number = text.substr(sign.size() + 1);
    const bool is_number = number.find_first_of("0123456789") != std::string::npos &&
                           number.find_first_not_of(kNumber) == std::string::npos;
    return is_number ? std::string(sign) + number : std::string();
  }
  return {};
}

Align Renderer::align_of(NodeId cell) const {
  const std::string_view style = attribute(cell, Attr::kStyle);
  const std::string_view align = attribute(cell, Attr::kAlign);
  const auto says = [&](std::string_view value) {
    if (equal_ignoring_ascii_case(align, value)) return true;
    std::size_t at = style.find("text-align:");
    if (at == std::string_view::npos) return false;
    at = style.find_first_not_of(' ', at + 11);
    return at != std::string_view::npos && style.substr(at).starts_with(value);
  };
  if (says("right")) return Align::kRight;
  if (says("center")) return Align::kCenter;
  return says("left") ? Align::kLeft : Align::kNone;
}

void write_markdown(const Dom& dom, const std::vector<std::uint8_t>& marks,
                    const Rendering& rendering, Job& job, MarkdownWriter& out) {
  Renderer(dom, marks, rendering, job, out).run();
}

}  // namespace sluice::html
