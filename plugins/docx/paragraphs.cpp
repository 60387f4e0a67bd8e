// SPDX-License-Identifier: Apache-2.0
#include "docx/paragraphs.hpp"

#include <algorithm>
#include <sluice/blanks.hpp>
#include <sluice/utf8.hpp>

#include "docx/elements.hpp"

namespace sluice::docx {
namespace {

constexpr std::size_t kMaxHeadingLength = 400;  // bytes; longer text with an outline level is prose

bool is_content(Element element) {
  switch (element) {
    case Element::kSymbol:
    case Element::kFootnoteReference:
    case Element::kEndnoteReference:
    case Element::kDrawing:
    case Element::kPicture:
    case Element::kObject:
    case Element::kSubdocument:
    case Element::kMath:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool is_hidden_branch(XmlNode node, Element element, Changes changes) {
  switch (element) {
    case Element::kIgnored:
    case Element::kRubyText:
      return true;
    case Element::kInserted:
    case Element::kMovedTo:
      return !shows_inserted(changes);
    case Element::kDeleted:
    case Element::kMovedFrom:
      return !shows_deleted(changes);
    case Element::kFallback:
      return static_cast<bool>(node.parent().child("mc:Choice"));
    default:
      return false;
  }
}

bool shows_inserted(Changes changes) {
  return changes != Changes::kReject;
}
bool shows_deleted(Changes changes) {
  return changes != Changes::kAccept;
}

ParagraphShape shape_of(XmlNode paragraph, const Styles& styles, const Numbering& numbering) {
  ParagraphShape shape;
  shape.properties = paragraph.child("w:pPr");
  const XmlNode style_node = shape.properties.child("w:pStyle");
  shape.style = style_node ? &styles.paragraph(value_of(style_node)) : &styles.default_paragraph();
  shape.role = shape.style->role;
  shape.level = shape.style->level;
  if (!shape.properties) {
    shape.numbering = shape.style->numbering;
    shape.indent = shape.style->indent;
  } else {
    const NumberReference direct = numbering_of(shape.properties);
    shape.numbering = direct.number >= 0 ? direct : shape.style->numbering;
    if (direct.level >= 0) shape.numbering.level = direct.level;
    shape.indent = indent_of(shape.properties);
    if (shape.indent.left == Indent::kUnset) shape.indent.left = shape.style->indent.left;
    if (shape.indent.right == Indent::kUnset) shape.indent.right = shape.style->indent.right;
  }
  if (shape.numbering.number > 0 && shape.numbering.level < 0) {
    shape.numbering.level =
        std::max(0, numbering.level_of_style(shape.numbering.number, shape.style->id));
  }
  shape.numbering.number = std::max(0, shape.numbering.number);
  const int outline = outline_level(shape.properties);
  if (outline > 0 && shape.role == Role::kNone &&
      plain_text(paragraph, Changes::kAccept).size() <= kMaxHeadingLength) {
    shape.role = Role::kHeading;
    shape.level = outline;
  }
  return shape;
}

FirstContent first_content(XmlNode paragraph, Changes changes) {
  FirstContent first;
  walk_xml(
      paragraph,
      [&](XmlNode node) {
        const Element element = element_of(node);
        if (is_hidden_branch(node, element, changes)) return Walk::kOver;
        if (element == Element::kRun) first.run = node;
        if (element == Element::kRunText || element == Element::kDeletedText) {
          first.text = node.child_value();
          if (is_blank(first.text)) return Walk::kOver;
          first.found = true;
          return Walk::kStop;
        }
        if (!is_content(element)) return Walk::kInto;
        first.found = true;
        return Walk::kStop;
      },
      [](XmlNode) {});
  return first;
}

bool joins_next(XmlNode paragraph_properties, Changes changes) {
  const XmlNode mark = paragraph_properties.child("w:rPr");
  if (changes == Changes::kAccept) {
    return mark.child("w:del") || mark.child("w:moveFrom");
  }
  return changes == Changes::kReject && (mark.child("w:ins") || mark.child("w:moveTo"));
}

bool is_all_monospaced(XmlNode paragraph, const Styles& styles) {
  bool any = false;
  bool all = true;
  walk_xml(
      paragraph,
      [&](XmlNode node) {
        const Element element = element_of(node);
        if (element == Element::kIgnored) return Walk::kOver;
        if (element == Element::kDrawing || element == Element::kMath ||
            element == Element::kPicture) {
          all = false;
          return Walk::kStop;
        }
        if (element != Element::kRun) return Walk::kInto;
        if (!node.child("w:t")) return Walk::kOver;
        const XmlNode properties = node.child("w:rPr");
        const RunLook look =
            over(styles.character(value_of(properties.child("w:rStyle"))), read_look(properties));
        any = true;
        all = is_on(look.monospaced);
        return all ? Walk::kOver : Walk::kStop;
      },
      [](XmlNode) {});
  return any && all;
}

std::string plain_text(XmlNode paragraph, Changes changes) {
  std::string text;
  walk_xml(
      paragraph,
      [&](XmlNode node) {
        const Element element = element_of(node);
        if (is_hidden_branch(node, element, changes)) return Walk::kOver;
        switch (element) {
          case Element::kRunText:
            text += xml_text(node);
            return Walk::kOver;
          case Element::kTab:
          case Element::kBreak:
            text += ' ';
            return Walk::kOver;
          case Element::kInstruction:
          case Element::kDrawing:
          case Element::kPicture:
          case Element::kObject:
            return Walk::kOver;
          default:
            return Walk::kInto;
        }
      },
      [](XmlNode) {});
  return text;
}

}  // namespace sluice::docx
