// SPDX-License-Identifier: Apache-2.0
//
// Walks one story (the body, a note, a header) and says to the Markdown writer what it finds. The
// walk is a loop over the tree; what is open is on stacks here, so nesting costs no call stack.
#pragma once

#include <cstdint>
#include <optional>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "document.hpp"
#include "drawings.hpp"
#include "elements.hpp"
#include "fields.hpp"
#include "flow.hpp"
#include "paragraphs.hpp"
#include "table_grid.hpp"

namespace sluice::docx {

enum class Pages : std::uint8_t { kIgnored, kMarked };

class Story {
 public:
  // `relationships`: of the part that the story is in. All must outlive it.
  Story(Document& document, const OpcRelationships& relationships, MarkdownWriter& out,
        Pages pages = Pages::kIgnored);

  // Writes the blocks below `top`, and closes what they opened.
  void write(pugi::xml_node top);
  // The same for a note, without its mark: its label says it.
  void write_note(const Note& note);

 private:
  struct Run {
    bool hidden = false;
    bool code = false;
    bool skip_text = false;   // a note's own mark, which the reference replaces
    std::uint8_t styles = 0;  // a bit per Style
    SymbolFont symbols = SymbolFont::kNone;
    std::string_view language;
    std::string_view east_asian_language;
  };
  struct EmptyItem {
    Label label;
    std::int32_t level;
  };
  struct OpenTable {
    Grid grid;
    std::size_t next_row = 0;
    std::size_t next_cell = 0;
    bool is_frame() const { return grid.is_frame; }
  };

  void walk(pugi::xml_node top);
  Walk enter(pugi::xml_node node);
  void leave(pugi::xml_node node);
  Walk enter_inline(pugi::xml_node node, Element element);

  // Paragraphs.
  Flow& flow() { return flows_.back(); }
  void begin_paragraph(pugi::xml_node paragraph);
  void begin_block(pugi::xml_node paragraph, const ParagraphShape& shape);
  void begin_heading(pugi::xml_node paragraph, const ParagraphShape& shape);
  void begin_item(pugi::xml_node paragraph, const ParagraphShape& shape);
  void continue_item(pugi::xml_node paragraph, const ParagraphShape& shape);
  void begin_contents(pugi::xml_node paragraph, const ParagraphShape& shape);
  void begin_prose(pugi::xml_node paragraph, const ParagraphShape& shape);
  void begin_room(const ParagraphShape& shape);
  bool is_code(pugi::xml_node paragraph, const ParagraphShape& shape) const;
  RunLook look_of(const ParagraphShape& shape) const;
  void end_paragraph(pugi::xml_node paragraph);
  void end_joined();
  void write_deferred();
  void write_diagram(const std::string& relationship);
  void write_chart_of(const std::string& relationship);

  // Inline content.
  void begin_run(pugi::xml_node run);
  void end_run();
  void text(std::string_view words);
  void text_of(pugi::xml_node node);
  void label(std::string_view words);
  void line_break(pugi::xml_node node);
  void symbol(pugi::xml_node node);
  void math(pugi::xml_node node);
  void note(NoteKind kind, pugi::xml_node node);
  void drawing(pugi::xml_node node);
  void picture(const Picture& picture);
  void missing_image(const std::string& message);
  bool is_hidden() const;
  void begin_change(Style style);
  void end_change(Style style);

  // Links and fields.
  void begin_hyperlink(pugi::xml_node node);
  void end_hyperlink();
  bool begin_link(const std::string& url, std::string_view bookmark, std::string_view title);
  void field_character(pugi::xml_node node);
  void begin_field(pugi::xml_node node);
  void begin_result();
  void end_field();

  // Tables.
  Walk begin_table(pugi::xml_node table);
  Walk begin_row(pugi::xml_node row);
  Walk begin_cell(pugi::xml_node cell);
  void end_table();
  void end_row();
  void end_cell();

  // Pages.
  void page_ends(pugi::xml_node at);
  void page_begins_with(pugi::xml_node paragraph);
  void write_page_marker();

  Document& document_;
  const OpcRelationships& relationships_;
  MarkdownWriter& out_;
  const Pages pages_;
  std::vector<Flow> flows_;
  std::vector<OpenTable> tables_;
  std::vector<Run> runs_;
  std::vector<bool> links_;  // for each open w:hyperlink: whether it is one in Markdown
  FieldStack fields_;
  RunLook paragraph_look_;
  Role role_ = Role::kNone;
  std::optional<EmptyItem> empty_item_;  // the paragraph before, if it was one
  bool is_room_ = false;                 // a paragraph of blanks
  bool is_gone_ = false;                 // a paragraph of which nothing is left
  bool contents_link_ = false;           // around the entry of the contents being written
  bool joined_ = false;                  // the paragraph before goes on in the next
  std::size_t skip_bytes_ = 0;           // of the next text: what became a task's mark
  std::vector<pugi::xml_node> boxes_;
  std::vector<std::string> diagrams_;
  std::vector<std::string> charts_;
  bool rule_ = false;
  int box_depth_ = 0;
  std::uint64_t paragraphs_ = 0;
  std::uint64_t page_ = 1;
  bool page_due_ = false;
  pugi::xml_node counted_break_;
};

}  // namespace sluice::docx
