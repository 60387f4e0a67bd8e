// SPDX-License-Identifier: Apache-2.0
//
// Paragraphs: which block each is, what follows it, and where pages end.
#include <algorithm>
#include <sluice/blanks.hpp>
#include <sluice/chart.hpp>
#include <sluice/list_marks.hpp>
#include <utility>

#include "story.hpp"

namespace sluice::docx {
namespace {

constexpr std::uint64_t kBetweenChecks = 256;
constexpr int kDeepestBox = 8;
constexpr std::size_t kMaxTitleBytes = 1000;  // longer ones are a paragraph in the wrong style
constexpr std::int32_t kIndentOfQuote = 360;
// In the place of a list's definition.
constexpr std::int32_t kContentsList = -2;
constexpr std::int32_t kTaskList = -3;

std::int32_t left_of(const ParagraphShape& shape) {
  return shape.indent.left == Indent::kUnset ? 0 : shape.indent.left;
}

// A dropped capital is a paragraph of its own that the next one goes on from (17.3.1.11).
bool is_drop_cap(pugi::xml_node properties) {
  const std::string_view drop = properties.child("w:framePr").attribute("w:dropCap").value();
  return drop == "drop" || drop == "margin";
}

bool is_drawn_in_by_both_sides(const Indent& indent) {
  return indent.left != Indent::kUnset && indent.left >= kIndentOfQuote &&
         indent.right != Indent::kUnset && indent.right >= kIndentOfQuote;
}

// The bookmark whose page an entry of the contents shows: where the entry leads.
std::string page_bookmark(pugi::xml_node paragraph) {
  std::string bookmark;
  walk_xml(
      paragraph,
      [&bookmark](pugi::xml_node node) {
        if (element_of(node) != Element::kInstruction) return Walk::kInto;
        const Field field = parse_field(xml_text(node));
        if (field.kind != Field::Kind::kPageReference) return Walk::kOver;
        bookmark = field.bookmark;
        return Walk::kStop;
      },
      [](pugi::xml_node) {});
  return bookmark;
}

Toggle beyond_default(Toggle style, Toggle usual) {
  return style == usual ? Toggle::kUnset : style;
}

}  // namespace

void Story::begin_paragraph(pugi::xml_node paragraph) {
  if (paragraphs_++ % kBetweenChecks == 0) document_.job.check_cancelled();
  const ParagraphShape shape = shape_of(paragraph, document_.styles, document_.numbering);
  role_ = shape.role;
  paragraph_look_ = look_of(shape);
  if (std::exchange(joined_, false)) return;
  // All of it is deleted: the next paragraph is none of its kind.
  if (joins_next(shape.properties, document_.settings.changes) &&
      !first_content(paragraph, document_.settings.changes).found) {
    is_room_ = true;
    is_gone_ = true;
    return;
  }
  page_begins_with(paragraph);
  begin_block(paragraph, shape);
}

void Story::begin_block(pugi::xml_node paragraph, const ParagraphShape& shape) {
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
  } else if (shape.role == Role::kListContinued && flow().is_in_list()) {
    flow().begin_continuation();
  } else {
    begin_prose(paragraph, shape);
  }
}

void Story::begin_heading(pugi::xml_node paragraph, const ParagraphShape& shape) {
  std::optional<Label> number;
  if (shape.numbering.number > 0) {
    number = document_.numbering.count(shape.numbering.number, shape.numbering.level);
  }
  if (!first_content(paragraph, document_.settings.changes).found) {
    begin_room(shape);
    return;
  }
  if (shape.role == Role::kTitle && document_.title.empty()) {
    document_.title = one_line(plain_text(paragraph, document_.settings.changes), kMaxTitleBytes);
  }
  flow().close();
  write_page_marker();
  flow().begin_heading(std::max(1, shape.level));
  if (number && number->kind != LabelKind::kBullet && !number->text.empty()) label(number->text);
}

void Story::begin_contents(pugi::xml_node paragraph, const ParagraphShape& shape) {
  if (!first_content(paragraph, document_.settings.changes).found) {
    flow().begin_continuation();
    return;
  }
  Label bullet;
  bullet.definition = kContentsList;
  bullet.left = shape.level * 200;
  flow().begin_item(bullet, std::max(0, shape.level - 1), Task::kNone);
  contents_link_ = begin_link({}, page_bookmark(paragraph), {});
}

