// SPDX-License-Identifier: Apache-2.0
#include "markdown/markdown_body.hpp"

#include <algorithm>
#include <sluice/ascii.hpp>
#include <utility>

namespace sluice {

using namespace markdown;

std::string markdown::label_of(std::string_view label) {
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

std::string language_of(std::string_view language) {
  std::string kept;
  for (const char c : language) {
    const bool is_sign = std::string_view("+#._-").find(c) != std::string_view::npos;
    if (!is_ascii_alphanumeric(c) && !is_sign) break;
    kept += c;
  }
  return kept;
}

std::size_t longest_run(std::string_view text, char of) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == of ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

void MarkdownWriter::Body::begin_heading(int level) {
  end_leaf();
  heading_ = std::clamp(level, 1, 6);
}

void MarkdownWriter::Body::end_heading() {
  end_leaf();
  heading_ = 0;
}

void MarkdownWriter::Body::end_leaf() {
  if (in_cell()) {
    if (leaf.size() != cell_marker_end_) leaf.line_break();
    return;
  }
  if (leaf.empty()) {
    leaf.clear();
    return;
  }
  piece_.clear();
  if (heading_ > 0) {
    piece_.text.append(static_cast<std::size_t>(heading_), '#') += ' ';
    leaf.render(Leaf::kHeading, prefix_, false, piece_);
    begin_block(Block::kOther);
  } else {
    begin_block(Block::kParagraph);
    leaf.render(Leaf::kParagraph, prefix_, task_could_begin(), piece_);
  }
  heading_ = 0;
  leaf.clear();
  write_line(piece_);
}

void MarkdownWriter::Body::end_paragraph() {
  if (heading_ > 0) {
    leaf.text(" ");  // a heading is one line
  } else {
    end_leaf();
  }
}

void MarkdownWriter::Body::begin_quote() {
  end_leaf();
  if (in_cell()) return;
  begin_block(Block::kOther);
  open(Kind::kQuote, "> ", "> ");
}

void MarkdownWriter::Body::begin_list(const ListOptions& options) {
  end_leaf();
  if (in_cell()) {
    cell_lists_.push_back(options);
    return;
  }
  const bool ordered = options.kind == ListKind::kOrdered;
  const char before = containers_.back().sibling_marker;
  begin_block(ordered ? Block::kNumbers : Block::kBullets);
  open(Kind::kList, "", "");
  Container& list = containers_.back();
  list.list = options;
  list.marker = ordered ? (before == '.' ? ')' : '.') : (before == '-' ? '*' : '-');
}

void MarkdownWriter::Body::end_list() {
  end_leaf();
  if (in_cell()) {
    if (!cell_lists_.empty()) cell_lists_.pop_back();
    return;
  }
  const char marker = close(Kind::kList);
  if (marker != 0) containers_.back().sibling_marker = marker;
}

void MarkdownWriter::Body::begin_item(const ItemOptions& options) {
  if (in_cell()) {
    leaf.line_break();
    begin_cell_item(options);
    return;
  }
  end_leaf();
  while (containers_.back().kind == Kind::kItem) close(Kind::kItem);
  if (containers_.back().kind != Kind::kList) begin_list({});
  Container& list = containers_.back();
  const bool first = list.last == Block::kNothing;
  const auto number = std::clamp<std::int64_t>(options.number, 0, kMaxNumber);
  // Only a list that begins at 1 may follow a paragraph without a blank line (CommonMark 5.2).
  if (first && list.list.kind == ListKind::kOrdered && number != 1 && joins_paragraph_) {
    blank_due_ = true;
    blank_prefix_ = list.prefix_size;
  }
  if (!first && list.list.spacing == ListSpacing::kLoose && !list.flattened) {
    blank_due_ = true;
    blank_prefix_ = prefix_.size();
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

void MarkdownWriter::Body::end_item() {
  end_leaf();
  if (!in_cell()) close(Kind::kItem);
}

void MarkdownWriter::Body::begin_footnote(std::string_view label) {
  end_leaf();
  if (in_cell()) return;
  begin_block(Block::kOther);
  open(Kind::kFootnote, "[^" + label_of(label) + "]: ", "    ");
}

void MarkdownWriter::Body::end_container(Kind kind) {
  end_leaf();
  if (!in_cell()) close(kind);
}

void MarkdownWriter::Body::begin_table(const TableOptions& options) {
  ++tables_;
  if (tables_ > 1) return;
  end_leaf();
  table_.emplace_back(options);
  table_begun_ = false;
}

void MarkdownWriter::Body::end_table() {
  if (tables_ == 0) return;
  if (tables_ == 1) {
    end_cell_now();
    write_table_lines();
    table_.clear();
  }
  --tables_;
}

void MarkdownWriter::Body::begin_row() {
  if (tables_ == 1) table_[0].begin_row();
  if (tables_ > 1 && in_cell()) leaf.line_break();
}

void MarkdownWriter::Body::end_row() {
  if (tables_ != 1) return;
  end_cell_now();
  table_[0].end_row();
  if (table_[0].streams()) write_table_lines();
}

void MarkdownWriter::Body::begin_cell(const CellOptions& options) {
  if (tables_ == 0) return;
  if (tables_ == 1) {
    end_cell_now();
    cell_options_ = options;
    cells_ = 1;
  } else {
    leaf.text(" ");
  }
}

void MarkdownWriter::Body::end_cell() {
  if (tables_ == 1) end_cell_now();
  if (tables_ > 1) leaf.text(" ");
}

void MarkdownWriter::Body::finish() {
  while (tables_ > 0) end_table();
  end_leaf();
  while (containers_.size() > 1) close_last();
  flush();
}

void MarkdownWriter::Body::begin_block(Block block) {
  Container& inside = containers_.back();
  const bool is_list = block == Block::kBullets || block == Block::kNumbers;
  const bool joins = inside.last == Block::kParagraph && is_list && inside.kind == Kind::kItem &&
                     containers_[containers_.size() - 2].list.spacing == ListSpacing::kTight;
  joins_paragraph_ = joins;
  if (inside.last != Block::kNothing && !joins && !blank_due_) {
    blank_due_ = true;
    blank_prefix_ = prefix_.size();
  }
  inside.last = block;
  inside.sibling_marker = is_list ? inside.sibling_marker : '\0';
}

void MarkdownWriter::Body::open(Kind kind, std::string_view first, std::string_view rest) {
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

char MarkdownWriter::Body::close(Kind kind) {
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

void MarkdownWriter::Body::close_last() {
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

void MarkdownWriter::Body::drop_pending(const Container& empty) {
  const std::size_t outer = empty.prefix_size > pending_from_ ? pending_outer_size(empty) : 0;
  pending_.resize(outer);
}

std::size_t MarkdownWriter::Body::pending_outer_size(const Container& empty) const {
  // Quotes and footnotes are the only ones dropped, and they were opened last.
  const std::size_t own = empty.kind == Kind::kQuote ? 2 : pending_.size() - pending_.rfind("[^");
  return pending_.size() - own;
}

void MarkdownWriter::Body::write_line(const Piece& line) {
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

void MarkdownWriter::Body::append_trimmed(std::string_view prefix) {
  const std::size_t last = prefix.find_last_not_of(' ');
  if (last != std::string_view::npos) out_.text += prefix.substr(0, last + 1);
  out_.text += '\n';
}

void MarkdownWriter::Body::flush() {
  std::size_t written = 0;
  const std::string_view text = out_.text;
  for (const Piece::Mark& mark : out_.marks) {
    if (mark.offset > written) job_.write(text.substr(written, mark.offset - written));
    written = mark.offset;
    job_.link(mark.asset);
  }
  if (written < text.size()) job_.write(text.substr(written));
  out_.clear();
}

void MarkdownWriter::Body::begin_cell_item(const ItemOptions& options) {
  const bool ordered = !cell_lists_.empty() && cell_lists_.back().kind == ListKind::kOrdered;
  constexpr std::string_view kIndent = "\u00A0\u00A0";  // blanks would not be seen
  constexpr std::size_t kDeepest = 8;
  const std::size_t depth = std::min(cell_lists_.size(), kDeepest);
  for (std::size_t i = 1; i < depth; ++i) leaf.text(kIndent);
  leaf.text(ordered ? std::to_string(options.number) + ". " : "- ");
  if (options.task != Task::kNone) leaf.text(options.task == Task::kDone ? "[x] " : "[ ] ");
  cell_marker_end_ = leaf.size();
}

void MarkdownWriter::Body::end_cell_now() {
  if (!in_cell()) return;
  Piece content;
  leaf.render(Leaf::kCell, {}, false, content);
  leaf.clear();
  cells_ = 0;
  cell_lists_.clear();
  cell_marker_end_ = 0;
  table_[0].add_cell(cell_options_, std::move(content));
}

void MarkdownWriter::Body::write_table_lines() {
  std::vector<Piece> lines;
  table_[0].take_lines(lines);
  for (const Piece& line : lines) {
    if (!table_begun_) begin_block(Block::kOther);
    table_begun_ = true;
    write_line(line);
  }
}

void MarkdownWriter::Body::code_block(std::string_view code, std::string_view language) {
  end_leaf();
  while (!code.empty() && (code.back() == '\n' || code.back() == '\r')) code.remove_suffix(1);
  const auto next_line = [&code] {
    const std::size_t end = std::min(code.find('\n'), code.size());
    std::string_view line = code.substr(0, end);
    code.remove_prefix(std::min(end + 1, code.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  };
  if (in_cell()) {
    while (!code.empty()) {
      leaf.code(next_line());
      leaf.line_break();
    }
    return;
  }
  begin_block(Block::kOther);
  const std::string fence(std::max<std::size_t>(3, longest_run(code, '`') + 1), '`');
  write_line({fence + language_of(language), {}});
  while (!code.empty()) {
    const std::string_view line = next_line();
    const bool blank = line.find_first_not_of(" \t") == std::string_view::npos;
    write_line({blank ? std::string() : std::string(line), {}});
  }
  write_line({fence, {}});
}

void MarkdownWriter::Body::thematic_break() {
  end_leaf();
  if (in_cell()) return;
  begin_block(Block::kOther);
  // `- ---` would be one break, and a body that begins with `---` could pass for front matter.
  const bool dashes = pending_.empty() && has_lines_;
  write_line({dashes ? "---" : "___", {}});
}

void MarkdownWriter::Body::comment(std::string_view remark) {
  end_leaf();
  if (in_cell()) return;
  std::string safe;
  for (const char c : remark) {
    const bool dashes = c == '-' && !safe.empty() && safe.back() == '-';
    if (dashes) safe += ' ';
    safe += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  begin_block(Block::kOther);
  const bool had_content = has_content_;
  write_line({"<!-- " + safe + " -->", {}});
  has_content_ = had_content;
}

}  // namespace sluice
