// SPDX-License-Identifier: Apache-2.0
#include "docx/story.hpp"

#include <sluice/ascii.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "docx/embedded.hpp"

namespace sluice::docx {
namespace {

// No document of people has more boxes within boxes; a hostile one could have any number.
constexpr int kMaxBoxDepth = 8;

}  // namespace

Story::Story(Document& document, const OpcRelationships& relationships, MarkdownWriter& out,
             Pages pages, Purpose purpose)
    : context_(document, relationships, out, purpose),
      runs_(context_, fields_),
      links_(context_, runs_, fields_),
      drawings_(context_, runs_),
      pages_(context_, pages),
      paragraphs_(context_, runs_, links_, drawings_, pages_),
      tables_(out, document.settings) {}

void Story::write(XmlNode top) {
  walk(top);
  end_joined();
  links_.end_fields();
  context_.flow().close();
}

void Story::write_note(const Note& note) {
  const FirstContent first =
      first_content(note.node.child("w:p"), context_.document.settings.changes);
  if (!note.mark.empty() && first.text.starts_with(note.mark)) {
    // A mark of digits is not the beginning of a number.
    const std::string_view rest = first.text.substr(note.mark.size());
    if (rest.empty() || rest.front() <= ' ' || !is_ascii_alphanumeric(note.mark.back())) {
      runs_.skip(note.mark.size());
    }
  }
  write(note.node);
}

std::string_view Story::rehearse_heading(XmlNode paragraph, const ParagraphShape& shape,
                                         std::string_view number) {
  runs_.set_paragraph_look(look_of(shape, context_.document.styles));
  context_.flow().begin_heading(1);
  if (!number.empty()) runs_.label(number);
  walk(paragraph);
  links_.end_fields();
  context_.flow().end();
  return context_.out.heading_text();
}

void Story::walk(XmlNode top) {
  walk_xml(
      top, [this](XmlNode node) { return enter(node); }, [this](XmlNode node) { leave(node); });
}

Walk Story::enter(XmlNode node) {
  const Element element = element_of(node);
  switch (element) {
    case Element::kParagraph:
      paragraphs_.begin(node);
      return Walk::kInto;
    case Element::kRun:
      runs_.begin(node, links_.here());
      return Walk::kInto;
    case Element::kHyperlink:
      links_.begin_hyperlink(node);
      return Walk::kInto;
    case Element::kSimpleField:
      links_.begin_field(node);
      fields_.add_instruction(node.attribute("w:instr").value());
      links_.begin_result(paragraphs_.role());
      return Walk::kInto;
    case Element::kInserted:
    case Element::kMovedTo:
    case Element::kDeleted:
    case Element::kMovedFrom:
      return enter_change(element);
    case Element::kTable:
    case Element::kRow:
    case Element::kCell:
      return enter_table(node, element);
    case Element::kChoice:
    case Element::kFallback:
      return node == chosen_branch(node.parent()) ? Walk::kInto : Walk::kOver;
    case Element::kOther:
    case Element::kStructuredTag:
    case Element::kAlternateContent:
    case Element::kRubyBase:
      return Walk::kInto;
    default:
      enter_inline(node, element);
      return Walk::kOver;
  }
}

Walk Story::enter_change(Element element) {
  const Changes changes = context_.document.settings.changes;
  const bool inserted = element == Element::kInserted || element == Element::kMovedTo;
  if (inserted ? !shows_inserted(changes) : !shows_deleted(changes)) return Walk::kOver;
  runs_.begin_change(inserted ? Style::kUnderline : Style::kStrike);
  return Walk::kInto;
}

Walk Story::enter_table(XmlNode node, Element element) {
  if (element == Element::kTable) return begin_table(node);
  if (element == Element::kRow) return tables_.begin_row(node);
  const bool in_table = !tables_.is_empty();
  const Walk way = tables_.begin_cell(node);
  if (in_table && way == Walk::kInto) {
    context_.flows.emplace_back(context_.out, tables_.divide());
  }
  return way;
}

// What has nothing below it that the walk needs to see.
void Story::enter_inline(XmlNode node, Element element) {
  switch (element) {
    case Element::kRunText:
    case Element::kDeletedText:
      runs_.text_of(node);
      break;
    case Element::kTab:
      runs_.text("\t");
      break;
    case Element::kBreak:
    case Element::kCarriageReturn:
      if (std::string_view(node.attribute("w:type").value()) == "page") pages_.page_ends(node);
      runs_.line_break();
      break;
    case Element::kNonBreakingHyphen:
      runs_.text("\u2011");
      break;
    case Element::kSymbol:
      runs_.symbol(node);
      break;
    case Element::kRenderedPageBreak:
      pages_.page_ends(node);
      break;
    case Element::kFootnoteReference:
      runs_.note(NoteKind::kFootnote, node);
      break;
    case Element::kEndnoteReference:
      runs_.note(NoteKind::kEndnote, node);
      break;
    case Element::kBookmark:
      if (!context_.is_rehearsal)
        context_.document.bookmark_names.add(node.attribute("w:name").value());
      break;
    case Element::kCommentReference:
      if (context_.document.settings.comments) {
        runs_.note(NoteKind::kComment, node);
      } else if (!context_.is_rehearsal) {
        context_.document.left_out.comments.add_unread();
      }
      break;
    case Element::kDrawing:
    case Element::kPicture:
    case Element::kObject:
      drawings_.drawing(node);
      break;
    case Element::kSubdocument:
      links_.subdocument(node);
      break;
    case Element::kFieldCharacter:
      links_.field_character(node, paragraphs_.role());
      break;
    case Element::kInstruction:
      fields_.add_instruction(xml_text(node));
      break;
    case Element::kMath:
    case Element::kMathParagraph:
      runs_.math(node);
      break;
    case Element::kAlternateChunk:
      end_joined();
      context_.flow().close();
      write_embedded(context_, node);
      break;
    default:
      break;
  }
}

void Story::leave(XmlNode node) {
  const Element element = element_of(node);
  switch (element) {
    case Element::kParagraph:
      end_paragraph(node);
      break;
    case Element::kRun:
      runs_.end();
      break;
    case Element::kHyperlink:
      links_.end_hyperlink();
      break;
    case Element::kSimpleField:
      links_.end_field();
      break;
    case Element::kInserted:
    case Element::kMovedTo:
      runs_.end_change(Style::kUnderline);
      break;
    case Element::kDeleted:
    case Element::kMovedFrom:
      runs_.end_change(Style::kStrike);
      break;
    case Element::kRubyBase:
      if (const std::string reading =
              plain_text(node.parent().child("w:rt"), context_.document.settings.changes);
          !reading.empty()) {
        runs_.text("(" + reading + ")");
      }
      break;
    default:
      leave_table(element);
      break;
  }
}

void Story::leave_table(Element element) {
  if (tables_.is_empty()) return;
  if (element == Element::kCell) end_cell();
  if (element == Element::kRow) tables_.end_row();
  if (element != Element::kTable) return;
  tables_.end();
  pages_.leave();
}

void Story::end_paragraph(XmlNode paragraph) {
  if (paragraphs_.end(paragraph)) write_deferred();
}

void Story::end_joined() {
  if (paragraphs_.end_joined()) write_deferred();
}

// What is drawn beside a paragraph follows it.
void Story::write_deferred() {
  drawings_.write_deferred();
  const std::vector<XmlNode> boxes = drawings_.release_boxes();
  if (boxes.empty()) return;
  if (box_depth_ >= kMaxBoxDepth) {
    context_.document.left_something_out = true;
    context_.document.job.warn("deep-text-box", "text boxes nested more than 8 deep were left out");
    return;
  }
  auto outside = runs_.suspend();
  ++box_depth_;
  pages_.enter();
  for (const XmlNode box : boxes) {
    walk(box);
    end_joined();
  }
  pages_.leave();
  --box_depth_;
  runs_.resume(std::move(outside));
}

Walk Story::begin_table(XmlNode table) {
  end_joined();
  const Document& document = context_.document;
  Grid grid = read_grid(table, document.settings.changes, document.styles, document.numbering);
  if (grid.rows.empty()) return Walk::kOver;
  context_.flow().close();
  // A page that begins with the table has its marker before it.
  if (!grid.rows[0].cells.empty()) {
    if (const XmlNode first = grid.rows[0].cells[0].node.child("w:p")) {
      pages_.page_begins_with(first);
    }
  }
  pages_.write_marker();
  pages_.enter();
  tables_.begin(std::move(grid));
  return Walk::kInto;
}

void Story::end_cell() {
  if (context_.flows.size() < 2) return;
  end_joined();
  context_.flow().close();
  context_.flows.pop_back();
  tables_.end_cell();
}

}  // namespace sluice::docx