void Story::begin_item(pugi::xml_node paragraph, const ParagraphShape& shape) {
  const std::optional<EmptyItem> empty = std::exchange(empty_item_, std::nullopt);
  const auto counted = document_.numbering.count(shape.numbering.number, shape.numbering.level);
  if (!counted) {
    begin_prose(paragraph, shape);
    return;
  }
  const std::int32_t level = shape.numbering.level;
  const FirstContent first = first_content(paragraph, document_.settings.changes);
  if (!first.found) {
    // Word shows the number of an empty item; it is missed only if there is a list in it.
    empty_item_ = {*counted, level};
    flow().begin_continuation(level);
    return;
  }
  if (empty && empty->level < level && counted->kind != LabelKind::kNone) {
    flow().begin_item(empty->label, empty->level, Task::kNone);
    flow().end();
  }
  if (counted->kind == LabelKind::kNone) {
    continue_item(paragraph, shape);
    return;
  }
  Label shown = *counted;
  if (shape.properties.child("w:ind")) shown.left = std::max(1, left_of(shape));
  Task task = Task::kNone;
  if (shown.kind == LabelKind::kBullet) {
    const TaskBox bullet = task_box_of(shown.text);
    const TaskBox begins_with = task_box_of(first.text);
    if (bullet.task != Task::kNone && bullet.size == shown.text.size()) {
      task = bullet.task;
      // Open and done ones are one list, whatever lists Word has for them.
      shown.definition = kTaskList;
    } else if (begins_with.task != Task::kNone) {
      task = begins_with.task;
      skip_bytes_ = begins_with.size;
    }
  }
  if (shape.role == Role::kQuote) {
    flow().begin_quoted_item(shown, level, task);
  } else {
    flow().begin_item(shown, level, task);
  }
  if (shown.kind == LabelKind::kLiteral) label(shown.text);
}

// A paragraph that is counted and has no label belongs to the item before.
void Story::continue_item(pugi::xml_node paragraph, const ParagraphShape& shape) {
  if (is_code(paragraph, shape)) {
    flow().begin_continued_code(shape.numbering.level);
  } else if (shape.role == Role::kQuote) {
    flow().begin_continued_quote(shape.numbering.level);
  } else {
    flow().begin_continuation(shape.numbering.level);
  }
}

void Story::begin_prose(pugi::xml_node paragraph, const ParagraphShape& shape) {
  if (is_code(paragraph, shape)) {
    flow().begin_code(left_of(shape));
  } else if (shape.role == Role::kQuote || (is_drawn_in_by_both_sides(shape.indent) &&
                                            shape.role == Role::kNone && !flow().is_in_list())) {
    flow().begin_quote();
  } else if (!first_content(paragraph, document_.settings.changes).found) {
    begin_room(shape);
  } else {
    flow().begin_plain(left_of(shape));
    if (!flow().is_in_list()) write_page_marker();
  }
}

// Room between blocks: it is no paragraph, and ends no list that goes on behind it. With a line
// below, it is a rule.
void Story::begin_room(const ParagraphShape& shape) {
  is_room_ = true;
  rule_ = rule_ || is_on(shape.properties.child("w:pBdr").child("w:bottom")) ||
          shape.role == Role::kRule;
  flow().begin_continuation();
}

bool Story::is_code(pugi::xml_node paragraph, const ParagraphShape& shape) const {
  if (shape.role == Role::kCode) return true;
  if (shape.role != Role::kNone || document_.styles.is_typewritten()) return false;
  if (is_on(shape.style->look.monospaced)) return true;
  if (!paragraph.child("w:r")) {  // an empty line within code
    return flows_.back().has_code() &&
           is_on(read_look(shape.properties.child("w:rPr")).monospaced) &&
           !first_content(paragraph, document_.settings.changes).found;
  }
  const pugi::xml_node first = paragraph.child("w:r").child("w:rPr");
  const bool may_be = first.child("w:rFonts") || first.child("w:rStyle");
  return may_be && is_all_monospaced(paragraph, document_.styles);
}

