// SPDX-License-Identifier: Apache-2.0
//
// Blocks of text: paragraphs, headings, lists, tables, sections, indexes, and the frames beside
// them. Walks recurse; the parser bounds their depth (kMaxNesting).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "odf/context.hpp"
#include "odf/list_flow.hpp"

namespace sluice::odf {

class BlockWriter {
 public:
  explicit BlockWriter(Context& context)
      : context_(context), out_(context.out), lists_(context.out) {}

  // All blocks in `parent`, and what they leave open.
  void write(XmlNode parent);
  // The notes and comments that were called so far, and those that they call.
  void write_notes();
  // A shape or frame on its own: text boxes, tables, pictures, objects, groups.
  void shape(XmlNode node);

 private:
  enum class Open : std::uint8_t { kNothing, kQuote, kCode };

  void blocks(XmlNode parent);
  void block(XmlNode node);
  void paragraph(XmlNode node);
  void heading(XmlNode node, int level, const std::string& number);
  void numbered_paragraph(XmlNode node);
  void list(XmlNode node, std::string_view style_name, Counters* outer, int level);
  void list_items(XmlNode node, std::string_view style_name, Counters& counters, int level);
  void item(XmlNode node, std::string_view style_name, Counters& counters, int level);
  void item_content(XmlNode node, std::string_view style_name, Counters& counters, int level);
  void table(XmlNode node);
  void rows(XmlNode parent);
  void cells(XmlNode row);
  void index(XmlNode node);
  void index_entries(XmlNode body);
  void section(XmlNode node);
  void asides();
  void chart_or_picture(XmlNode frame);
  void code(const std::string& line);
  void open(Open what);
  void close() { open(Open::kNothing); }
  void mark_page();

  Context& context_;
  MarkdownWriter& out_;
  Open open_ = Open::kNothing;
  std::string code_;
  ListFlow lists_;
  int item_level_ = -1;  // of the item whose blocks are being written
  std::vector<XmlNode> asides_;
};

}  // namespace sluice::odf
