// SPDX-License-Identifier: Apache-2.0
//
// Writes the body of a job as Markdown (CommonMark 0.30 with the GFM extensions), from structure
// rather than from strings: the converter says what a thing is, the writer knows how Markdown
// spells it at that place. What a reader of the Markdown parses back is what was said; blank lines,
// nesting, escapes and asset links are right by construction.
//
//   sluice::MarkdownWriter out(job);
//   out.begin_heading(1);
//   out.text("Results");
//   out.end_heading();
//   out.text("See ");                      // a paragraph begins by itself
//   out.begin_link("https://example.org");
//   out.text("the table");
//   out.end_link();
//   out.finish();
#pragma once

#include <sluice/ext/children.h>

#include <cstdint>
#include <memory>
#include <sluice/plugin.hpp>
#include <span>
#include <string_view>

namespace sluice {

// How a run of text looks. The first three have Markdown of their own; the others, and the first
// three where Markdown's rules do not let them begin or end (intraword, beside punctuation), are
// written as HTML tags, which every Markdown reader takes.
enum class Style : std::uint8_t {
  kStrong,
  kEmphasis,
  kStrike,
  kSubscript,
  kSuperscript,
  kUnderline,
  kHighlight,
};

enum class MathLayout : std::uint8_t { kInline, kDisplay };

enum class ListKind : std::uint8_t { kBullet, kOrdered };
// Tight: items of one paragraph each, without blank lines between them.
enum class ListSpacing : std::uint8_t { kTight, kLoose };

struct ListOptions {
  ListKind kind = ListKind::kBullet;
  ListSpacing spacing = ListSpacing::kTight;
};

enum class Task : std::uint8_t { kNone, kOpen, kDone };

struct ItemOptions {
  // The number of an item of an ordered list. Clamped to what Markdown can say, 0 to 999,999,999.
  std::int64_t number = 1;
  Task task = Task::kNone;
};

// What a table writes into the places that a spanning cell covers beyond its first.
enum class SpanFill : std::uint8_t { kEmpty, kRepeat };

struct TableOptions {
  SpanFill spans = SpanFill::kEmpty;
  // How many columns the table has, if known: rows are then written as they end, and cells beyond
  // are dropped. 0: not known; the table is kept in memory until end_table, and the widest row
  // counts.
  std::uint32_t columns = 0;
};

enum class Align : std::uint8_t { kNone, kLeft, kCenter, kRight };

struct CellOptions {
  std::uint32_t column_span = 1;  // at least 1; capped at 1,000
  std::uint32_t row_span = 1;     // at least 1; capped at 65,534
  Align align = Align::kNone;     // counts in the first row, for its column
};

// One document's writer. Use it on the job's thread, within Converter::convert; end with finish().
//
// All text is UTF-8. It is prose: runs of blanks and newlines count as one blank, and control
// characters are dropped; nothing in it is taken as Markdown. Every begin_ has its end_; calls that
// do not match (an end_ without begin_) are ignored, so that a broken document cannot break the
// writer. Styles and links may stay open across paragraphs, items and cells; each gets its own
// markers.
//
// Containers deeper than 48 are written as part of the deepest one. Inside a table cell, blocks
// become what a cell can hold: paragraphs, items and rows of inner tables are divided by `<br>`.
//
// Memory: one paragraph, or one table. Calls throw what Job throws: Failure with limit, cancelled,
// io.
//
// Two functions for each kind of structure, its begin and its end: hence so many.
class MarkdownWriter {
 public:
  // `job` must outlive the writer.
  explicit MarkdownWriter(Job& job);
  // A writer whose Markdown goes nowhere: it tells what a heading will say (heading_text) before
  // the document is written, so that links to it can lead to its anchor.
  MarkdownWriter();
  MarkdownWriter(const MarkdownWriter&) = delete;
  MarkdownWriter& operator=(const MarkdownWriter&) = delete;
  // Does not flush: without finish() the tail of the body is lost, as it should be after a throw.
  ~MarkdownWriter();

  // --- blocks ---

