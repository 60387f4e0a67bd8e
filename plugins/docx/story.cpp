// SPDX-License-Identifier: Apache-2.0
//
// The walk, and what stands within paragraphs.
#include "story.hpp"

#include <algorithm>
#include <cstdlib>
#include <sluice/ascii.hpp>
#include <sluice/omml.hpp>
#include <sluice/symbol_font.hpp>
#include <sluice/url.hpp>
#include <sluice/utf8.hpp>

namespace sluice::docx {
Story::Story(Document& document, const OpcRelationships& relationships, MarkdownWriter& out,
             Pages pages)
    : document_(document), relationships_(relationships), out_(out), pages_(pages) {
  flows_.emplace_back(out);
}

void Story::write(pugi::xml_node top) {
  walk(top);
  end_joined();
  while (!fields_.is_empty()) end_field();
  flow().close();
}

void Story::write_note(const Note& note) {
  const FirstContent first = first_content(note.node.child("w:p"), document_.settings.changes);
  if (!note.mark.empty() && first.text.starts_with(note.mark)) {
    // A mark of digits is not the beginning of a number.
    const std::string_view rest = first.text.substr(note.mark.size());
    if (rest.empty() || rest.front() <= ' ' || !is_ascii_alphanumeric(note.mark.back())) {
      skip_bytes_ = note.mark.size();
    }
  }
  write(note.node);
}

void Story::walk(pugi::xml_node top) {
  walk_xml(
      top, [this](pugi::xml_node node) { return enter(node); },
      [this](pugi::xml_node node) { leave(node); });
}

Walk Story::enter(pugi::xml_node node) {
  const Element element = element_of(node);
  const Changes changes = document_.settings.changes;
  switch (element) {
    case Element::kParagraph:
      begin_paragraph(node);
      return Walk::kInto;
    case Element::kRun:
      begin_run(node);
      return Walk::kInto;
    case Element::kHyperlink:
      begin_hyperlink(node);
      return Walk::kInto;
    case Element::kSimpleField:
      begin_field(node);
      fields_.add_instruction(node.attribute("w:instr").value());
      begin_result();
      return Walk::kInto;
    case Element::kInserted:
    case Element::kMovedTo:
      if (!shows_inserted(changes)) return Walk::kOver;
      begin_change(Style::kUnderline);
      return Walk::kInto;
    case Element::kDeleted:
    case Element::kMovedFrom:
      if (!shows_deleted(changes)) return Walk::kOver;
      begin_change(Style::kStrike);
      return Walk::kInto;
    case Element::kTable:
      return begin_table(node);
    case Element::kRow:
      return begin_row(node);
    case Element::kCell:
      return begin_cell(node);
    case Element::kChoice:
    case Element::kFallback:
      return node == chosen_branch(node.parent()) ? Walk::kInto : Walk::kOver;
    case Element::kOther:
    case Element::kStructuredTag:
    case Element::kAlternateContent:
    case Element::kRubyBase:
      return Walk::kInto;
    default:
      return enter_inline(node, element);
  }
}

// What has nothing below it that the walk needs to see.
Walk Story::enter_inline(pugi::xml_node node, Element element) {
  switch (element) {
    case Element::kRunText:
    case Element::kDeletedText:
      text_of(node);
      break;
    case Element::kTab:
      text("\t");
      break;
    case Element::kBreak:
    case Element::kCarriageReturn:
      line_break(node);
      break;
    case Element::kNonBreakingHyphen:
      text("\u2011");
      break;
    case Element::kSymbol:
      symbol(node);
      break;
    case Element::kRenderedPageBreak:
      page_ends(node);
      break;
    case Element::kFootnoteReference:
      note(NoteKind::kFootnote, node);
      break;
    case Element::kEndnoteReference:
      note(NoteKind::kEndnote, node);
      break;
    case Element::kCommentReference:
      if (document_.settings.comments) note(NoteKind::kComment, node);
      break;
    case Element::kDrawing:
    case Element::kPicture:
    case Element::kObject:
      drawing(node);
      break;
    case Element::kFieldCharacter:
      field_character(node);
      break;
    case Element::kInstruction:
      fields_.add_instruction(xml_text(node));
      break;
    case Element::kMath:
    case Element::kMathParagraph:
      math(node);
      break;
    case Element::kAlternateChunk:
      document_.left_something_out = true;
      document_.job.warn("embedded-document", "a document that is embedded in it was left out");
      break;
    default:
      break;
  }
  return Walk::kOver;
}

void Story::leave(pugi::xml_node node) {
  switch (element_of(node)) {
    case Element::kParagraph:
      end_paragraph(node);
      break;
    case Element::kRun:
      end_run();
      break;
    case Element::kHyperlink:
      end_hyperlink();
      break;
    case Element::kSimpleField:
      end_field();
      break;
    case Element::kInserted:
    case Element::kMovedTo:
      end_change(Style::kUnderline);
      break;
    case Element::kDeleted:
    case Element::kMovedFrom:
      end_change(Style::kStrike);
      break;
    case Element::kRubyBase:
      if (const std::string reading =
              plain_text(node.parent().child("w:rt"), document_.settings.changes);
          !reading.empty()) {
        text("(" + reading + ")");
      }
      break;
    case Element::kTable:
      end_table();
      break;
    case Element::kRow:
      end_row();
      break;
    case Element::kCell:
      end_cell();
      break;
    default:
      break;
  }
}

namespace {

constexpr std::uint8_t bit(Style style) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(style));
}

