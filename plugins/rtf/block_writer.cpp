// SPDX-License-Identifier: Apache-2.0
#include "rtf/block_writer.hpp"

#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/list_marks.hpp>
#include <sluice/list_number.hpp>
#include <sluice/utf8.hpp>
#include <utility>

namespace sluice::rtf {
namespace {

using docx::Label;
using docx::LabelKind;
using docx::Role;

constexpr std::uint64_t kBetweenChecks = 256;
constexpr std::size_t kMaxTitleBytes = 1000;  // longer ones are a paragraph in the wrong style
constexpr std::int32_t kIndentOfQuote = 360;
// In the place of a list's definition, which lists of a document number from 1 on.
constexpr std::int32_t kContentsList = -2;
constexpr std::int32_t kTaskList = -3;
constexpr std::int32_t kOldList = -4;

std::int32_t level_by_indent(const ParagraphFormat& format) {
  // Half an inch each, as programs indent items.
  return std::clamp((format.left - 1) / 720, 0, docx::kLevels - 1);
}

// What a label says: "3." and "3)" are Markdown's own, one sign is a bullet, anything else is text.
Label read_label(std::string_view text) {
  Label label;
  label.definition = kOldList;
  label.text = trimmed(text);
  std::string_view digits = label.text;
  if (digits.ends_with('.') || digits.ends_with(')')) digits.remove_suffix(1);
  if (is_ascii_number(digits) && digits.size() <= 9) {
    label.kind = LabelKind::kNumber;
    label.number = std::stoll(std::string(digits));
    return label;
  }
  std::size_t at = 0;
  const bool is_one_sign = !label.text.empty() &&
                           (next_char(label.text, at), at == label.text.size()) &&
                           !is_ascii_alphanumeric(first_char(label.text));
  label.kind = label.text.empty() ? LabelKind::kNone
               : is_one_sign      ? LabelKind::kBullet
                                  : LabelKind::kLiteral;
  return label;
}

std::string first_text(const Paragraph& paragraph) {
  for (const Piece& piece : paragraph.pieces) {
    if (piece.kind == Piece::Kind::kText) return piece.text;
  }
  return {};
}

}  // namespace

BlockWriter::BlockWriter(Job& job, MarkdownWriter& out, const docx::Settings& settings,
                         const Survey& survey)
    : job_(job), out_(out), settings_(settings), survey_(survey) {
  flows_.emplace_back(out_);
}

void BlockWriter::block(Block&& block) {
  if (blocks_++ % kBetweenChecks == 0) job_.check_cancelled();
  if (auto* text = std::get_if<Paragraph>(&block)) {
    paragraph(*text);
  } else {
    table(std::get<Table>(block));
  }
}

void BlockWriter::write(std::vector<Block>& blocks) {
  for (Block& inner : blocks) block(std::move(inner));
}

void BlockWriter::close() {
  flow().close();
  for (; !links_.empty(); links_.pop_back()) {
    if (links_.back()) out_.end_link();
  }
}

void BlockWriter::write_notes(std::vector<Note>& notes) {
  for (std::size_t i = 0; i < notes.size(); ++i) {
    Note& note = notes[i];
    out_.begin_footnote(std::to_string(i + 1));
    flows_.emplace_back(out_);
    if (note.is_comment && !note.author.empty()) {
      out_.begin_style(sluice::Style::kStrong);
      out_.text(note.author);
      out_.end_style(sluice::Style::kStrong);
      out_.text(": ");
    }
    if (!note.mark.empty() && !note.blocks.empty()) {
      if (const auto* first = std::get_if<Paragraph>(&note.blocks.front())) {
        if (trimmed(first_text(*first)).starts_with(note.mark)) {
          skip_bytes_ = first_text(*first).find(note.mark) + note.mark.size();
        }
      }
    }
    write(note.blocks);
    close();
    flows_.pop_back();
    out_.end_footnote();
  }
}

// --- tables ---

// A single column divides nothing: a box around a remark, a title page held in place. A heading
// within a table is the heading of what follows, if no row has more than one cell with something in
// it, or there is but one.
bool BlockWriter::is_frame(const Table& table) const {
  constexpr std::size_t kMaxRows = 20;
  const bool one_column = std::all_of(table.rows.begin(), table.rows.end(), [](const Row& row) {
    return row.cells.size() == 1 && row.before == 0;
  });
  if (one_column) return true;
  if (table.rows.size() > kMaxRows) return false;
  bool has_heading = false;
  for (const Row& row : table.rows) {
    std::size_t filled = 0;
    for (const Cell& cell : row.cells) {
      bool is_filled = false;
      for (const Block& block : cell.blocks) {
        const auto* paragraph = std::get_if<Paragraph>(&block);
        if (paragraph != nullptr && !paragraph->has_content()) continue;
        is_filled = true;
        if (paragraph == nullptr) continue;
        const Role role = shape_of(*paragraph, *header_).role;
        has_heading = has_heading || role == Role::kHeading || role == Role::kTitle;
      }
      filled += is_filled ? 1 : 0;
    }
    if (filled > 1 && table.rows.size() > 1) return false;
  }
  return has_heading;
}

void BlockWriter::table(Table& table) {
  flow().close();
  const bool frame = is_frame(table);
  if (!frame) {
    ++table_depth_;
    out_.begin_table({.spans = settings_.merged_cells});
  }
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    Row& row = table.rows[r];
    if (!frame) out_.begin_row();
    if (!frame && row.before > 0) {
      out_.begin_cell({.column_span = row.before});
      out_.end_cell();
    }
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      Cell& cell = row.cells[c];
      if (cell.rows == 0) continue;
      // A column's numbers tell its alignment, not its titles.
      const std::vector<Cell>& last = table.rows.back().cells;
      if (!frame) {
        const bool same = r == 0 && table.rows.size() > 1 && last.size() == row.cells.size();
        out_.begin_cell({.column_span = cell.columns,
                         .row_span = cell.rows,
                         .align = same ? last[c].align : Align::kNone});
      }
      flows_.emplace_back(out_, table_depth_ > 1 ? docx::Divide::kBlanks : docx::Divide::kLines);
      write(cell.blocks);
      flow().close();
      flows_.pop_back();
      if (!frame) out_.end_cell();
    }
    if (!frame) out_.end_row();
  }
  if (frame) return;
  out_.end_table();
  --table_depth_;
}

