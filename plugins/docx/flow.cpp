// SPDX-License-Identifier: Apache-2.0
#include "docx/flow.hpp"

#include <algorithm>

namespace sluice::docx {
namespace {

// Writers round: an indent this little short of the item's text still stands below it.
constexpr std::int32_t kSlack = 40;

ListKind list_kind(LabelKind kind) {
  return kind == LabelKind::kNumber ? ListKind::kOrdered : ListKind::kBullet;
}

}  // namespace

void Flow::begin_plain(std::int32_t left) {
  close_code();
  close_quote();
  close_lists_left_of(left);
  kind_ = Kind::kPlain;
}

void Flow::begin_continuation(std::int32_t level) {
  close_code();
  close_quote();
  close_lists_deeper_than(level);
  kind_ = Kind::kPlain;
}

void Flow::begin_continued_quote(std::int32_t level) {
  close_code();
  if (!quote_) close_lists_deeper_than(level);
  kind_ = Kind::kPlain;
  if (!quote_) {
    out_->begin_quote();
    quote_holds_lists_ = false;
  }
  quote_ = true;
}

void Flow::begin_continued_code(std::int32_t level) {
  close_quote();
  if (!has_code_) close_lists_deeper_than(level);
  begin_code_line();
}

void Flow::begin_heading(int level) {
  close();
  kind_ = Kind::kHeading;
  out_->begin_heading(level);
}

void Flow::begin_quote() {
  close_code();
  if (!quote_holds_lists_) close_quote();
  close_lists(0);
  kind_ = Kind::kPlain;
  if (!quote_) out_->begin_quote();
  quote_ = true;
  quote_holds_lists_ = true;
}

// Numbers that follow each other are one list, whatever lists Word has for them.
bool Flow::goes_on(const List& list, const Label& label) {
  if (list.kind != label.kind) return false;
  if (label.kind == LabelKind::kNumber) return label.number == list.last + 1;
  return list.definition == label.definition;
}

void Flow::begin_item(const Label& label, std::int32_t level, Task task) {
  close_code();
  close_quote();
  open_item(label, level, task);
}

void Flow::begin_quoted_item(const Label& label, std::int32_t level, Task task) {
  close_code();
  if (!quote_ || !quote_holds_lists_) begin_quote();
  open_item(label, level, task);
}

void Flow::open_item(const Label& label, std::int32_t level, Task task) {
  kind_ = Kind::kPlain;
  std::size_t keep = lists_.size();
  while (keep > 0 && lists_[keep - 1].level > level) --keep;
  if (keep == 0 && !lists_.empty() && goes_on(lists_[0], label)) {
    keep = 1;  // the list began deeper than it goes on
    lists_[0].level = level;
  }
  close_lists(keep);
  if (!lists_.empty() && lists_.back().level == level && !goes_on(lists_.back(), label)) {
    close_lists(lists_.size() - 1);
  }
  if (lists_.empty() || lists_.back().level < level) {
    ListOptions options;
    options.kind = list_kind(label.kind);
    out_->begin_list(options);
    lists_.push_back({level, label.definition, label.kind, 0, 0});
  } else {
    out_->end_item();
  }
  lists_.back().last = label.number;
  lists_.back().left = label.left;
  ItemOptions item;
  item.number = label.number;
  item.task = task;
  out_->begin_item(item);
}

void Flow::begin_code(std::int32_t left) {
  close_quote();
  if (!has_code_) close_lists_left_of(left);
  begin_code_line();
}

void Flow::begin_code_line() {
  kind_ = Kind::kCode;
  if (has_code_) code_ += '\n';
  has_code_ = true;
}

void Flow::end() {
  if (kind_ == Kind::kHeading) {
    out_->end_heading();
  } else if (kind_ == Kind::kPlain && divide_ == Divide::kBlanks && lists_.empty()) {
    out_->text(" ");
  } else if (kind_ == Kind::kPlain) {
    out_->end_paragraph();
  }
  kind_ = Kind::kPlain;
}

void Flow::close() {
  close_code();
  close_quote();
  close_lists(0);
  kind_ = Kind::kPlain;
}

void Flow::close_code() {
  if (!has_code_) return;
  const std::size_t last = code_.find_last_not_of(" \t\n");
  if (last != std::string::npos) {
    // Empty lines behind the code are room below it.
    code_.resize(std::min(code_.find('\n', last), code_.size()));
    out_->code_block(code_);
  }
  code_.clear();
  has_code_ = false;
}

void Flow::close_quote() {
  if (!quote_) return;
  if (quote_holds_lists_) close_lists(0);
  out_->end_quote();
  quote_ = false;
}

void Flow::close_lists(std::size_t keep) {
  while (lists_.size() > keep) {
    out_->end_item();
    out_->end_list();
    lists_.pop_back();
  }
}

void Flow::close_lists_deeper_than(std::int32_t level) {
  std::size_t keep = lists_.size();
  while (keep > 0 && lists_[keep - 1].level > level) --keep;
  close_lists(keep);
}

void Flow::close_lists_left_of(std::int32_t left) {
  std::size_t keep = lists_.size();
  while (keep > 0 && (left <= 0 || left + kSlack < lists_[keep - 1].left)) --keep;
  close_lists(keep);
}

}  // namespace sluice::docx