constexpr Style kRunStyles[] = {Style::kStrong,    Style::kEmphasis,    Style::kStrike,
                                Style::kSubscript, Style::kSuperscript, Style::kUnderline,
                                Style::kHighlight};

std::uint8_t styles_of(const RunLook& look) {
  unsigned styles = 0;
  if (is_on(look.bold)) styles |= bit(Style::kStrong);
  if (is_on(look.italic)) styles |= bit(Style::kEmphasis);
  if (is_on(look.strike)) styles |= bit(Style::kStrike);
  if (look.vertical == VerticalAlign::kSubscript) styles |= bit(Style::kSubscript);
  if (look.vertical == VerticalAlign::kSuperscript) styles |= bit(Style::kSuperscript);
  if (is_on(look.underline)) styles |= bit(Style::kUnderline);
  if (is_on(look.highlight)) styles |= bit(Style::kHighlight);
  return static_cast<std::uint8_t>(styles);
}

}  // namespace

void Story::begin_run(pugi::xml_node run) {
  const pugi::xml_node properties = run.child("w:rPr");
  Run open;
  RunLook look = paragraph_look_;
  if (properties) {
    const RunLook& style = document_.styles.character(value_of(properties.child("w:rStyle")));
    look = combine(paragraph_look_, style, read_look(properties));
    // Raised and smaller than the text around it: so some writers say superscript.
    if (look.vertical == VerticalAlign::kUnset && look.raise != 0 &&
        look.size < paragraph_look_.size) {
      look.vertical = look.raise > 0 ? VerticalAlign::kSuperscript : VerticalAlign::kSubscript;
    }
  }
  open.hidden = is_on(look.hidden) && !document_.settings.hidden_text;
  open.code = is_on(look.monospaced) && !document_.styles.is_typewritten();
  open.symbols = look.symbols.value_or(SymbolFont::kNone);
  const RunLook& defaults = document_.styles.defaults();
  open.language = look.language.empty() ? defaults.language : look.language;
  open.east_asian_language =
      look.east_asian_language.empty() ? defaults.east_asian_language : look.east_asian_language;
  open.styles = styles_of(look);
  // Headings are bold as they are, links underlined, and code has no emphasis worth the markers.
  if (flow().is_heading()) open.styles &= static_cast<std::uint8_t>(~bit(Style::kStrong));
  const bool in_link = !links_.empty() || !fields_.is_empty();
  if (in_link) open.styles &= static_cast<std::uint8_t>(~bit(Style::kUnderline));
  if (flow().is_code()) open.styles = 0;
  for (const Style style : kRunStyles) {
    if ((open.styles & bit(style)) != 0) out_.begin_style(style);
  }
  runs_.push_back(open);
}

void Story::end_run() {
  if (runs_.empty()) return;
  for (const Style style : kRunStyles) {
    if ((runs_.back().styles & bit(style)) != 0) out_.end_style(style);
  }
  runs_.pop_back();
}

