// SPDX-License-Identifier: Apache-2.0
//
// The block structure of MarkdownWriter: containers and their line prefixes, blank lines, list
// markers, and the buffer in front of the job. Invariant: text goes to the job in lines, each
// written whole with the prefix of every open container; no line ends in a blank, no two lines in a
// row are blank.
#pragma once

#include <sluice/markdown_writer.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "markdown/markdown_inline.hpp"
#include "markdown/markdown_table.hpp"

namespace sluice {

namespace markdown {

enum class Block : std::uint8_t {
  kNothing,  // the container is empty so far
  kParagraph,
  kBullets,
  kNumbers,
  kOther,
};

enum class Kind : std::uint8_t { kDocument, kQuote, kList, kItem, kFootnote };

struct Container {
  Kind kind = Kind::kDocument;
  bool flattened = false;  // too deep: it has no marker of its own
  Block last = Block::kNothing;
  std::size_t prefix_size = 0;  // of the line prefix outside of it
  ListOptions list;             // kList
  char marker = '-';            // kList
  char sibling_marker = 0;      // the marker of the list that ended last in it
};

// `label` as Markdown can hold it in `[^label]`.
std::string label_of(std::string_view label);

}  // namespace markdown

class MarkdownWriter::Body {
  using Block = markdown::Block;
  using Container = markdown::Container;
  using Kind = markdown::Kind;
  using Piece = markdown::Piece;
  using TableGrid = markdown::TableGrid;

 public:
  explicit Body(Job& job) : job_(job) { containers_.emplace_back(); }

  markdown::InlineBuffer leaf;

  bool has_content() const { return has_content_ || !leaf.empty(); }
  bool in_cell() const { return cells_ > 0; }

  void begin_heading(int level);
  void end_heading();

  // Ends the paragraph, heading or, within a cell, the line.
  void end_leaf();
  void end_paragraph();
  void begin_quote();
  void begin_list(const ListOptions& options);
  void end_list();
  void begin_item(const ItemOptions& options);
  void end_item();
  void begin_footnote(std::string_view label);
  void end_container(Kind kind);
  void end_quote() { end_container(Kind::kQuote); }
  void end_footnote() { end_container(Kind::kFootnote); }

  void code_block(std::string_view code, std::string_view language);
  void thematic_break();
  void comment(std::string_view remark);
  void begin_table(const TableOptions& options);
  void end_table();
  void begin_row();
  void end_row();
  void begin_cell(const CellOptions& options);
  void end_cell();
  void finish();

 private:
  bool task_could_begin() const { return !pending_.empty(); }

  // Called before each block: asks for the blank line that must stand before it.
  void begin_block(Block block);

  // Opens a container: its first line begins with `first`, the others with `rest`, of equal width
  // or not; the blank line that is due goes before it.
  void open(Kind kind, std::string_view first, std::string_view rest);

  // Closes containers up to the innermost one of `kind`, if there is one within reach. Returns its
  // marker.
  char close(Kind kind);
  void close_last();

  // Takes back the marker of an empty quote or footnote.
  void drop_pending(const Container& empty);
  std::size_t pending_outer_size(const Container& empty) const;

  // Writes a line (or several, that hold their own prefixes), with the blank line before it and the
  // markers that are pending.
  void write_line(const Piece& line);
  void append_trimmed(std::string_view prefix);
  void flush();
  void begin_cell_item(const ItemOptions& options);
  void end_cell_now();
  void write_table_lines();

  Job& job_;
  Piece out_;    // lines on their way to the job
  Piece piece_;  // the leaf being rendered
  std::vector<Container> containers_;
  std::size_t depth_ = 0;         // containers that have a prefix
  std::string prefix_;            // what the lines of the innermost container begin with
  std::string pending_;           // markers of containers that have no line yet,
  std::size_t pending_from_ = 0;  // instead of the prefix from here on
  std::size_t blank_prefix_ = 0;
  bool blank_due_ = false;
  bool joins_paragraph_ = false;
  bool has_content_ = false;
  bool has_lines_ = false;
  int heading_ = 0;
  std::uint32_t tables_ = 0;  // nesting; only the outermost is a table
  std::uint32_t cells_ = 0;
  bool table_begun_ = false;
  std::vector<TableGrid> table_;
  CellOptions cell_options_;
  std::vector<ListOptions> cell_lists_;
  std::size_t cell_marker_end_ = 0;  // the leaf's size behind the last item's marker
};

}  // namespace sluice