// --- paragraphs ---

void BlockWriter::paragraph(Paragraph& paragraph) {
  const Shape shape = shape_of(paragraph, *header_);
  const bool is_filled = paragraph.has_content();
  writer_labels_items_ = writer_labels_items_ || paragraph.label.has_value();
  const bool is_heading = shape.role == Role::kHeading || shape.role == Role::kTitle ||
                          shape.role == Role::kContentsHeading;
  if (is_heading && begin_heading(paragraph, shape)) {
    write_pieces(paragraph, shape);
    flow().end();
    return;
  }
  if (!is_filled) {
    if (flow().has_code() && paragraph.ends_in_code && !survey_.is_typewritten()) {
      flow().begin_code(paragraph.format.left);
      flow().end();
      return;
    }
    // Room between blocks: it is no paragraph, and ends no list that goes on behind it. With a line
    // below, it is a rule.
    if (shape.list > 0 && !is_heading)
      header_->lists.numbering.count(shape.list, paragraph.format.level);
    flow().begin_continuation();
    flow().end();
    const bool rule = paragraph.format.has_rule || shape.role == Role::kRule;
    if (rule && flows_.size() == 1) {
      flow().close();
      out_.thematic_break();
    }
    for (const Piece& piece : paragraph.pieces) {
      if (piece.kind != Piece::Kind::kText && piece.kind != Piece::Kind::kBreak)
        write_piece(piece, 0);
    }
    return;
  }
  if (shape.role == Role::kContents) {
    Label bullet;
    bullet.definition = kContentsList;
    bullet.left = shape.level * 200;
    flow().begin_item(bullet, std::max(0, shape.level - 1), Task::kNone);
  } else if (shape.list > 0 && begin_counted_item(paragraph, shape)) {
  } else if (paragraph.old_number) {
    begin_old_item(paragraph, shape);
  } else if (paragraph.label && !trimmed(*paragraph.label).empty()) {
    begin_labelled_item(paragraph, shape);
  } else if (shape.role == Role::kListContinued && flow().is_in_list()) {
    flow().begin_continuation();
  } else {
    begin_prose(paragraph, shape);
  }
  write_pieces(paragraph, shape);
  flow().end();
}

