// SPDX-License-Identifier: Apache-2.0
#include "table_pages.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <string>

namespace sluice::pdf {
namespace {

constexpr Box kNoText = {1e9F, 1e9F, -1e9F, -1e9F};
// Of the paper's height: a table that ends higher up has room for another row. Twelve lines and a
// margin of an inch are below it.
constexpr float kLeastEnd = 0.7F;
constexpr float kSlack = 3;  // points by which cells of neighbouring columns may overlap

std::string text_of(const Story& story, const Cell& cell) {
  std::string text;
  for (std::uint32_t i = 0; i < cell.lines; ++i) {
    if (i > 0) text += ' ';
    text += story.text_of(story.lines[cell.first_line + i]);
  }
  return text;
}

bool is_bold(const Story& story, const TableRow& row) {
  bool any = false;
  for (const Cell& cell : row.cells) {
    for (std::uint32_t i = 0; i < cell.lines; ++i) {
      if (!story.lines[cell.first_line + i].bold) return false;
      any = true;
    }
  }
  return any;
}

bool are_equal(const Story& story, const TableRow& a, const TableRow& b) {
  return std::equal(a.cells.begin(), a.cells.end(), b.cells.begin(), b.cells.end(),
                    [&](const Cell& one, const Cell& other) {
                      return one.column == other.column &&
                             text_of(story, one) == text_of(story, other);
                    });
}

// Whether figures stand where figures do in the other row, and text where text does.
bool are_alike(const Story& story, const TableRow& a, const TableRow& b) {
  const auto has_digit = [&](const Cell& cell) {
    return text_of(story, cell).find_first_of("0123456789") != std::string::npos;
  };
  bool any = false;
  for (const Cell& one : a.cells) {
    for (const Cell& other : b.cells) {
      if (one.column != other.column || one.lines == 0 || other.lines == 0) continue;
      if (has_digit(one) != has_digit(other)) return false;
      any = true;
    }
  }
  return any;
}

// Adds where the text of each column stands in the rows.
void add_columns(const Story& story, std::span<const TableRow> rows, std::vector<Box>& columns) {
  for (const TableRow& row : rows) {
    for (const Cell& cell : row.cells) {
      if (cell.column_span > 1 || cell.column >= columns.size()) continue;
      for (std::uint32_t i = 0; i < cell.lines; ++i)
        columns[cell.column].add(story.lines[cell.first_line + i].box);
    }
  }
}

std::vector<Box> columns_of(const Story& story, const Table& table) {
  std::vector<Box> columns(table.columns, kNoText);
  add_columns(story, table.rows, columns);
  return columns;
}

// Each column stands below one of the other table, and left of the next.
bool are_the_same(const std::vector<Box>& above, const std::vector<Box>& below) {
  if (above.size() != below.size() || above.size() < 2) return false;
  for (std::size_t c = 0; c < above.size(); ++c) {
    if (above[c].x0 > above[c].x1 || below[c].x0 > below[c].x1) continue;  // without text
    if (above[c].overlap_x(below[c]) <= 0) return false;
    if (c + 1 == above.size()) continue;
    if (above[c].x1 > below[c + 1].x0 + kSlack || below[c].x1 > above[c + 1].x0 + kSlack)
      return false;
  }
  return true;
}

float end_of(const Story& story, const Table& table) {
  float end = 0;
  for (const Cell& cell : table.rows.back().cells) {
    for (std::uint32_t i = 0; i < cell.lines; ++i)
      end = std::max(end, story.lines[cell.first_line + i].box.y1);
  }
  return end;
}

// How many rows of the table below are its repeated head; nothing where it does not go on with the
// table above, whose columns are the same.
std::optional<std::size_t> head_of_rest(const Story& story, const Table& above,
                                        const Table& below) {
  const TableRow& head = above.rows.front();
  const TableRow& first = below.rows.front();
  if (above.rows.size() >= 2 && below.rows.size() >= 2 && are_equal(story, head, first)) return 1;
  if (is_bold(story, first) || !are_alike(story, above.rows.back(), first)) return std::nullopt;
  return 0;
}

class TableJoiner {
 public:
  TableJoiner(Story& story, const std::vector<bool>& running) : story_(story), running_(running) {}

  void run() {
    const Piece* before = nullptr;  // the last that is shown
    for (const Piece& piece : story_.pieces) {
      if (!is_shown(piece)) continue;
      const bool both = before != nullptr && before->kind == PieceKind::kTable &&
                        piece.kind == PieceKind::kTable && piece.page == before->page + 1;
      if (!both || !join(*before, piece)) begin(piece);
      before = &piece;
    }
  }

 private:
  bool is_shown(const Piece& piece) const {
    switch (piece.kind) {
      case PieceKind::kLine:
        return !running_[piece.index];
      case PieceKind::kImage:
        return !story_.images[piece.index].is_repeated;
      case PieceKind::kTable:
        return !story_.tables[piece.index].rows.empty();
    }
    return true;
  }

  void begin(const Piece& piece) {
    if (piece.kind != PieceKind::kTable) return;
    target_ = piece.index;
    columns_ = columns_of(story_, story_.tables[target_]);
  }

  // `piece`: the first of its page. The rows of `before` may be in the table that it goes on with.
  bool join(const Piece& before, const Piece& piece) {
    Table& above = story_.tables[target_];
    Table& below = story_.tables[piece.index];
    if (end_of(story_, above) < kLeastEnd * story_.pages[before.page].height) return false;
    if (!are_the_same(columns_, columns_of(story_, below))) return false;
    const auto head = head_of_rest(story_, above, below);
    if (!head) return false;
    const auto rest = std::span(below.rows).subspan(*head);
    add_columns(story_, rest, columns_);
    std::move(rest.begin(), rest.end(), std::back_inserter(above.rows));
    below.rows.clear();
    return true;
  }

  Story& story_;
  const std::vector<bool>& running_;
  std::uint32_t target_ = 0;  // the table that the last one shown is, or goes on with
  // Where its columns stand. A table may go on over thousands of pages: its rows are looked at
  // once.
  std::vector<Box> columns_;
};

}  // namespace

void join_tables_over_pages(Story& story, const std::vector<bool>& running) {
  TableJoiner(story, running).run();
}

}  // namespace sluice::pdf
