// SPDX-License-Identifier: Apache-2.0
//
// Words about paragraphs and tables.
#include <algorithm>
#include <sluice/blanks.hpp>
#include <utility>

#include "rtf/inline_groups.hpp"
#include "rtf/reader.hpp"

namespace sluice::rtf {
namespace {

// As many cells as a row may have: Word has 63, others some hundreds.
constexpr std::size_t kMaxEdges = 10'000;
constexpr std::size_t kMaxOldNumbers = 100'000;
// Where an edge of a cell may be, in twips: 17 metres off.
constexpr std::int32_t kFarthestEdge = 1'000'000;

}  // namespace

void Reader::end_paragraph() {
  const ParagraphFormat& format = group().paragraph;
  std::optional<OldNumber> number;
  const auto at = static_cast<std::size_t>(format.old_number);
  if (format.old_number >= 0 && at < old_numbers_.size()) number = old_numbers_[at];
  // The mark of a paragraph that was taken away joins it with the next.
  const CharacterFormat& mark = group().character;
  const bool joins = (mark.deleted && settings_.changes == docx::Changes::kAccept) ||
                     (mark.inserted && settings_.changes == docx::Changes::kReject);
  if (joins) return;
  story().end_paragraph(format, number, is_code());
  saw_note_mark_ = false;
}

bool Reader::paragraph_word(Word word, const Token& token) {
  ParagraphFormat& format = group().paragraph;
  switch (word) {
    case Word::kParagraphDefaults:
      format = {};
      return true;
    case Word::kParagraphStyle: {
      format.style = token.value;
      return true;
    }
    case Word::kListNumber:
      format.list = token.value;
      return true;
    case Word::kListLevel:
      format.level = std::clamp(token.value, 0, docx::kLevels - 1);
      return true;
    case Word::kOutlineLevel:
      format.outline = token.value >= 0 && token.value < 9 ? token.value : -1;
      return true;
    case Word::kLeft:
      format.left = token.value;
      return true;
    case Word::kRight:
      format.right = token.value;
      return true;
    case Word::kInTable:
      format.in_table = true;
      return true;
    case Word::kItap:
      format.itap = std::max(token.value, 0);
      format.in_table = format.in_table && token.value > 0;
      return true;
    case Word::kAlignLeft:
      format.align = Align::kNone;
      return true;
    case Word::kAlignCenter:
      format.align = Align::kCenter;
      return true;
    case Word::kAlignRight:
      format.align = Align::kRight;
      return true;
    case Word::kBorderBelow:
    case Word::kOtherBorder:
      is_border_below_ = word == Word::kBorderBelow;
      return true;
    case Word::kBorderLine:
      if (is_border_below_) format.has_rule = true;
      return true;
    case Word::kParagraph:
      end_paragraph();
      return true;
    case Word::kSection:
    case Word::kPage:
      if (story().has_open_paragraph()) end_paragraph();
      if (word == Word::kSection) in_first_section_ = false;
      return true;
    case Word::kListText: {
      std::string label = one_line(header_.read_text(text_.fallback()));
      group_was_read();
      if (is_shown()) story().set_label(std::move(label));
      return true;
    }
    case Word::kOldNumber: {
      OldNumber number = read_old_number(lexer_, header_);
      group_was_read();
      if (old_numbers_.size() >= kMaxOldNumbers) return true;
      old_numbers_.push_back(std::move(number));
      group().paragraph.old_number = static_cast<std::int32_t>(old_numbers_.size()) - 1;
      return true;
    }
    default:
      return false;
  }
}

bool Reader::table_word(Word word, const Token& token) {
  switch (word) {
    case Word::kRowDefaults:
      row_shape() = {};
      edge_ = {};
      return true;
    case Word::kRowLeft:
      row_shape().left = std::clamp(token.value, -kFarthestEdge, kFarthestEdge);
      return true;
    case Word::kCellEdge:
      edge_.right = std::clamp(token.value, -kFarthestEdge, kFarthestEdge);
      if (row_shape().edges.size() < kMaxEdges) row_shape().edges.push_back(edge_);
      edge_ = {};
      return true;
    case Word::kMergeFirst:
      edge_.merged = false;
      return true;
    case Word::kMerged:
      edge_.merged = true;
      return true;
    case Word::kDownFirst:
      edge_.starts_down = true;
      return true;
    case Word::kDown:
      edge_.goes_down = true;
      return true;
    case Word::kCell:
    case Word::kNestedCell: {
      const std::int32_t depth = word == Word::kCell ? 1 : std::max(group().paragraph.itap, 2);
      if (story().has_open_paragraph()) {
        ParagraphFormat& format = group().paragraph;
        const ParagraphFormat before = format;
        format.itap = depth;
        end_paragraph();
        format = before;
      }
      story().end_cell(depth);
      return true;
    }
    case Word::kRow:
      story().end_row(1, row_);
      return true;
    case Word::kNestedRow:
      story().end_row(std::max(group().paragraph.itap, 2), nested_row_);
      return true;
    case Word::kNestedProperties:
      group().in_nested_row = true;
      return true;
    default:
      return false;
  }
}

}  // namespace sluice::rtf
