// SPDX-License-Identifier: Apache-2.0
//
// The walk behind write_markdown: one loop over the nodes, and a stack of what must be undone when
// each ends. Blocks, lists and tables are in render_blocks.cpp; links, images, formulas and the
// like in render_inline.cpp.
#pragma once

#include <algorithm>
#include <cstdint>
#include <set>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "dom.hpp"
#include "layout.hpp"
#include "to_markdown.hpp"

namespace sluice::html {

// Looks ahead stop here: elements of one kind nest up to 512 deep, and each would look through all.
inline constexpr NodeId kLookAhead = 32;

class Renderer {
 public:
  Renderer(const Dom& dom, const std::vector<std::uint8_t>& marks, const Rendering& rendering,
           Job& job, MarkdownWriter& out)
      : dom_(dom), marks_(marks), rendering_(rendering), job_(job), out_(out) {}

  void run();

 private:
  // What must be undone when the node ends.
  enum class Undo : std::uint8_t {
    kBlock,
    kHeading,
    kQuote,
    kList,
    kItem,
    kTable,
    kRow,
    kCell,
    kLink,
    kStyle,
    kCode,
    kQuotation,
    kBlank,
    kBold,
    kRuby,
    kPlainHeading,
    kAbbreviation,
    kNote,
  };
  struct Open {
    NodeId node;
    Undo undo;
    Style style = Style::kStrong;
  };
  struct List {
    bool ordered;
    std::int64_t next;
    std::int64_t step;
    char style = '1';  // of the numbers, as the attribute `type` says it (HTML 4.4.5)
    bool item_open = false;
  };
  struct Table {
    bool begun = false;
    bool in_cell = false;
  };
  void close_until(NodeId i);
  bool descend(NodeId i, Undo undo, Style style = Style::kStrong);
  std::string_view attribute(NodeId i, Attr name) const { return dom_.attribute(i, name); }
  NodeId ahead_of(NodeId i) const { return std::min(dom_[i].end, i + kLookAhead); }
  bool has_content(NodeId i) const { return (marks_[i] & kHasContent) != 0; }
  bool has_block(NodeId i) const { return (marks_[i] & kHasBlock) != 0; }

  void text(NodeId i);
  void text_with_tex(std::string_view text);
  bool enter(NodeId i);
  bool enter_inline(NodeId i);
  void leave(const Open& last);

  // --- blocks ---

  bool in_cell() const { return !tables_.empty() && tables_.back().in_cell; }

  bool enter_heading(NodeId i);
  bool enter_bold_block(NodeId i);
  bool enter_quote(NodeId i);

  // One `<br>` is a line break; two or more are how old pages divide paragraphs.
  bool line_break();
  bool rule(NodeId i);
  bool page_break(NodeId i);
  bool enter_note(NodeId i, const std::string& label);
  // The text that repeats a note's own number or sign, which its label says; the root if none.
  NodeId marker_of(NodeId note, std::string_view label) const;
  bool pre(NodeId i);

  // --- lists ---

  // Whether what comes stands in a list but in no item: HTML forbids it, pages do it.
  bool at_list_level() const;
  // It goes into the item before it, or into one of its own.
  void open_item(NodeId i);
  void begin_item(List& list, std::int64_t number, Task task);
  bool enter_list(NodeId i);

  // Whether all items are footnotes, which are no list any more.
  bool is_list_of_notes(NodeId list) const;
  // Whether an item has two or more paragraphs as children.
  bool has_paragraphs(NodeId item) const;
  void leave_list();
  bool enter_item(NodeId i);
  Task task_of(NodeId item) const;

  // --- tables ---

  bool is_data(NodeId table) const { return (marks_[table] & kDataTable) != 0; }

  bool enter_table(NodeId i);
  // Writes a table that is a listing.
  bool is_code_table(NodeId i);
  void leave_table();

  // The table whose row or cell this is: a data table, or kRootNode.
  NodeId data_table_of(NodeId i) const;
  bool enter_row(NodeId i);
  bool enter_cell(NodeId i);
  // A sum whose currency stands by itself, joined; empty for any other cell.
  std::string sum_in(NodeId cell) const;
  Align align_of(NodeId cell) const;

  // --- inline ---

  bool enter_style(NodeId i, Style style);
  // What the style sheets and its own style say of an element.
  Look look_of(NodeId i) const;
  bool enter_span(NodeId i);
  bool is_linked(NodeId i) const;
  // A heading is bold as it is.
  bool enter_strong(NodeId i);
  bool enter_emphasis(NodeId i);
  bool enter_code(NodeId i);
  bool enter_link(NodeId i);
  // Where a link leads in the Markdown, or nothing.
  std::string target_of(std::string_view href) const;
  // A title that says what the text says already is left out.
  std::string_view link_title(NodeId i) const;
  // A call whose note is missing: still a raised number.
  bool is_lost_call(NodeId i) const;
  // A heading that leads to itself, or back to the contents.
  bool is_all_of_heading(NodeId i) const;
  bool repeats_call(NodeId i) const {
    return rendering_.repeats_call && rendering_.repeats_call(i);
  }
  // The ways back from a note of Wikipedia's to all its calls.
  bool is_ways_back(NodeId i) const;
  // `<sup><a href="#note">[1]</a></sup>`: raised or not, it reads the same.
  bool is_note_mark(NodeId sup) const;
  std::string note_label(NodeId i) const {
    return rendering_.note_label ? rendering_.note_label(i) : std::string();
  }

  bool enter_abbreviation(NodeId i) { return descend(i, Undo::kAbbreviation); }
  // The first time, an abbreviation is followed by what it stands for.
  void expand(NodeId i);
  bool image(NodeId i);
  void write_image(std::string_view address, std::string_view alt, std::string_view title);

  // Of `<noscript>`, the images that a script would have loaded.
  bool noscript(NodeId i);

  // Players and frames become links to what they show.
  bool media(NodeId i);

  // --- formulas ---

  void write_tex(std::string_view tex, MathLayout layout);
  bool math(NodeId i);
  bool tex_script(NodeId i);
  // `<span class="math">\(x\)</span>`, which a script of the page would draw. False for anything
  // else.
  bool tex_text(NodeId i);

  // What MathJax and KaTeX have drawn for the eye, beside the TeX that they keep.
  bool is_drawn_formula(NodeId i) const;

  const Dom& dom_;
  const std::vector<std::uint8_t>& marks_;
  const Rendering& rendering_;
  Job& job_;
  MarkdownWriter& out_;
  std::vector<Open> open_;
  std::vector<List> lists_;
  std::vector<Table> tables_;
  std::set<std::string> images_;
  std::set<std::string> expanded_;
  std::string buffer_;
  std::uint32_t visited_ = 0;
  int breaks_ = 0;  // `<br>`s since the last text
  int code_ = 0;
  int links_ = 0;  // that are open
  int notes_ = 0;
  NodeId marker_ = kRootNode;
  bool behind_sign_ = false;  // a note's sign was left out, and its point may follow
  bool label_waits_ = false;  // an item's label is written, and nothing of the item yet
  bool heading_ = false;
  bool formula_written_ = false;
};

}  // namespace sluice::html
