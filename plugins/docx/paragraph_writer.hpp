// SPDX-License-Identifier: Apache-2.0
//
// Which block each paragraph begins or goes on with: heading, item, quote, code, prose, or nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <sluice/xml.hpp>

#include "docx/drawing_writer.hpp"
#include "docx/link_writer.hpp"
#include "docx/page_breaks.hpp"
#include "docx/paragraphs.hpp"
#include "docx/run_writer.hpp"
#include "docx/story_context.hpp"

namespace sluice::docx {

// What the paragraph's style adds to the look of its text.
RunLook look_of(const ParagraphShape& shape, const Styles& styles);

class ParagraphWriter {
 public:
  ParagraphWriter(StoryContext& context, RunWriter& runs, LinkWriter& links,
                  DrawingWriter& drawings, PageBreaks& pages)
      : context_(context), runs_(runs), links_(links), drawings_(drawings), pages_(pages) {}

  void begin(XmlNode paragraph);
  // Returns whether the block ended: not if the next paragraph goes on with it.
  bool end(XmlNode paragraph);
  // Ends a block that no next paragraph went on with. Returns whether there was one.
  bool end_joined();

  Role role() const { return role_; }

 private:
  struct EmptyItem {
    Label label;
    std::int32_t level;
  };

  void begin_block(XmlNode paragraph, const ParagraphShape& shape);
  void begin_heading(XmlNode paragraph, const ParagraphShape& shape);
  void begin_item(XmlNode paragraph, const ParagraphShape& shape);
  Task task_of(const FirstContent& first, Label& shown);
  void continue_item(XmlNode paragraph, const ParagraphShape& shape);
  void begin_contents(XmlNode paragraph, const ParagraphShape& shape);
  void begin_prose(XmlNode paragraph, const ParagraphShape& shape);
  void end_block();
  void begin_room(const ParagraphShape& shape);
  bool is_code(XmlNode paragraph, const ParagraphShape& shape) const;

  StoryContext& context_;
  RunWriter& runs_;
  LinkWriter& links_;
  DrawingWriter& drawings_;
  PageBreaks& pages_;
  Role role_ = Role::kNone;
  std::optional<EmptyItem> empty_item_;  // the paragraph before, if it was one
  bool is_gone_ = false;                 // a paragraph of which nothing is left
  bool contents_link_ = false;           // around the entry of the contents being written
  bool joined_ = false;                  // the paragraph before goes on in the next
  std::uint64_t paragraphs_ = 0;
};

}  // namespace sluice::docx
