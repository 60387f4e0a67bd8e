// SPDX-License-Identifier: Apache-2.0
//
// Links: hyperlinks, and the fields that become links, symbols or the text of a form.
#pragma once

#include <sluice/xml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "docx/fields.hpp"
#include "docx/run_writer.hpp"
#include "docx/story_context.hpp"
#include "docx/style_names.hpp"

namespace sluice::docx {

class LinkWriter {
 public:
  // All must outlive it. `fields`: those that are open, which this class alone changes.
  LinkWriter(StoryContext& context, RunWriter& runs, FieldStack& fields)
      : context_(context), runs_(runs), fields_(fields) {}

  RunWriter::Link here() const {
    const bool inside = !links_.empty() || !fields_.is_empty();
    return inside ? RunWriter::Link::kInside : RunWriter::Link::kOutside;
  }

  // Begins a link to a URL or, if that is empty, to a bookmark. Returns whether there is one.
  bool begin(const std::string& url, std::string_view bookmark, std::string_view title);
  void begin_hyperlink(XmlNode node);
  void end_hyperlink();
  // A link to a part of a master document, which is a file of its own (w:subDoc; 17.17.2.1).
  void subdocument(XmlNode node);

  // `role`: of the paragraph that the field is in.
  void field_character(XmlNode node, Role role);
  void begin_field(XmlNode node);
  void begin_result(Role role);
  void end_field();
  // Ends all that are open: at the end of a story.
  void end_fields();
  // Ends those whose instruction is not complete at the end of a paragraph, with a warning each.
  void end_unfinished_fields();

 private:
  StoryContext& context_;
  RunWriter& runs_;
  FieldStack& fields_;
  std::vector<bool> links_;  // for each open w:hyperlink: whether it is one in Markdown
};

}  // namespace sluice::docx
