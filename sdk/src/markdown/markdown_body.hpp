// SPDX-License-Identifier: Apache-2.0
//
// The blocks of MarkdownWriter: hands what is written to the open cell if there is one, and
// otherwise to the containers, line by line. It has a function for each of the writer's calls, so
// it is as wide as the writer is; its state stands in Containers, Cells and InlineBuffer.
#pragma once

#include <sluice/markdown_writer.hpp>
#include <string_view>

#include "markdown/markdown_cells.hpp"
#include "markdown/markdown_containers.hpp"
#include "markdown/markdown_inline.hpp"

namespace sluice {

// The functions of MarkdownWriter, one for each; what they keep is in objects of their own.
class MarkdownWriter::Body {
 public:
  explicit Body(Job& job) : containers_(&job) {}
  Body() : containers_(nullptr) {}
  Body(const Body&) = delete;  // its cells refer to its leaf
  Body& operator=(const Body&) = delete;

  markdown::InlineBuffer leaf;

  bool has_content() const { return containers_.has_content() || !leaf.empty(); }

  void begin_heading(int level);
  void end_heading();
  const std::string& heading_text() const { return heading_text_; }
  void end_paragraph();
  void begin_quote();
  void end_quote() { end_container(markdown::Kind::kQuote); }
  void begin_list(const ListOptions& options);
  void end_list();
  void begin_item(const ItemOptions& options);
  void end_item() { end_container(markdown::Kind::kItem); }
  void begin_footnote(std::string_view label);
  void end_footnote() { end_container(markdown::Kind::kFootnote); }

  void code_block(std::string_view code, std::string_view language);
  void thematic_break();
  void comment(std::string_view remark);
  void raw(std::string_view markdown);
  void flush();
  void begin_table(const TableOptions& options);
  void end_table();
  void begin_row() { cells_.begin_row(); }
  void end_row();
  void begin_cell(const CellOptions& options) { cells_.begin_cell(options); }
  void end_cell() { cells_.end_cell(); }
  void row(std::span<const std::string_view> cells);
  void finish();

 private:
  // Ends the paragraph, heading or, within a cell, the line.
  void end_leaf();
  void end_container(markdown::Kind kind);
  void code_in_cell(std::string_view code);
  void write_table_lines();
  void write_table_line(const markdown::Piece& line);

  markdown::Containers containers_;
  markdown::Cells cells_{leaf};
  markdown::Piece piece_;  // the leaf being rendered
  int heading_ = 0;
  std::string heading_text_;  // of the last one
  bool table_begun_ = false;
};

}  // namespace sluice
