// SPDX-License-Identifier: Apache-2.0
//
// Text bodies (ECMA-376, part 1, 21.1.2): paragraphs, lists by level, runs with their looks.
#pragma once

#include <cstdint>
#include <sluice/markdown_writer.hpp>
#include <sluice/xml.hpp>
#include <string>
#include <utility>
#include <vector>

#include "pptx/jumps.hpp"
#include "pptx/placeholder.hpp"

namespace sluice::pptx {

// Writes the runs of paragraphs.
class RunWriter {
 public:
  // `out` must outlive it, and all that `clicks` refers to. `url`: where a shape leads as a whole,
  // if it does.
  RunWriter(MarkdownWriter& out, const Clicks& clicks, std::string url)
      : out_(out), clicks_(clicks), url_(std::move(url)) {}

  // Leaves out the first bytes of the next run.
  void skip(std::size_t bytes) { skip_bytes_ = bytes; }
  // All that follows is a heading.
  void begin_heading() { heading_ = true; }

  // The content of a paragraph, without ending it. Returns whether there was any.
  bool write(XmlNode paragraph);

 private:
  struct Look {
    bool strong = false;
    bool emphasis = false;
    bool strike = false;
    bool underline = false;
    bool subscript = false;
    bool superscript = false;
    bool code = false;
    std::string url;
    bool operator==(const Look&) const = default;
  };

  void visit(XmlNode node, int depth);
  void run(XmlNode node);
  void math(XmlNode node);
  Look look_of(XmlNode properties) const;
  void change_look(const Look& look);
  void flush_code();

  MarkdownWriter& out_;
  const Clicks clicks_;
  const std::string url_;
  bool heading_ = false;
  std::size_t skip_bytes_ = 0;
  Look look_;
  std::string code_;  // adjacent runs of code are one
  bool wrote_ = false;
};

// The text that TextWriter::write_line shows, without its looks.
std::string line_of(XmlNode body);

// Writes whole bodies.
class TextWriter {
 public:
  TextWriter(MarkdownWriter& out, const Clicks& clicks, std::string url = {})
      : out_(out), runs_(out, clicks, std::move(url)) {}

  // All paragraphs of a body, as lists where they have bullets or numbers.
  void write(XmlNode body, const LevelStyles& styles);
  // All paragraphs as one line, for a heading.
  void write_line(XmlNode body);
  // The paragraphs of a table's cell.
  void write_cell(XmlNode body);

 private:
  struct Level {
    int level = 0;
    bool ordered = false;
    std::string scheme;  // of its numbers
    std::int64_t first = 1;
    std::int64_t next = 1;
  };

  void item(XmlNode paragraph, int level, XmlNode bullet);
  void close_lists(int above);
  std::size_t write_code(XmlNode first);

  MarkdownWriter& out_;
  RunWriter runs_;
  std::vector<Level> lists_;
};

}  // namespace sluice::pptx
