// SPDX-License-Identifier: Apache-2.0
#include "markdown/markdown_body.hpp"

#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/lines.hpp>
#include <string>
#include <utility>

namespace sluice {

using namespace markdown;

namespace {

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

// `remark` as an HTML comment can hold it.
std::string safe_remark(std::string_view remark) {
  std::string safe;
  for (const char c : remark) {
    if (c == '-' && safe.ends_with('-')) safe += ' ';
    safe += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return safe;
}

}  // namespace

void MarkdownWriter::Body::begin_heading(int level) {
  end_leaf();
  heading_ = std::clamp(level, 1, 6);
}

void MarkdownWriter::Body::end_heading() {
  if (!cells_.in_cell()) heading_text_ = shown_text(leaf);
  end_leaf();
  heading_ = 0;
}

void MarkdownWriter::Body::end_leaf() {
  if (cells_.in_cell()) return cells_.end_line();
  if (leaf.empty()) return leaf.clear();
  piece_.clear();
  if (heading_ > 0) {
    piece_.text.append(static_cast<std::size_t>(heading_), '#') += ' ';
    leaf.render(Leaf::kHeading, containers_.prefix(), false, piece_);
    containers_.begin_block(Block::kOther);
  } else {
    containers_.begin_block(Block::kParagraph);
    leaf.render(Leaf::kParagraph, containers_.prefix(), containers_.task_could_begin(), piece_);
  }
  heading_ = 0;
  leaf.clear();
  containers_.write_line(piece_);
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
  if (!cells_.in_cell()) containers_.begin_quote();
}

void MarkdownWriter::Body::begin_list(const ListOptions& options) {
  end_leaf();
  if (cells_.in_cell()) {
    cells_.begin_list(options);
  } else {
    containers_.begin_list(options);
  }
}

void MarkdownWriter::Body::end_list() {
  end_leaf();
  if (cells_.in_cell()) {
    cells_.end_list();
  } else {
    containers_.end_list();
  }
}

void MarkdownWriter::Body::begin_item(const ItemOptions& options) {
  if (cells_.in_cell()) return cells_.begin_item(options);
  end_leaf();
  containers_.begin_item(options);
}

void MarkdownWriter::Body::begin_footnote(std::string_view label) {
  end_leaf();
  if (!cells_.in_cell()) containers_.begin_footnote(label);
}

void MarkdownWriter::Body::end_container(Kind kind) {
  end_leaf();
  if (!cells_.in_cell()) containers_.close(kind);
}

void MarkdownWriter::Body::begin_table(const TableOptions& options) {
  if (!cells_.in_table()) {
    end_leaf();
    table_begun_ = false;
  }
  cells_.begin_table(options);
}

void MarkdownWriter::Body::end_table() {
  cells_.end_table();
  write_table_lines();
}

void MarkdownWriter::Body::end_row() {
  cells_.end_row();
  write_table_lines();
}

void MarkdownWriter::Body::write_table_lines() {
  for (const Piece& line : cells_.release_lines()) write_table_line(line);
}

void MarkdownWriter::Body::write_table_line(const Piece& line) {
  if (!std::exchange(table_begun_, true)) containers_.begin_block(Block::kOther);
  containers_.write_line(line);
}

void MarkdownWriter::Body::row(std::span<const std::string_view> cells) {
  if (cells_.can_append_row()) {
    piece_.clear();
    cells_.append_row(cells, piece_);
    return write_table_line(piece_);
  }
  begin_row();
  for (const std::string_view cell : cells) {
    begin_cell({});
    leaf.lines(cell);
    end_cell();
  }
  end_row();
}

void MarkdownWriter::Body::finish() {
  while (cells_.in_table()) end_table();
  end_leaf();
  containers_.finish();
}

void MarkdownWriter::Body::code_in_cell(std::string_view code) {
  while (!code.empty()) {
    leaf.code(next_line(code));
    leaf.line_break();
  }
}

void MarkdownWriter::Body::code_block(std::string_view code, std::string_view language) {
  end_leaf();
  while (!code.empty() && (code.back() == '\n' || code.back() == '\r')) code.remove_suffix(1);
  if (cells_.in_cell()) return code_in_cell(code);
  containers_.begin_block(Block::kOther);
  const std::string fence(std::max<std::size_t>(3, longest_run(code, '`') + 1), '`');
  containers_.write_line({.text = fence + language_of(language), .marks = {}});
  while (!code.empty()) {
    const std::string_view line = next_line(code);
    const bool blank = line.find_first_not_of(" \t") == std::string_view::npos;
    containers_.write_line({.text = blank ? std::string() : std::string(line), .marks = {}});
  }
  containers_.write_line({.text = fence, .marks = {}});
}

void MarkdownWriter::Body::thematic_break() {
  end_leaf();
  if (cells_.in_cell()) return;
  containers_.begin_block(Block::kOther);
  // `- ---` would be one break, and a body that begins with `---` could pass for front matter.
  containers_.write_line({.text = containers_.is_line_free() ? "---" : "___", .marks = {}});
}

void MarkdownWriter::Body::raw(std::string_view markdown) {
  end_leaf();
  while (markdown.starts_with('\n') || markdown.starts_with('\r')) markdown.remove_prefix(1);
  while (markdown.ends_with('\n') || markdown.ends_with('\r')) markdown.remove_suffix(1);
  if (markdown.empty()) return;
  if (cells_.in_cell()) {
    while (!markdown.empty()) {
      leaf.text(next_line(markdown));
      leaf.line_break();
    }
    return;
  }
  containers_.begin_block(Block::kOther);
  while (!markdown.empty()) {
    const std::string_view line = next_line(markdown);
    const bool blank = line.find_first_not_of(" \t") == std::string_view::npos;
    containers_.write_line({.text = blank ? std::string() : std::string(line), .marks = {}});
  }
}

void MarkdownWriter::Body::flush() {
  if (cells_.in_table()) return;
  end_leaf();
  containers_.hand_over();
}

void MarkdownWriter::Body::comment(std::string_view remark) {
  end_leaf();
  if (cells_.in_cell()) return;
  containers_.begin_block(Block::kOther);
  containers_.write_remark({.text = "<!-- " + safe_remark(remark) + " -->", .marks = {}});
}

}  // namespace sluice