bool Story::is_hidden() const {
  return fields_.hides() || (!runs_.empty() && runs_.back().hidden);
}

void Story::text_of(pugi::xml_node node) {
  const pugi::xml_node only = node.first_child();
  if (only && only.next_sibling()) {
    text(xml_text(node));
  } else {
    text(only.value());
  }
}

void Story::text(std::string_view words) {
  if (is_hidden() || is_room_ || words.empty()) return;
  if (skip_bytes_ > 0) {
    words.remove_prefix(std::min(skip_bytes_, words.size()));
    skip_bytes_ = 0;
  }
  const Run run = runs_.empty() ? Run() : runs_.back();
  if (run.skip_text) return document_.notes.mark(words);
  document_.languages.count(words, run.language, run.east_asian_language);
  std::string mapped;
  if (run.symbols != SymbolFont::kNone) {
    mapped = without_private_characters(words, run.symbols);
    words = mapped;
  }
  if (flow().is_code()) {
    flow().code() += words;
  } else if (run.code) {
    out_.code(words);
  } else {
    out_.text(words);
  }
}

// Text that Word makes and does not store: numbers of headings and items.
void Story::label(std::string_view words) {
  out_.text(words);
  out_.text(" ");
}

void Story::line_break(pugi::xml_node node) {
  const std::string_view type = node.attribute("w:type").value();
  if (type == "page") page_ends(node);
  if (is_hidden()) return;
  if (flow().is_code()) {
    flow().code() += '\n';
  } else {
    out_.line_break();
  }
}

void Story::symbol(pugi::xml_node node) {
  const auto code =
      static_cast<char32_t>(std::strtoul(node.attribute("w:char").value(), nullptr, 16));
  const SymbolFont font = symbol_font_named(node.attribute("w:font").value());
  char32_t character = symbol_character(font, code);
  const bool is_private = code >= 0xE000 && code <= 0xF8FF;
  if (character == 0 && !is_private && font == SymbolFont::kNone) character = code;
  if (character < 0x20) return;
  std::string out;
  append_utf8(out, character);
  text(out);
}

void Story::math(pugi::xml_node node) {
  if (is_hidden()) return;
  const auto write = [this](pugi::xml_node formula, MathLayout layout) {
    const std::string tex = omml_to_tex(formula);
    if (flow().is_code()) {
      flow().code() += tex;
    } else {
      out_.math(tex, layout);
    }
  };
  if (named(node, "m:oMath")) {
    write(node, MathLayout::kInline);
    return;
  }
  for (const pugi::xml_node formula : node.children("m:oMath")) {
    write(formula, MathLayout::kDisplay);
  }
}

void Story::note(NoteKind kind, pugi::xml_node node) {
  if (is_hidden() || flow().is_code()) return;
  const std::string_view label = document_.notes.refer(kind, node.attribute("w:id").value());
  if (label.empty()) return;
  const std::string_view custom = node.attribute("w:customMarkFollows").value();
  if ((custom == "1" || custom == "true" || custom == "on") && !runs_.empty()) {
    runs_.back().skip_text = true;
  }
  // A reference is raised by itself, and no part of the words beside it.
  const std::uint8_t styles = runs_.empty() ? std::uint8_t{0} : runs_.back().styles;
  for (const Style style : kRunStyles) {
    if ((styles & bit(style)) != 0) out_.end_style(style);
  }
  out_.footnote_reference(label);
  for (const Style style : kRunStyles) {
    if ((styles & bit(style)) != 0) out_.begin_style(style);
  }
}

void Story::drawing(pugi::xml_node node) {
  if (is_hidden()) return;
  Drawing found = read_drawing(node);
  for (const Picture& one : found.pictures) picture(one);
  boxes_.insert(boxes_.end(), found.boxes.begin(), found.boxes.end());
  diagrams_.insert(diagrams_.end(), found.diagrams.begin(), found.diagrams.end());
  charts_.insert(charts_.end(), found.charts.begin(), found.charts.end());
  rule_ = rule_ || found.is_rule;
}