  // A heading of level 1 to 6 (clamped). One without text is left out. CommonMark 4.2.
  void begin_heading(int level);
  void end_heading();
  // What readers of Markdown see of the heading that ended last, for heading_anchor: its text,
  // code, TeX and labels of footnotes, without marks; a picture is U+FFFC. Empty before the first,
  // and for one that was left out. Valid until the next heading ends.
  const std::string& heading_text() const;
  // Ends the paragraph that text began, if any. Paragraphs begin by themselves; one without text is
  // left out.
  void end_paragraph();
  void begin_quote();
  void end_quote();
  // A list holds items, an item holds blocks. CommonMark 5.2 and 5.3; tasks: GFM 5.3.
  void begin_list(const ListOptions& options = {});
  void end_list();
  void begin_item(const ItemOptions& options = {});
  void end_item();
  // Fenced code, byte for byte (CR LF becomes LF). `language` may be empty; only its letters,
  // digits and `+#._-` are kept. CommonMark 4.5.
  void code_block(std::string_view code, std::string_view language = {});
  void thematic_break();
  // An HTML comment on a line of its own, `<!-- page 3 -->`.
  void comment(std::string_view remark);
  // Markdown that the source holds itself (a notebook's cell, a wiki page), as a block: line by
  // line as it is, with a blank line on either side, within the containers that are open. In a
  // table's cell it is text.
  void raw(std::string_view markdown);
  // Ends the paragraph or heading and hands all that was written to the job, so that Job::write or
  // Job::link may go on behind it; what they write ends with a line end. Does nothing in a table.
  void flush();
  // The text of a footnote, at the place where it is called; `label` as in footnote_reference.
  void begin_footnote(std::string_view label);
  void end_footnote();

  // --- tables: rows hold cells, a cell holds inline content (GFM 4.10). The first row is the
  // header.
  void begin_table(const TableOptions& options = {});
  void end_table();
  void begin_row();
  void end_row();
  void begin_cell(const CellOptions& options = {});
  void end_cell();
  // A whole row of texts; a newline in one is a hard line break. The same as begin_cell, lines,
  // end_cell for each, several times as fast: for tables of millions of rows.
  void row(std::span<const std::string_view> cells);

  // --- inline ---

  void text(std::string_view prose);
  // Text whose newlines are hard line breaks.
  void lines(std::string_view text);
  // A code span. Blanks at its edges stand outside of it.
  void code(std::string_view code);
  // Styles nest in any order, also overlapping; the same style twice counts once.
  void begin_style(Style style);
  void end_style(Style style);
  // A link to a URL as the document has it (not resolved, not checked; what Markdown cannot hold is
  // percent-encoded), or to an asset of the job. `title` may be empty. A link within a link, one
  // without text, one to an empty URL, and one that would run a script (runs_script in url.hpp)
  // leave just the text. An image whose URL would run a script leaves its description. One to a
  // relative path is a link to another source (Job::link_document).
  void begin_link(std::string_view url, std::string_view title = {});
  void begin_link(sluice_asset asset, std::string_view title = {});
  // A link to a document within this one; see sluice/children.hpp.
  void begin_child_link(sluice_child child);
  void end_link();
  void image(std::string_view url, std::string_view alt, std::string_view title = {});
  void image(sluice_asset asset, std::string_view alt, std::string_view title = {});
  // A hard line break. At the edge of a paragraph it is left out; in a heading it is a blank.
  void line_break();
  // TeX without its dollars: `$x$` or `$$x$$`.
  void math(std::string_view tex, MathLayout layout = MathLayout::kInline);
  // `[^label]`. Of `label`, only letters, digits, `_` and `-` are kept.
  void footnote_reference(std::string_view label);

  // Ends everything that is open and hands the rest to the job. Any call but finish and has_content
  // after it throws Failure(kInternal).
  void finish();
  // Whether anything has been written (a heading, a word, an image): if not, the outcome is
  // `empty`.
  bool has_content() const;

 private:
  class Body;
  std::unique_ptr<Body> body_;  // until finish
  bool had_content_ = false;
};

}  // namespace sluice