// False for a heading without text: it is room.
bool BlockWriter::begin_heading(const Paragraph& paragraph, const Shape& shape) {
  std::optional<Label> number;
  if (shape.list > 0) number = header_->lists.numbering.count(shape.list, paragraph.format.level);
  if (!paragraph.has_content()) return false;
  if (shape.role == Role::kTitle && title_.empty()) {
    const std::string words = words_of(paragraph);
    if (words.size() <= kMaxTitleBytes) title_ = words;
  }
  flow().close();
  flow().begin_heading(std::max(1, shape.level));
  if (number && number->kind != LabelKind::kBullet && !number->text.empty())
    write_label(number->text);
  return true;
}

void BlockWriter::write_label(const std::string& text) {
  out_.text(text);
  out_.text(" ");
}

void BlockWriter::begin_item(Paragraph& paragraph, const Shape& shape, Label label,
                             std::int32_t level) {
  if (paragraph.format.left > 0) label.left = paragraph.format.left;
  Task task = Task::kNone;
  if (label.kind == LabelKind::kBullet) {
    const TaskBox bullet = task_box_of(label.text);
    const TaskBox box = task_box_of(first_text(paragraph));
    if (bullet.task != Task::kNone && bullet.size == label.text.size()) {
      task = bullet.task;
      label.definition = kTaskList;  // open and done ones are one list
    } else {
      task = box.task;
      skip_bytes_ = box.size;
    }
  }
  if (shape.role == Role::kQuote) {
    flow().begin_quoted_item(label, level, task);
  } else {
    flow().begin_item(label, level, task);
  }
  if (label.kind == LabelKind::kLiteral) write_label(label.text);
}

// An item of a list that the document defines. False if there is no such list.
bool BlockWriter::begin_counted_item(Paragraph& paragraph, const Shape& shape) {
  const std::int32_t level = paragraph.format.level;
  // Writers that store labels leave them out where a paragraph goes on within its item.
  if (writer_labels_items_ && !paragraph.label && !paragraph.old_number && flow().is_in_list() &&
      paragraph.format.list > 0) {
    flow().begin_continuation(level);
    return true;
  }
  auto label = header_->lists.numbering.count(shape.list, level);
  if (!label) return false;
  if (label->kind == LabelKind::kNone) {
    flow().begin_continuation(level);
  } else {
    begin_item(paragraph, shape, *std::move(label), level);
  }
  return true;
}

void BlockWriter::begin_old_item(Paragraph& paragraph, const Shape& shape) {
  const OldNumber& old = *paragraph.old_number;
  if (old.is_continued) {
    flow().begin_continuation();
    return;
  }
  const std::int32_t level = old.level;
  std::int64_t& value = old_value_[level];
  Label label;
  label.definition = kOldList;
  label.text = "\u2022";
  if (!old.is_bullet) {
    const Label shown = read_label(paragraph.label.value_or(""));
    if (shown.kind == LabelKind::kNumber) {
      value = shown.number;
    } else {
      value = flow().is_in_list() && !paragraph.label && value > 0 ? value + 1 : old.start;
    }
    label.number = value;
    label.text = old.before + list_number(value, old.format) + old.after;
    const bool plain = read_label(label.text).kind == LabelKind::kNumber;
    label.kind = plain ? LabelKind::kNumber : LabelKind::kLiteral;
    if (!plain && paragraph.label) label.text = trimmed(*paragraph.label);
  }
  begin_item(paragraph, shape, std::move(label), level);
}

// A label and nothing that defines its list.
void BlockWriter::begin_labelled_item(Paragraph& paragraph, const Shape& shape) {
  Label label = read_label(*paragraph.label);
  const std::int32_t level =
      paragraph.format.level > 0 ? paragraph.format.level : level_by_indent(paragraph.format);
  begin_item(paragraph, shape, std::move(label), level);
}

