// SPDX-License-Identifier: Apache-2.0
#include "docx/paragraph_writer.hpp"

#include <algorithm>
#include <sluice/blanks.hpp>
#include <sluice/list_marks.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "docx/elements.hpp"

namespace sluice::docx {
namespace {

constexpr std::uint64_t kBetweenChecks = 256;
constexpr std::size_t kMaxTitleBytes = 1000;  // longer ones are a paragraph in the wrong style
constexpr std::int32_t kIndentOfQuote = 360;
// In the place of a list's definition.
constexpr std::int32_t kContentsList = -2;
constexpr std::int32_t kTaskList = -3;

std::int32_t left_of(const ParagraphShape& shape) {
  return shape.indent.left == Indent::kUnset ? 0 : shape.indent.left;
}

// A dropped capital is a paragraph of its own that the next one goes on from (17.3.1.11).
bool is_drop_cap(XmlNode properties) {
  const std::string_view drop = properties.child("w:framePr").attribute("w:dropCap").value();
  return drop == "drop" || drop == "margin";
}

bool is_drawn_in_by_both_sides(const Indent& indent) {
  return indent.left != Indent::kUnset && indent.left >= kIndentOfQuote &&
         indent.right != Indent::kUnset && indent.right >= kIndentOfQuote;
}

// The bookmark whose page an entry of the contents shows: where the entry leads.
std::string page_bookmark(XmlNode paragraph) {
  std::string bookmark;
  walk_xml(
      paragraph,
      [&bookmark](XmlNode node) {
        if (element_of(node) != Element::kInstruction) return Walk::kInto;
        const Field field = parse_field(xml_text(node));
        if (field.kind != Field::Kind::kPageReference) return Walk::kOver;
        bookmark = field.bookmark;
        return Walk::kStop;
      },
      [](XmlNode) {});
  return bookmark;
}

Toggle beyond_default(Toggle style, Toggle usual) {
  return style == usual ? Toggle::kUnset : style;
}

}  // namespace

void ParagraphWriter::begin(XmlNode paragraph) {
  if (paragraphs_++ % kBetweenChecks == 0) context_.document.job.check_cancelled();
  const ParagraphShape shape =
      shape_of(paragraph, context_.document.styles, context_.document.numbering);
  role_ = shape.role;
  runs_.set_paragraph_look(look_of(shape, context_.document.styles));
  if (std::exchange(joined_, false)) return;
  // All of it is deleted: the next paragraph is none of its kind.
  if (joins_next(shape.properties, context_.document.settings.changes) &&
      !first_content(paragraph, context_.document.settings.changes).found) {
    runs_.set_muted(true);
    is_gone_ = true;
    return;
  }
  pages_.page_begins_with(paragraph);
  begin_block(paragraph, shape);
}

void ParagraphWriter::begin_block(XmlNode paragraph, const ParagraphShape& shape) {
  if (shape.numbering.number <= 0) empty_item_.reset();
  switch (shape.role) {
    case Role::kTitle:
    case Role::kHeading:
    case Role::kContentsHeading:
      begin_heading(paragraph, shape);
      return;
    case Role::kContents:
      begin_contents(paragraph, shape);
      return;
    default:
      break;
  }
  if (shape.numbering.number > 0) {
    begin_item(paragraph, shape);
  } else if (shape.role == Role::kListContinued && context_.flow().is_in_list()) {
    context_.flow().begin_continuation();
  } else {
    begin_prose(paragraph, shape);
  }
}

void ParagraphWriter::begin_heading(XmlNode paragraph, const ParagraphShape& shape) {
  std::optional<Label> number;
  if (shape.numbering.number > 0) {
    number = context_.document.numbering.count(shape.numbering.number, shape.numbering.level);
  }
  if (!first_content(paragraph, context_.document.settings.changes).found) {
    begin_room(shape);
    return;
  }
  if (shape.role == Role::kTitle && context_.document.title.empty()) {
    context_.document.title =
        one_line(plain_text(paragraph, context_.document.settings.changes), kMaxTitleBytes);
  }
  context_.flow().close();
  pages_.write_marker();
  context_.flow().begin_heading(std::max(1, shape.level));
  if (number && number->kind != LabelKind::kBullet && !number->text.empty())
    runs_.label(number->text);
}

void ParagraphWriter::begin_contents(XmlNode paragraph, const ParagraphShape& shape) {
  if (!first_content(paragraph, context_.document.settings.changes).found) {
    context_.flow().begin_continuation();
    return;
  }
  Label bullet;
  bullet.definition = kContentsList;
  bullet.left = shape.level * 200;
  context_.flow().begin_item(bullet, std::max(0, shape.level - 1), Task::kNone);
  contents_link_ = links_.begin({}, page_bookmark(paragraph), {});
}

void ParagraphWriter::begin_item(XmlNode paragraph, const ParagraphShape& shape) {
  const std::optional<EmptyItem> empty = std::exchange(empty_item_, std::nullopt);
  const auto counted =
      context_.document.numbering.count(shape.numbering.number, shape.numbering.level);
  if (!counted) {
    begin_prose(paragraph, shape);
    return;
  }
  const std::int32_t level = shape.numbering.level;
  const FirstContent first = first_content(paragraph, context_.document.settings.changes);
  if (!first.found) {
    // Word shows the number of an empty item; it is missed only if there is a list in it.
    empty_item_ = {*counted, level};
    context_.flow().begin_continuation(level);
    return;
  }
  if (empty && empty->level < level && counted->kind != LabelKind::kNone) {
    context_.flow().begin_item(empty->label, empty->level, Task::kNone);
    context_.flow().end();
  }
  if (counted->kind == LabelKind::kNone) {
    continue_item(paragraph, shape);
    return;
  }
  Label shown = *counted;
  if (shape.properties.child("w:ind")) shown.left = std::max(1, left_of(shape));
  const Task task = task_of(first, shown);
  if (shape.role == Role::kQuote) {
    context_.flow().begin_quoted_item(shown, level, task);
  } else {
    context_.flow().begin_item(shown, level, task);
  }
  if (shown.kind == LabelKind::kLiteral) runs_.label(shown.text);
}

// The task that an item is: its bullet is a box, or its text begins with one.
Task ParagraphWriter::task_of(const FirstContent& first, Label& shown) {
  if (shown.kind != LabelKind::kBullet) return Task::kNone;
  const TaskBox bullet = task_box_of(shown.text);
  if (bullet.task != Task::kNone && bullet.size == shown.text.size()) {
    // Open and done ones are one list, whatever lists Word has for them.
    shown.definition = kTaskList;
    return bullet.task;
  }
  const TaskBox box = task_box_of(first.text);
  runs_.skip(box.size);
  return box.task;
}

// A paragraph that is counted and has no label belongs to the item before.
void ParagraphWriter::continue_item(XmlNode paragraph, const ParagraphShape& shape) {
  if (is_code(paragraph, shape)) {
    context_.flow().begin_continued_code(shape.numbering.level);
  } else if (shape.role == Role::kQuote) {
    context_.flow().begin_continued_quote(shape.numbering.level);
  } else {
    context_.flow().begin_continuation(shape.numbering.level);
  }
}

void ParagraphWriter::begin_prose(XmlNode paragraph, const ParagraphShape& shape) {
  if (is_code(paragraph, shape)) {
    context_.flow().begin_code(left_of(shape));
  } else if (shape.role == Role::kQuote ||
             (is_drawn_in_by_both_sides(shape.indent) && shape.role == Role::kNone &&
              !context_.flow().is_in_list())) {
    context_.flow().begin_quote();
  } else if (!first_content(paragraph, context_.document.settings.changes).found) {
    begin_room(shape);
  } else {
    context_.flow().begin_plain(left_of(shape));
    if (!context_.flow().is_in_list()) pages_.write_marker();
  }
}

// Room between blocks: it is no paragraph, and ends no list that goes on behind it. With a line
// below, it is a rule.
void ParagraphWriter::begin_room(const ParagraphShape& shape) {
  runs_.set_muted(true);
  if (is_on(shape.properties.child("w:pBdr").child("w:bottom")) || shape.role == Role::kRule) {
    drawings_.add_rule();
  }
  context_.flow().begin_continuation();
}

bool ParagraphWriter::is_code(XmlNode paragraph, const ParagraphShape& shape) const {
  if (shape.role == Role::kCode) return true;
  if (shape.role != Role::kNone || context_.document.styles.is_typewritten()) return false;
  if (is_on(shape.style->look.monospaced)) return true;
  if (!paragraph.child("w:r")) {  // an empty line within code
    return context_.flow().has_code() &&
           is_on(read_look(shape.properties.child("w:rPr")).monospaced) &&
           !first_content(paragraph, context_.document.settings.changes).found;
  }
  const XmlNode first = paragraph.child("w:r").child("w:rPr");
  const bool may_be = first.child("w:rFonts") || first.child("w:rStyle");
  return may_be && is_all_monospaced(paragraph, context_.document.styles);
}

// A heading or a quote looks as it does because it is one; and what all text of a document has is
// no emphasis.
RunLook look_of(const ParagraphShape& shape, const Styles& styles) {
  RunLook look;
  const RunLook& style = shape.style->look;
  const RunLook& usual = styles.default_paragraph().look;
  constexpr int kUsualSize = 20;  // where the document states none
  const int size = styles.defaults().size;
  look.size = style.size > 0 ? style.size : size > 0 ? size : kUsualSize;
  look.hidden = style.hidden;
  look.symbols = style.symbols;
  look.language = style.language;
  look.east_asian_language = style.east_asian_language;
  if (shape.role != Role::kNone && shape.role != Role::kListContinued) return look;
  look.bold = beyond_default(style.bold, usual.bold);
  look.italic = beyond_default(style.italic, usual.italic);
  look.strike = beyond_default(style.strike, usual.strike);
  return look;
}

bool ParagraphWriter::end(XmlNode paragraph) {
  links_.end_unfinished_fields();
  runs_.skip(0);
  runs_.set_muted(false);
  if (std::exchange(contents_link_, false)) context_.out.end_link();
  if (std::exchange(is_gone_, false)) return false;
  const XmlNode properties = paragraph.child("w:pPr");
  if (joins_next(properties, context_.document.settings.changes) || is_drop_cap(properties)) {
    joined_ = true;
    return false;
  }
  end_block();
  role_ = Role::kNone;
  return true;
}

void ParagraphWriter::end_block() {
  const bool is_heading = context_.flow().is_heading();
  context_.flow().end();
  context_.document.bookmark_names.end_paragraph(is_heading ? context_.out.heading_text()
                                                            : std::string_view());
}

bool ParagraphWriter::end_joined() {
  if (!std::exchange(joined_, false)) return false;
  end_block();
  return true;
}

}  // namespace sluice::docx
