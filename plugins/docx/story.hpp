// SPDX-License-Identifier: Apache-2.0
//
// Walks one story (the body, a note, a header) and tells its writers what it finds. The walk is a
// loop over the tree; what is open is on stacks, so nesting costs no call stack.
#pragma once

#include <sluice/markdown_writer.hpp>
#include <sluice/xml.hpp>

#include "docx/document.hpp"
#include "docx/drawing_writer.hpp"
#include "docx/elements.hpp"
#include "docx/fields.hpp"
#include "docx/link_writer.hpp"
#include "docx/page_breaks.hpp"
#include "docx/paragraph_writer.hpp"
#include "docx/run_writer.hpp"
#include "docx/story_context.hpp"
#include "docx/table_writer.hpp"

namespace sluice::docx {

class Story {
 public:
  // `relationships`: of the part that the story is in. All must outlive it.
  Story(Document& document, const OpcRelationships& relationships, MarkdownWriter& out,
        Pages pages = Pages::kIgnored, Purpose purpose = Purpose::kWrite);
  Story(const Story&) = delete;  // its writers refer to its context
  Story& operator=(const Story&) = delete;

  // Writes the blocks below `top`, and closes what they opened.
  void write(XmlNode top);
  // The same for a note, without its mark: its label says it.
  void write_note(const Note& note);
  // What readers of Markdown will see of a heading, behind `number`. REQUIRES: it is a rehearsal.
  std::string_view rehearse_heading(XmlNode paragraph, const ParagraphShape& shape,
                                    std::string_view number);

 private:
  void walk(XmlNode top);
  Walk enter(XmlNode node);
  Walk enter_table(XmlNode node, Element element);
  Walk enter_change(Element element);
  void enter_inline(XmlNode node, Element element);
  void leave(XmlNode node);
  void leave_table(Element element);
  void end_paragraph(XmlNode paragraph);
  void end_joined();
  void write_deferred();
  Walk begin_table(XmlNode table);
  void end_cell();

  StoryContext context_;
  FieldStack fields_;
  RunWriter runs_;
  LinkWriter links_;
  DrawingWriter drawings_;
  PageBreaks pages_;
  ParagraphWriter paragraphs_;
  TableWriter tables_;
  int box_depth_ = 0;
};

}  // namespace sluice::docx
