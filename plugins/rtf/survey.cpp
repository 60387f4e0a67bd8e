// SPDX-License-Identifier: Apache-2.0
#include "rtf/survey.hpp"

#include <sluice/blanks.hpp>

namespace sluice::rtf {
namespace {

constexpr std::size_t kMaxBookmarks = 100'000;
constexpr std::size_t kMaxHeadingLength = 400;  // bytes; longer text with an outline level is prose

std::size_t length_of(const Paragraph& paragraph) {
  std::size_t length = 0;
  for (const Piece& piece : paragraph.pieces)
    length += piece.kind == Piece::Kind::kText ? piece.text.size() : 0;
  return length;
}

}  // namespace

Shape shape_of(const Paragraph& paragraph, const HeaderReader& header) {
  Shape shape;
  shape.list = paragraph.format.list;
  const auto style = header.paragraph_styles.find(paragraph.format.style);
  if (style != header.paragraph_styles.end()) {
    shape.role = style->second.role;
    shape.level = style->second.level;
    shape.looks = style->second.looks;
    if (shape.list == 0) shape.list = style->second.list;
  }
  if (paragraph.format.outline >= 0 && shape.role == docx::Role::kNone &&
      length_of(paragraph) <= kMaxHeadingLength) {
    shape.role = docx::Role::kHeading;
    shape.level = paragraph.format.outline + 1;
  }
  return shape;
}

std::string words_of(const Paragraph& paragraph) {
  std::string words;
  for (const Piece& piece : paragraph.pieces) {
    if (piece.kind == Piece::Kind::kText) words += piece.text;
    if (piece.kind == Piece::Kind::kBreak) words += ' ';
  }
  return one_line(words, std::string::npos);
}

void Survey::read(const Paragraph& paragraph) {
  const Shape shape = shape_of(paragraph, *header_);
  const bool is_heading = shape.role == docx::Role::kHeading || shape.role == docx::Role::kTitle ||
                          shape.role == docx::Role::kContentsHeading;
  if (is_heading && paragraph.has_content()) {
    std::string text = words_of(paragraph);
    if (shape.list > 0) {
      const auto label = header_->lists.numbering.count(shape.list, paragraph.format.level);
      if (label && label->kind != docx::LabelKind::kBullet && !label->text.empty())
        text = label->text + " " + text;
    }
    fragments_.push_back(anchors_.add(text));
  } else if (shape.list > 0) {
    header_->lists.numbering.count(shape.list, paragraph.format.level);
  }
  for (const Piece& piece : paragraph.pieces) {
    if (piece.kind == Piece::Kind::kText) {
      text_bytes_ += piece.text.size();
      code_bytes_ += piece.code ? piece.text.size() : 0;
    } else if (piece.kind == Piece::Kind::kBookmark && !fragments_.empty() &&
               bookmarks_.size() < kMaxBookmarks) {
      bookmarks_.emplace(piece.text, fragments_.size() - 1);
    }
  }
}

void Survey::block(Block&& block) {
  if (const auto* paragraph = std::get_if<Paragraph>(&block)) return read(*paragraph);
  for (Row& row : std::get<Table>(block).rows) {
    for (Cell& cell : row.cells) {
      for (Block& inner : cell.blocks) this->block(std::move(inner));
    }
  }
}

std::string_view Survey::fragment_of(std::string_view bookmark) const {
  const auto found = bookmarks_.find(std::string(bookmark));
  return found == bookmarks_.end() ? std::string_view()
                                   : std::string_view(fragments_[found->second]);
}

}  // namespace sluice::rtf
