// SPDX-License-Identifier: Apache-2.0
//
// What stands within a line, and groups with a meaning of their own.
#include <sluice/blanks.hpp>
#include <sluice/utf8.hpp>
#include <utility>

#include "docx/fields.hpp"
#include "docx/styles.hpp"
#include "rtf/inline_groups.hpp"
#include "rtf/reader.hpp"

namespace sluice::rtf {
namespace {

// Notes in notes, boxes in boxes: nobody writes more.
constexpr std::size_t kMaxStories = 8;
constexpr std::size_t kMaxFields = 64;
constexpr std::size_t kMaxNotes = 100'000;
// A note's own mark: "*", "(a)".
constexpr std::size_t kMaxMark = 8;

}  // namespace

bool Reader::inline_word(const Meaning& meaning, const Token& token) {
  switch (meaning.word) {
    case Word::kTab:
      show("\t");
      return true;
    case Word::kLine:
      if (is_shown()) add_piece(Piece::Kind::kBreak);
      return true;
    case Word::kCharacter: {
      std::string character;
      append_utf8(character, meaning.character);
      show(character);
      return true;
    }
    case Word::kFallback:
      text_.set_fallback(token.has_value ? token.value : 1);
      return true;
    case Word::kNoteMark:
      saw_note_mark_ = true;
      return true;
    case Word::kUnicodePair:
      // The same text twice: for old readers in their code page, then as it is.
      while (true) {
        const Token next = lexer_.next();
        if (next.kind == Kind::kOpen) break;
        if (next.kind != Kind::kClose && next.kind != Kind::kEnd) continue;
        if (next.kind == Kind::kClose) close_group();
        return true;
      }
      lexer_.skip_group();
      return true;
    default:
      return false;
  }
}

bool Reader::group_word(Word word, const Token&) {
  switch (word) {
    case Word::kPicture:
      read_picture();
      return true;
    case Word::kShapePicture:
    case Word::kTransparent:
    case Word::kObjectResult:
      return true;
    case Word::kPlainPicture:
      if (std::exchange(saw_picture_, false)) skip_group();
      return true;
    case Word::kField:
      if (fields_.size() >= kMaxFields || group().ends != Ends::kNothing) return true;
      fields_.emplace_back();
      group().ends = Ends::kField;
      return true;
    case Word::kInstruction:
      read_instruction_group();
      return true;
    case Word::kResult:
      begin_result();
      return true;
    case Word::kBookmark: {
      std::string name(trimmed(header_.read_text()));
      group_was_read();
      add_piece(Piece::Kind::kBookmark, std::move(name));
      return true;
    }
    case Word::kNote:
      begin_note(false);
      return true;
    case Word::kCommentAuthor:
      comment_author_ = one_line(header_.read_text());
      group_was_read();
      return true;
    case Word::kComment:
      if (!settings_.comments) {
        left_out_.comments.add_unread();
        skip_group();
        return true;
      }
      begin_note(true);
      return true;
    case Word::kMathParagraph:
      is_math_displayed_ = true;
      return true;
    case Word::kMath: {
      std::string tex = read_math(lexer_, decoder_, header_.page_of(group().character.font));
      group_was_read();
      const bool displayed = std::exchange(is_math_displayed_, false);
      if (is_shown())
        add_piece(displayed ? Piece::Kind::kDisplay : Piece::Kind::kMath, std::move(tex));
      return true;
    }
    case Word::kHeader:
    case Word::kFooter:
      begin_margin(word);
      return true;
    case Word::kShape:
      description_.clear();
      return true;
    case Word::kShapeName:
      shape_property_ = trimmed(header_.read_text());
      group_was_read();
      return true;
    case Word::kShapeValue:
      read_shape_value();
      return true;
    case Word::kShapeText:
    case Word::kBoxText:
      if (!begin_story(Ends::kBox)) skip_group();
      return true;
    case Word::kObject:
      object_class_.clear();
      return true;
    case Word::kObjectClass:
      object_class_ = trimmed(header_.read_text());
      group_was_read();
      return true;
    case Word::kObjectData:
      read_object();
      return true;
    default:
      return false;
  }
}

// A story begins with the looks of its own, whatever stands around it.
bool Reader::begin_story(Ends ends) {
  if (stories_.size() >= kMaxStories || group().ends != Ends::kNothing || beyond_ > 0) return false;
  stories_.push_back(std::make_unique<Story>(nullptr, held_));
  group().ends = ends;
  group().paragraph = {};
  group().character = {};
  group().in_nested_row = false;
  set_font(default_font_);
  return true;
}

// Headers and footers of later sections are read as well, to tell what they say.
void Reader::begin_margin(Word word) {
  const bool is_written = settings_.headers_footers && in_first_section_;
  const Ends ends = word == Word::kHeader ? Ends::kHeader : Ends::kFooter;
  if (stories_.size() > 1 || !begin_story(is_written ? ends : Ends::kLeftOut)) {
    skip_group();
    return;
  }
  in_left_out_ = !is_written;
}

void Reader::begin_note(bool is_comment) {
  // The author's own mark stands before the note and again at its beginning.
  std::string mark;
  const Piece* const last = story().last_piece();
  if (!saw_note_mark_ && !is_comment && last != nullptr && last->kind == Piece::Kind::kText &&
      (last->styles & bit(Style::kSuperscript)) != 0) {
    mark = trimmed(last->text);
  }
  saw_note_mark_ = false;
  if (!is_shown() || in_left_out_ || notes_.size() >= kMaxNotes || !begin_story(Ends::kNote)) {
    skip_group();
    return;
  }
  if (!mark.empty() && mark.size() <= kMaxMark) stories_[stories_.size() - 2]->drop_last_piece();
  Note note;
  note.is_comment = is_comment;
  note.author = is_comment ? std::exchange(comment_author_, {}) : std::string();
  note.mark = mark.size() <= kMaxMark ? mark : std::string();
  group().note = static_cast<std::uint32_t>(notes_.size());
  notes_.push_back(std::move(note));
}

void Reader::read_instruction_group() {
  Instruction instruction =
      read_instruction(lexer_, decoder_, header_.page_of(group().character.font));
  group_was_read();
  if (!fields_.empty()) fields_.back().instruction += instruction.text;
  if (!instruction.form.empty()) show(instruction.form);
}

void Reader::begin_result() {
  if (fields_.empty() || group().ends != Ends::kNothing || beyond_ > 0) return;
  const docx::Field field = docx::parse_field(fields_.back().instruction);
  const auto style = header_.paragraph_styles.find(group().paragraph.style);
  const bool in_contents =
      style != header_.paragraph_styles.end() && style->second.role == docx::Role::kContents;
  switch (field.kind) {
    case docx::Field::Kind::kResult:
      break;
    case docx::Field::Kind::kSymbol:
      show(field.text);
      group().is_muted = true;
      break;
    case docx::Field::Kind::kPageReference:
      if (in_contents) {
        group().is_muted = true;
        break;
      }
      [[fallthrough]];
    case docx::Field::Kind::kReference:
    case docx::Field::Kind::kLink:
      if (!is_shown()) break;
      if (!field.url.empty()) {
        add_piece(Piece::Kind::kLink, field.url);
      } else {
        add_piece(Piece::Kind::kPlace, field.bookmark);
      }
      group().ends = Ends::kLink;
      break;
  }
}

void Reader::read_picture() {
  if (in_left_out_) return skip_group();
  std::optional<Picture> picture = pictures_.read(lexer_, header_);
  group_was_read();
  if (!picture) return;
  saw_picture_ = true;
  if (!is_shown()) return;
  Piece piece;
  piece.kind = Piece::Kind::kImage;
  piece.asset = picture->asset;
  piece.text = picture->description.empty() ? std::exchange(description_, {})
                                            : std::move(picture->description);
  story().add(std::move(piece));
}

// In digits, as [MS-OLEDS] 2.2.5 has it.
void Reader::read_object() {
  if (!objects_.is_taking() || !is_shown() || in_left_out_) {
    objects_.leave(object_class_);
    return skip_group();
  }
  const std::string bytes = read_bytes(lexer_, header_);
  group_was_read();
  auto file = file_in_ole1_object(bytes, object_class_);
  const auto taken = objects_.take(object_class_, std::move(file));
  if (!taken) return;
  Piece piece;
  piece.text = taken->name;
  if (taken->picture) {
    piece.kind = Piece::Kind::kImage;
    piece.asset = *taken->picture;
  } else if (taken->child) {
    piece.kind = Piece::Kind::kChild;
    piece.child = *taken->child;
  }
  story().add(std::move(piece));
}

// A shape's picture is in one of its properties; the text of others is for programs.
void Reader::read_shape_value() {
  if (shape_property_ == "pib") return;
  std::string value = header_.read_text();
  group_was_read();
  if (shape_property_ != "wzDescription") return;
  // A shape states its picture first.
  Piece* const last = story().last_piece();
  if (last != nullptr && last->kind == Piece::Kind::kImage && last->text.empty()) {
    last->text = one_line(value);
  } else {
    description_ = one_line(value);
  }
}

}  // namespace sluice::rtf