void Story::picture(const Picture& picture) {
  const OpcRelationship* relationship = relationships_.find(picture.relationship);
  if (relationship == nullptr) {
    missing_image("an image is referred to that the file does not name");
  } else if (relationship->mode == OpcTarget::kPart) {
    if (const auto asset = document_.images.asset(relationship->target)) {
      if (!flow().is_code()) out_.image(*asset, picture.alt);
      return;
    }
    ++document_.missing_images;
  } else if (const auto scheme = url_scheme(relationship->target);
             equal_ignoring_ascii_case(scheme, "http") ||
             equal_ignoring_ascii_case(scheme, "https")) {
    if (!flow().is_code()) out_.image(relationship->target, picture.alt);
    return;
  } else {
    missing_image("an image is not in the file, but at " + relationship->target);
  }
  text(picture.alt);
}

void Story::missing_image(const std::string& message) {
  constexpr std::size_t kWarnings = 20;
  if (++document_.missing_images <= kWarnings) document_.job.warn("missing-image", message);
}

void Story::begin_change(Style style) {
  if (document_.settings.changes == Changes::kAll && !flow().is_code()) out_.begin_style(style);
}

void Story::end_change(Style style) {
  if (document_.settings.changes == Changes::kAll) out_.end_style(style);
}

bool Story::begin_link(const std::string& url, std::string_view bookmark, std::string_view title) {
  if (is_hidden() || flow().is_code()) return false;
  if (!url.empty()) {
    out_.begin_link(url, title);
    return true;
  }
  const std::string_view fragment = document_.fragment_of(bookmark);
  if (fragment.empty()) return false;
  out_.begin_link("#" + std::string(fragment), title);
  return true;
}

void Story::begin_hyperlink(pugi::xml_node node) {
  std::string bookmark = node.attribute("w:anchor").value();
  const OpcRelationship* relationship = relationships_.find(node.attribute("r:id").value());
  std::string url = relationship == nullptr ? std::string() : relationship->target;
  if (url.starts_with('#')) {  // writers put fragments into relationships, too
    bookmark = url.substr(1);
    url.clear();
  } else if (!url.empty() && !bookmark.empty()) {
    url += "#" + bookmark;
  }
  links_.push_back(begin_link(url, bookmark, node.attribute("w:tooltip").value()));
}

void Story::end_hyperlink() {
  if (links_.empty()) return;
  if (links_.back()) out_.end_link();
  links_.pop_back();
}

void Story::field_character(pugi::xml_node node) {
  const std::string_view type = node.attribute("w:fldCharType").value();
  if (type == "begin") {
    begin_field(node);
  } else if (type == "separate") {
    begin_result();
  } else if (type == "end") {
    end_field();
  }
}

// A form's boxes and menus have no result: what they show is in their data.
void Story::begin_field(pugi::xml_node node) {
  const pugi::xml_node data = node.child("w:ffData");
  if (const pugi::xml_node box = data.child("w:checkBox")) {
    const pugi::xml_node checked = box.child("w:checked");
    text(is_on(checked ? checked : box.child("w:default")) ? "\u2612" : "\u2610");
  } else if (const pugi::xml_node list = data.child("w:ddList")) {
    int chosen = list.child("w:result").attribute("w:val").as_int(0);
    for (const pugi::xml_node entry : list.children("w:listEntry")) {
      if (chosen-- == 0) text(value_of(entry));
    }
  }
  fields_.begin();
}

void Story::begin_result() {
  FieldStack::Open* open = fields_.separate();
  if (open == nullptr) return;
  const Field field = parse_field(open->instruction);
  switch (field.kind) {
    case Field::Kind::kResult:
      break;
    case Field::Kind::kLink:
    case Field::Kind::kReference:
      open->is_link = begin_link(field.url, field.bookmark, field.title);
      break;
    case Field::Kind::kPageReference:
      if (role_ == Role::kContents) {
        fields_.hide_result(*open);
      } else {
        open->is_link = begin_link({}, field.bookmark, {});
      }
      break;
    case Field::Kind::kSymbol:
      text(field.text);
      fields_.hide_result(*open);
      break;
  }
}

void Story::end_field() {
  if (fields_.end().is_link) out_.end_link();
}

}  // namespace sluice::docx