void BlockWriter::begin_prose(const Paragraph& paragraph, const Shape& shape) {
  const ParagraphFormat& format = paragraph.format;
  const bool drawn_in = format.left >= kIndentOfQuote && format.right >= kIndentOfQuote;
  if (is_code(paragraph, shape)) {
    flow().begin_code(format.left);
  } else if (shape.role == Role::kQuote ||
             (drawn_in && shape.role == Role::kNone && !flow().is_in_list())) {
    flow().begin_quote();
  } else {
    flow().begin_plain(format.left);
  }
}

bool BlockWriter::is_code(const Paragraph& paragraph, const Shape& shape) const {
  if (shape.role == Role::kCode) return true;
  if (shape.role != Role::kNone || survey_.is_typewritten()) return false;
  bool has_text = false;
  for (const Piece& piece : paragraph.pieces) {
    if (piece.kind == Piece::Kind::kBreak || piece.kind == Piece::Kind::kBookmark) continue;
    if (piece.kind != Piece::Kind::kText) return false;
    if (!piece.code && !is_blank(piece.text)) return false;
    has_text = has_text || piece.code;
  }
  return has_text;
}

// --- pieces ---

void BlockWriter::write_pieces(const Paragraph& paragraph, const Shape& shape) {
  // A heading or a quote looks as it does because it is one.
  std::uint8_t hidden =
      shape.role != Role::kNone && shape.role != Role::kListContinued ? shape.looks : 0;
  if (flow().is_heading()) hidden |= bit(Style::kStrong);
  for (const Piece& piece : paragraph.pieces) write_piece(piece, hidden);
  skip_bytes_ = 0;
}

void BlockWriter::write_piece(const Piece& piece, std::uint8_t hidden_styles) {
  if (flow().is_code()) {
    if (piece.kind == Piece::Kind::kText) flow().code() += piece.text;
    if (piece.kind == Piece::Kind::kBreak) flow().code() += '\n';
    return;
  }
  switch (piece.kind) {
    case Piece::Kind::kText: {
      std::string_view text = piece.text;
      text.remove_prefix(std::min(std::exchange(skip_bytes_, 0), text.size()));
      auto styles = static_cast<std::uint8_t>(piece.styles & ~hidden_styles);
      if (!links_.empty()) styles &= static_cast<std::uint8_t>(~bit(Style::kUnderline));
      for (const Style style : kAllStyles) {
        if ((styles & bit(style)) != 0) out_.begin_style(style);
      }
      if (piece.code && !survey_.is_typewritten()) {
        out_.code(text);
      } else {
        out_.text(text);
      }
      for (const Style style : kAllStyles) {
        if ((styles & bit(style)) != 0) out_.end_style(style);
      }
      break;
    }
    case Piece::Kind::kBreak:
      out_.line_break();
      break;
    case Piece::Kind::kImage:
      out_.image(piece.asset, piece.text);
      break;
    case Piece::Kind::kChild:
      out_.text(" ");  // what it shows follows
      out_.begin_child_link(piece.child);
      out_.text(piece.text);
      out_.end_link();
      out_.text(" ");
      break;
    case Piece::Kind::kNote:
      out_.footnote_reference(std::to_string(piece.note + 1));
      break;
    case Piece::Kind::kMath:
    case Piece::Kind::kDisplay:
      out_.math(piece.text,
                piece.kind == Piece::Kind::kMath ? MathLayout::kInline : MathLayout::kDisplay);
      break;
    case Piece::Kind::kLink:
      out_.begin_link(piece.text);
      links_.push_back(true);
      break;
    case Piece::Kind::kPlace: {
      const std::string_view fragment = survey_.fragment_of(piece.text);
      links_.push_back(!fragment.empty());
      if (!fragment.empty()) out_.begin_link("#" + std::string(fragment));
      break;
    }
    case Piece::Kind::kLinkEnd:
      if (links_.empty()) break;
      if (links_.back()) out_.end_link();
      links_.pop_back();
      break;
    case Piece::Kind::kBookmark:
      break;
  }
}

}  // namespace sluice::rtf
