// SPDX-License-Identifier: Apache-2.0
#include "markdown/markdown_cells.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "markdown/markdown_text.hpp"

namespace sluice::markdown {

void Cells::begin_table(const TableOptions& options) {
  ++tables_;
  if (is_outermost()) grid_.emplace(options);
}

void Cells::end_table() {
  if (!in_table()) return;
  if (is_outermost()) {
    close_cell();
    grid_->move_lines(lines_);
    grid_.reset();
  }
  --tables_;
  // What follows a table within a cell has a line of its own.
  if (is_outermost() && in_cell_) end_line();
}

void Cells::begin_row() {
  if (is_outermost()) grid_->begin_row();
  if (tables_ > 1 && in_cell_) leaf_.line_break();
}

void Cells::end_row() {
  if (!is_outermost()) return;
  close_cell();
  grid_->end_row();
  if (grid_->streams()) grid_->move_lines(lines_);
}

void Cells::begin_cell(const CellOptions& options) {
  if (!in_table()) return;
  if (is_outermost()) {
    close_cell();
    options_ = options;
    in_cell_ = true;
  } else {
    leaf_.text(" ");
  }
}

void Cells::end_cell() {
  if (is_outermost()) close_cell();
  if (tables_ > 1) leaf_.text(" ");
}

void Cells::close_cell() {
  if (!in_cell_) return;
  Piece content;
  leaf_.render(Leaf::kCell, {}, false, content);
  leaf_.clear();
  in_cell_ = false;
  lists_.clear();
  marker_end_ = 0;
  grid_->add_cell(options_, std::move(content));
}

bool Cells::can_append_row() const {
  return is_outermost() && !in_cell_ && leaf_.is_untouched() && grid_->can_append_line();
}

void Cells::append_row(std::span<const std::string_view> cells, Piece& line) {
  std::size_t bytes = 0;
  for (const std::string_view cell : cells) bytes += cell.size();
  const std::size_t places = grid_->count_row(cells.size(), bytes);
  line.text.reserve(bytes + 3 * places + 1);
  line.text = "|";
  for (std::size_t i = 0; i < places; ++i) {
    line.text += ' ';
    if (i < cells.size()) append_cell(cells[i], line);
    line.text += '|';
  }
}

// Appends the text of a cell and a blank; nothing for a cell that shows nothing.
void Cells::append_cell(std::string_view text, Piece& line) {
  if (text.empty()) return;
  if (is_as_written(text)) {
    line.text += text;
  } else {
    rendered_.clear();
    leaf_.lines(text);
    leaf_.render(Leaf::kCell, {}, false, rendered_);
    leaf_.clear();
    if (rendered_.text.empty()) return;
    line.append(rendered_);
  }
  line.text += ' ';
}

void Cells::end_list() {
  if (!lists_.empty()) lists_.pop_back();
}

void Cells::begin_item(const ItemOptions& options) {
  constexpr std::string_view kIndent = "\u00A0\u00A0";  // blanks would not be seen
  constexpr std::size_t kMaxIndents = 8;                // of a cell's width, nothing is left beyond
  leaf_.line_break();
  const bool ordered = !lists_.empty() && lists_.back().kind == ListKind::kOrdered;
  const std::size_t depth = std::min(lists_.size(), kMaxIndents);
  for (std::size_t i = 1; i < depth; ++i) leaf_.text(kIndent);
  leaf_.text(ordered ? std::to_string(options.number) + ". " : "- ");
  if (options.task != Task::kNone) leaf_.text(options.task == Task::kDone ? "[x] " : "[ ] ");
  marker_end_ = leaf_.size();
}

void Cells::end_line() {
  if (leaf_.size() != marker_end_) leaf_.line_break();
}

std::vector<Piece> Cells::release_lines() {
  return std::exchange(lines_, {});
}

}  // namespace sluice::markdown
