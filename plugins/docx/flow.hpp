// SPDX-License-Identifier: Apache-2.0
//
// From Word's flat row of paragraphs to nested blocks: which lists, quotes and code blocks are
// open, and what must close before the next paragraph. One per body, cell or note.
#pragma once

#include <cstdint>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <vector>

#include "docx/numbering.hpp"

namespace sluice::docx {

// What divides paragraphs: lines, or just blanks, in a cell of a table within a cell.
enum class Divide : std::uint8_t { kLines, kBlanks };

class Flow {
 public:
  explicit Flow(MarkdownWriter& out, Divide divide = Divide::kLines)
      : out_(&out), divide_(divide) {}

  // Each begins one paragraph; end() ends it.
  // `left`: where the paragraph's text begins, in twentieths of a point. One that stands below the
  // text of an open item belongs to it.
  void begin_plain(std::int32_t left);
  // Belongs to the open item of a list not deeper than `level`, if there is one.
  void begin_continuation(std::int32_t level = kLevels);
  void begin_heading(int level);
  void begin_quote();
  // The same two within the open item of a list not deeper than `level`.
  void begin_continued_quote(std::int32_t level);
  void begin_continued_code(std::int32_t level);
  void begin_item(const Label& label, std::int32_t level, Task task);
  // An item of a list within a quote.
  void begin_quoted_item(const Label& label, std::int32_t level, Task task);
  // A paragraph of code: its text goes to code(), not to the writer.
  void begin_code(std::int32_t left);
  void end();

  bool is_code() const { return kind_ == Kind::kCode; }
  bool is_heading() const { return kind_ == Kind::kHeading; }
  bool has_code() const { return has_code_; }
  bool is_in_list() const { return !lists_.empty(); }
  // The line of code being written. REQUIRES: is_code().
  std::string& code() { return code_; }

  // Ends all that is open: before a table, and at the end.
  void close();

 private:
  enum class Kind : std::uint8_t { kPlain, kHeading, kCode };
  struct List {
    std::int32_t level;
    std::int32_t definition;
    LabelKind kind;
    std::int64_t last;  // number of the last item
    std::int32_t left;  // where the text of the last item begins
  };

  void open_item(const Label& label, std::int32_t level, Task task);
  static bool goes_on(const List& list, const Label& label);
  void close_code();
  void close_quote();
  void close_lists(std::size_t keep);
  void close_lists_left_of(std::int32_t left);
  void close_lists_deeper_than(std::int32_t level);
  void begin_code_line();

  MarkdownWriter* out_;
  Divide divide_;
  Kind kind_ = Kind::kPlain;
  std::vector<List> lists_;
  bool quote_ = false;
  bool quote_holds_lists_ = false;  // the lists are in the quote, not the quote in an item
  bool has_code_ = false;
  std::string code_;
};

}  // namespace sluice::docx
