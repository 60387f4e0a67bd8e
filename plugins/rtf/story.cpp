// SPDX-License-Identifier: Apache-2.0
#include "rtf/story.hpp"

#include <algorithm>
#include <sluice/blanks.hpp>
#include <sluice/plugin.hpp>
#include <utility>

namespace sluice::rtf {
namespace {

// Tables within tables: Word itself shows 64 at most, people make 3.
constexpr std::size_t kMaxTableDepth = 16;
// Blocks and pieces that tables and notes keep until they are written, of about 150 bytes each.
constexpr std::uint64_t kMaxHeld = 4'000'000;

}  // namespace

bool Piece::is_visible() const {
  return !is_blank(text);
}

std::string text_of(const std::vector<Block>& blocks) {
  std::string text;
  for (const Block& block : blocks) {
    if (const auto* const paragraph = std::get_if<Paragraph>(&block)) {
      for (const Piece& piece : paragraph->pieces) {
        text += piece.kind == Piece::Kind::kText ? piece.text : " ";
      }
    } else {
      for (const Row& row : std::get<Table>(block).rows) {
        for (const Cell& cell : row.cells) text += text_of(cell.blocks);
      }
    }
    text += ' ';
  }
  return text;
}

bool Paragraph::has_content() const {
  return std::any_of(pieces.begin(), pieces.end(),
                     [](const Piece& piece) { return piece.is_content(); });
}

void Story::add_text(std::string_view text, std::uint8_t styles, bool code) {
  if (text.empty()) return;
  Piece* const last = last_piece();
  if (last != nullptr && last->kind == Piece::Kind::kText && last->styles == styles &&
      last->code == code) {
    last->text += text;
    return;
  }
  Piece piece;
  piece.styles = styles;
  piece.code = code;
  piece.text = text;
  add(std::move(piece));
}

void Story::add(Piece piece) {
  count_held(1);
  open_.pieces.push_back(std::move(piece));
}

void Story::add_behind(std::vector<Block> blocks) {
  for (Block& block : blocks) behind_.push_back(std::move(block));
}

void Story::count_held(std::uint64_t blocks) {
  held_ += blocks;
  own_held_ += blocks;
  if (held_ > kMaxHeld) {
    throw Failure(Outcome::kLimit,
                  "a table, a note or a paragraph of the document has more than 4,000,000 pieces");
  }
}

void Story::put(Block block) {
  if (!tables_.empty()) {
    count_held(1);
    tables_.back().blocks.push_back(std::move(block));
  } else if (sink_ != nullptr) {
    held_ -= std::exchange(own_held_, 0);  // of the text itself, nothing is kept
    sink_->block(std::move(block));
  } else {
    count_held(1);
    blocks_.push_back(std::move(block));
  }
}

// Closes the tables that are deeper, and opens one where this is the first paragraph of a deeper
// one. Levels that are passed over do not count.
void Story::enter_depth(std::int32_t itap) {
  while (!tables_.empty() && tables_.back().itap > itap) close_table();
  if (itap > 1 && tables_.empty()) tables_.emplace_back();
  const std::int32_t depth = tables_.empty() ? 0 : tables_.back().itap;
  if (itap > depth && tables_.size() < kMaxTableDepth) {
    tables_.emplace_back();
    tables_.back().itap = itap;
  }
}

void Story::close_table() {
  OpenTable table = std::move(tables_.back());
  if (!table.blocks.empty()) table.cells.push_back(std::move(table.blocks));
  if (!table.cells.empty()) table.rows.push_back({{}, std::move(table.cells)});
  tables_.pop_back();
  if (!table.rows.empty()) put(make_table(std::move(table.rows)));
}

void Story::end_paragraph(const ParagraphFormat& format, const std::optional<OldNumber>& old_number,
                          bool ends_in_code) {
  enter_depth(format.table_depth());
  Paragraph paragraph = std::exchange(open_, {});
  // Empty ones are room; only in running text, where lists and code go on over them, do they
  // matter.
  if (!paragraph.pieces.empty() || tables_.empty()) {
    paragraph.format = format;
    paragraph.old_number = old_number;
    paragraph.ends_in_code = ends_in_code;
    put(std::move(paragraph));
  }
  for (Block& block : std::exchange(behind_, {})) put(std::move(block));
}

void Story::end_cell(std::int32_t itap) {
  enter_depth(itap);
  if (tables_.empty()) return;
  count_held(1);
  tables_.back().cells.push_back(std::exchange(tables_.back().blocks, {}));
}

void Story::end_row(std::int32_t itap, const RowShape& shape) {
  enter_depth(itap);
  if (tables_.empty()) return;
  OpenTable& table = tables_.back();
  if (!table.blocks.empty()) end_cell(itap);
  if (!table.cells.empty()) table.rows.push_back({shape, std::exchange(table.cells, {})});
}

void Story::close(const ParagraphFormat& format) {
  if (!open_.pieces.empty() || !behind_.empty()) end_paragraph(format, std::nullopt, false);
  while (!tables_.empty()) close_table();
}

}  // namespace sluice::rtf