// What the paragraph's style adds to the look of its text. A heading or a quote looks as it does
// because it is one; and what all text of a document has is no emphasis.
RunLook Story::look_of(const ParagraphShape& shape) const {
  RunLook look;
  const RunLook& style = shape.style->look;
  const RunLook& usual = document_.styles.default_paragraph().look;
  constexpr int kUsualSize = 20;  // where the document states none
  const int size = document_.styles.defaults().size;
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

void Story::end_paragraph(pugi::xml_node paragraph) {
  for (std::size_t ended = fields_.end_unfinished(); ended > 0; --ended) {
    document_.job.warn("broken-field", "a field's instruction has no end");
  }
  skip_bytes_ = 0;
  is_room_ = false;
  if (std::exchange(contents_link_, false)) out_.end_link();
  if (std::exchange(is_gone_, false)) return;
  const pugi::xml_node properties = paragraph.child("w:pPr");
  if (joins_next(properties, document_.settings.changes) || is_drop_cap(properties)) {
    joined_ = true;
    return;
  }
  flow().end();
  role_ = Role::kNone;
  write_deferred();
}

void Story::end_joined() {
  if (!joined_) return;
  joined_ = false;
  flow().end();
  write_deferred();
}

// What is drawn beside a paragraph follows it.
void Story::write_deferred() {
  if (rule_) {
    flow().close();
    out_.thematic_break();
    rule_ = false;
  }
  for (const std::string& relationship : std::exchange(diagrams_, {})) {
    write_diagram(relationship);
  }
  for (const std::string& relationship : std::exchange(charts_, {})) write_chart_of(relationship);
  if (boxes_.empty()) return;
  const std::vector<pugi::xml_node> boxes = std::exchange(boxes_, {});
  if (box_depth_ >= kDeepestBox) {
    document_.left_something_out = true;
    document_.job.warn("deep-text-box", "text boxes nested more than 8 deep were left out");
    return;
  }
  const std::vector<Run> outside = std::exchange(runs_, {});
  ++box_depth_;
  for (const pugi::xml_node box : boxes) {
    walk(box);
    end_joined();
  }
  --box_depth_;
  runs_ = outside;
}

// A diagram's texts, as a list: their order is that of its data (21.4.3.5).
void Story::write_diagram(const std::string& relationship) {
  const OpcRelationship* data = relationships_.find(relationship);
  if (data == nullptr) return;
  const XmlPart part = document_.package.readable_xml(data->target);
  flow().close();
  bool begun = false;
  for (const pugi::xml_node point : part.root().child("dgm:ptLst").children("dgm:pt")) {
    const std::string_view type = point.attribute("type").value();
    if (!type.empty() && type != "node") continue;
    const std::string words = xml_text(point.child("dgm:t"));
    if (is_blank(words)) continue;
    if (!begun) out_.begin_list();
    begun = true;
    out_.begin_item();
    out_.text(words);
    out_.end_item();
  }
  if (begun) out_.end_list();
}

// A chart's numbers, as the chart itself keeps them.
void Story::write_chart_of(const std::string& relationship) {
  const OpcRelationship* chart = relationships_.find(relationship);
  if (chart == nullptr) return;
  const XmlPart part = document_.package.readable_xml(chart->target);
  flow().close();
  write_chart(out_, read_chart(part.root()));
}

// --- pages ---

void Story::page_ends(pugi::xml_node at) {
  const bool counts =
      document_.has_rendered_breaks == (element_of(at) == Element::kRenderedPageBreak);
  if (!counts || at == counted_break_) return;
  ++page_;
  page_due_ = true;
}

// A page that ends before the first word of a paragraph has its marker before the paragraph.
void Story::page_begins_with(pugi::xml_node paragraph) {
  const pugi::xml_node breaks_before = paragraph.child("w:pPr").child("w:pageBreakBefore");
  if (!document_.has_rendered_breaks && is_on(breaks_before)) page_ends(breaks_before);
  for (const pugi::xml_node node : paragraph.child("w:r").children()) {
    const Element element = element_of(node);
    if (element == Element::kIgnored) continue;
    if (element == Element::kRenderedPageBreak) {
      page_ends(node);
      counted_break_ = node;
    }
    break;
  }
}

void Story::write_page_marker() {
  if (!page_due_ || pages_ == Pages::kIgnored || !tables_.empty() || box_depth_ > 0) return;
  page_due_ = false;
  if (document_.settings.page_markers) out_.comment("page " + std::to_string(page_));
}

}  // namespace sluice::docx
