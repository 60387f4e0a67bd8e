// SPDX-License-Identifier: Apache-2.0
#include "markdown/markdown_containers.hpp"

#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/children.hpp>
#include <sluice/url.hpp>
#include <utility>

namespace sluice::markdown {

std::string label_of(std::string_view label) {
  std::string kept;
  for (const char c : label) {
    if (is_ascii_alphanumeric(c) || c == '_' || c == '-') kept += c;
  }
  return kept.empty() ? "note" : kept;
}

namespace {

constexpr std::size_t kMaxContainers = 48;
constexpr std::size_t kBufferBytes = 64 * 1024;
constexpr std::int64_t kMaxNumber = 999'999'999;

}  // namespace

void Containers::begin_quote() {
  begin_block(Block::kOther);
  open(Kind::kQuote, "> ", "> ");
}

void Containers::begin_footnote(std::string_view label) {
  begin_block(Block::kOther);
  open(Kind::kFootnote, "[^" + label_of(label) + "]: ", "    ");
}

void Containers::begin_list(const ListOptions& options) {
  const bool ordered = options.kind == ListKind::kOrdered;
  const char before = containers_.back().sibling_marker;
  begin_block(ordered ? Block::kNumbers : Block::kBullets);
  open(Kind::kList, "", "");
  Container& list = containers_.back();
  list.list = options;
  list.marker = ordered ? (before == '.' ? ')' : '.') : (before == '-' ? '*' : '-');
}

void Containers::end_list() {
  const char marker = close(Kind::kList);
  if (marker != 0) containers_.back().sibling_marker = marker;
}

void Containers::begin_item(const ItemOptions& options) {
  while (containers_.back().kind == Kind::kItem) close(Kind::kItem);
  if (containers_.back().kind != Kind::kList) begin_list({});
  Container& list = containers_.back();
  const bool first = list.last == Block::kNothing;
  const auto number = std::clamp<std::int64_t>(options.number, 0, kMaxNumber);
  // Only a list that begins at 1 may follow a paragraph without a blank line (CommonMark 5.2).
  if (first && list.list.kind == ListKind::kOrdered && number != 1 && joins_paragraph_) {
    blank_line_due(list.prefix_size);
  }
  if (!first && list.list.spacing == ListSpacing::kLoose && !list.flattened) {
    blank_line_due(prefix_.size());
  }
  list.last = Block::kOther;
  std::string marker =
      list.list.kind == ListKind::kOrdered ? std::to_string(number) + list.marker : "-";
  if (list.list.kind == ListKind::kBullet) marker[0] = list.marker;
  marker += ' ';
  open(Kind::kItem, marker, std::string(marker.size(), ' '));
  if (options.task != Task::kNone && !containers_.back().flattened) {
    pending_ += options.task == Task::kDone ? "[x] " : "[ ] ";
  }
}

// What comes in between is a block, too: a blank line is due behind it.
void Containers::hand_over() {
  flush();
  containers_.back().last = Block::kOther;
  has_lines_ = true;
}

void Containers::finish() {
  while (containers_.size() > 1) close_last();
  flush();
}

void Containers::blank_line_due(std::size_t prefix_size) {
  blank_due_ = true;
  blank_prefix_ = prefix_size;
}

void Containers::write_remark(const Piece& line) {
  const bool had_content = has_content_;
  write_line(line);
  has_content_ = had_content;
}

void Containers::begin_block(Block block) {
  Container& inside = containers_.back();
  const bool is_list = block == Block::kBullets || block == Block::kNumbers;
  const bool joins = inside.last == Block::kParagraph && is_list && inside.kind == Kind::kItem &&
                     containers_[containers_.size() - 2].list.spacing == ListSpacing::kTight;
  joins_paragraph_ = joins;
  if (inside.last != Block::kNothing && !joins && !blank_due_) {
    blank_line_due(prefix_.size());
  }
  inside.last = block;
  inside.sibling_marker = is_list ? inside.sibling_marker : '\0';
}

void Containers::open(Kind kind, std::string_view first, std::string_view rest) {
  Container container;
  container.kind = kind;
  container.prefix_size = prefix_.size();
  container.flattened = depth_ >= kMaxContainers;
  if (container.flattened) {
    // Its blocks follow those of the container that it is flattened into.
    container.last = kind == Kind::kList ? Block::kNothing : Block::kParagraph;
  } else if (kind != Kind::kList) {
    if (pending_.empty()) pending_from_ = prefix_.size();
    pending_ += first;
    prefix_ += rest;
    ++depth_;
  }
  containers_.push_back(container);
}

char Containers::close(Kind kind) {
  std::size_t i = containers_.size();
  while (i > 1 && containers_[i - 1].kind != kind) {
    // An end that does not match must not close what holds it.
    if (containers_[i - 1].kind == Kind::kQuote || containers_[i - 1].kind == Kind::kFootnote) {
      return 0;
    }
    --i;
  }
  if (i == 1) return 0;
  const char marker = containers_[i - 1].kind == Kind::kList ? containers_[i - 1].marker : '\0';
  while (containers_.size() >= i) close_last();
  return marker;
}

void Containers::close_last() {
  const Container last = containers_.back();
  if (!last.flattened && last.kind != Kind::kList) {
    if (last.kind == Kind::kItem && !pending_.empty()) {
      write_line({});  // an empty item is still an item
    } else if (!pending_.empty()) {
      drop_pending(last);
    }
    --depth_;
  }
  containers_.pop_back();
  prefix_.resize(last.prefix_size);
}

void Containers::drop_pending(const Container& empty) {
  const std::size_t outer = empty.prefix_size > pending_from_ ? pending_outer_size(empty) : 0;
  pending_.resize(outer);
}

std::size_t Containers::pending_outer_size(const Container& empty) const {
  // Quotes and footnotes are the only ones dropped, and they were opened last.
  const std::size_t own = empty.kind == Kind::kQuote ? 2 : pending_.size() - pending_.rfind("[^");
  return pending_.size() - own;
}

void Containers::write_line(const Piece& line) {
  // Not before the first line of the body, or of an item that has only its marker so far.
  const bool begins = !has_lines_ || (!pending_.empty() && blank_prefix_ > pending_from_);
  if (blank_due_ && !begins) append_trimmed(std::string_view(prefix_).substr(0, blank_prefix_));
  blank_due_ = false;
  has_lines_ = true;
  if (!pending_.empty()) {
    out_.text.append(prefix_, 0, pending_from_).append(pending_);
    pending_.clear();
  } else {
    out_.text += prefix_;
  }
  if (line.text.empty() && line.marks.empty()) {
    while (!out_.text.empty() && out_.text.back() == ' ') out_.text.pop_back();
  }
  out_.append(line);
  out_.text += '\n';
  has_content_ = has_content_ || !line.text.empty();
  if (out_.text.size() >= kBufferBytes) flush();
}

void Containers::append_trimmed(std::string_view prefix) {
  const std::size_t last = prefix.find_last_not_of(' ');
  if (last != std::string_view::npos) out_.text += prefix.substr(0, last + 1);
  out_.text += '\n';
}

void Containers::flush() {
  if (job_ == nullptr) return out_.clear();
  std::size_t written = 0;
  const std::string_view text = out_.text;
  for (const Piece::Mark& mark : out_.marks) {
    if (mark.offset > written) job_->write(text.substr(written, mark.offset - written));
    written = mark.offset;
    if (mark.size > 0) {
      const FileLink link = file_link(mark.url).value_or(FileLink());
      job_->link_document(link.path, link.fragment, text.substr(mark.offset, mark.size));
      written += mark.size;
    } else if (mark.child != 0) {
      Children(*job_).link(mark.child);
    } else {
      job_->link(mark.asset);
    }
  }
  if (written < text.size()) job_->write(text.substr(written));
  out_.clear();
}

}  // namespace sluice::markdown
