// SPDX-License-Identifier: Apache-2.0
//
// Writes a TeX source, whose macros are expanded, as Markdown. It reads forward once: what opens
// (groups, environments) is kept on a stack, and whatever the source leaves open is closed.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "markup/source.hpp"
#include "markup/tex/commands.hpp"
#include "markup/tex/labels.hpp"
#include "markup/tex/scan.hpp"

namespace sluice::markup::tex {

// It has functions for each family of commands and environments, which share the place in the text
// and what is open: hence so many.
class Reader {
 public:
  Reader(Output& to, GroupedText& source, const Labels& labels)
      : to_(to),
        out_(to.out),
        source_(source),
        words_(source.words()),
        labels_(labels),
        text_(source.text()) {}

  void read_document();
  // What a title will say in the Markdown, as its readers see it. Writes it as a heading.
  std::string title_text(std::size_t begin, std::size_t end);

 private:
  // A group or environment that is open.
  struct Scope {
    std::string_view name;  // of an environment; empty for a group
    EnvironmentKind kind = EnvironmentKind::kPlain;
    std::vector<Style> styles;  // that were declared in it
    bool is_open = false;       // an item, or a table
    std::int64_t number = 1;    // of the next item
    std::string label;          // how items are numbered where Markdown cannot
    bool is_numbered = false;   // items have numbers that Markdown can write
  };
  struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  using Special = void (Reader::*)(std::string_view name);

  // reader.cpp: text, groups, arguments
  void read(Range range);
  void step(std::size_t end);
  void character(std::size_t end);
  void control(std::size_t end);
  void unknown(std::string_view name);
  void line_ends(std::size_t end);
  void formula(std::string_view opening, std::string_view closing, MathLayout layout);
  void flush();
  void end_paragraph();
  void open_scope(std::string_view name, EnvironmentKind kind);
  void close_scope();
  void close_group();
  Range argument();
  Range option();
  std::string_view words_of(Range range) const {
    return text_.substr(range.begin, range.end - range.begin);
  }
  bool skip_star();
  void skip_arguments(Signature signature);
  void preamble(std::size_t end);
  static std::string formula_text(std::string_view tex);

  // reader_commands.cpp: what they mean
  static Special special_of(std::string_view name);
  void heading(std::string_view name);
  void write_heading(int level, Range title);
  void style(Style style);
  void style_range(Style style, Range range);
  void code_words(std::string_view name);
  void accent(std::string_view name);
  void link(std::string_view name);
  void address(std::string_view name);
  void inner_link(std::string_view name);
  void reference(std::string_view name);
  void citation(std::string_view name);
  void note(std::string_view name);
  void note_mark(std::string_view name);
  void note_text(std::string_view name);
  void call_note(Range text);
  void write_notes();
  void picture(std::string_view name);
  void caption(std::string_view name);
  void line_break(std::string_view name);
  void paragraph(std::string_view name);
  void quoted(std::string_view name);
  void metadata(std::string_view name);
  void other_file(std::string_view name);
  void definition(std::string_view name);
  void counter(std::string_view name);
  void blank_behind(std::string_view name);
  void rule(std::string_view name);
  void picture_folder(std::string_view name);

  // reader_environments.cpp
  void begin_environment(std::string_view name);
  void end_environment(std::string_view name);
  void enter(std::string_view name, const EnvironmentInfo& info);
  void leave(const Scope& scope);
  void raw_part(const RawPart& raw);
  void display(std::string_view name, const EnvironmentInfo& info);
  void begin_theorem(std::string_view name, const EnvironmentInfo& info);
  void begin_frame();
  void read_list_options(Scope& list);
  void item(std::string_view name);
  void source_item(std::string_view name);
  std::string item_label(const std::string& pattern, std::int64_t number) const;
  void begin_item(Scope& list);
  Scope* list_around();

  // reader_tables.cpp
  void begin_table(std::string_view name, const EnvironmentInfo& info);
  void begin_row(Scope& table);
  void end_row(Scope& table);
  void next_cell();
  void begin_cell();
  std::size_t skip_rules(std::size_t at);
  void table_part(std::string_view name);

  Output& to_;
  MarkdownWriter& out_;
  const GroupedText& source_;
  WordFinder& words_;
  const Labels& labels_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t control_ = 0;  // where the command that is being read begins
  std::string plain_;        // text that is not written yet
  std::vector<Scope> scopes_;
  std::size_t base_ = 0;  // scopes below belong to what surrounds an argument
  int depth_ = 0;
  std::vector<Range> notes_;            // by their numbers, from 1 on
  std::deque<std::size_t> open_marks_;  // of \footnotemark, whose text comes later
  std::string picture_folder_;
};

}  // namespace sluice::markup::tex
