// SPDX-License-Identifier: Apache-2.0
//
// What all readers of source text share: the lines of a file, and where what they find goes.
#pragma once

#include <cstdint>
#include <map>
#include <sluice/images.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/plugin.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::markup {

using Lines = std::vector<std::string_view>;

// Blocks within blocks: people write 5 deep; what is deeper is text.
inline constexpr int kMaxDepth = 24;

// The text of a job as UTF-8 with LF and without tabs in front of its lines (a tab goes to the next
// column that 8 divides). Warns of what could not be decoded.
std::string read_source(Job& job);
// The lines of `text`, without their ends. They point into it.
Lines lines_of(std::string_view text);
// How many blanks a line begins with.
std::size_t indent_of(std::string_view line);
// Lines without the first `columns` blanks of each, as far as they have them.
Lines without_indent(const Lines& lines, std::size_t begin, std::size_t end, std::size_t columns);
// The least indent of lines that are not blank.
std::size_t least_indent(const Lines& lines, std::size_t begin, std::size_t end);
// Lines joined with LF, without blank ones at both ends.
std::string joined(const Lines& lines, std::size_t begin, std::size_t end);

// Where Markdown goes, and warnings about what did not go there.
class Output {
 public:
  explicit Output(Job& job) : job(job), out(job), images_(job) {}
  // One that writes nothing and takes no image: for HeadingReader.
  struct Nowhere {};
  Output(Job& job, Nowhere) : job(job), images_(job), is_nowhere_(true) {}

  Job& job;
  MarkdownWriter out;

  // An image of the document, or beside it.
  void image(std::string_view destination, std::string_view description);
  // An image whose name may lack its extension, as TeX has it.
  void image_of(std::string_view name, std::string_view description);
  // A construct that is not converted, by its name.
  void left_out(std::string_view name);
  // Asks now and then whether to stop.
  void step();
  // Ends the body, and the job.
  void finish();

 private:
  ImageCollector images_;
  std::map<std::string, std::uint64_t> left_out_;
  std::uint64_t steps_ = 0;
  bool is_nowhere_ = false;
};

// Names of places in a document that links lead to, and "#anchor" of the heading there.
using PlaceNames = std::map<std::string, std::string, std::less<>>;
// Tells the job which anchors stand for names, for links from other documents.
void name_anchors(const PlaceNames& places, Job& job);

// What headings will say, and their anchors, before the document is written. `Text`: what writes
// text within a line to an Output.
template <class Text>
class HeadingReader {
 public:
  // `context`: what Text needs besides an Output.
  template <class... Context>
  explicit HeadingReader(Job& job, const Context&... context)
      : nowhere_(job, Output::Nowhere()), text_(nowhere_, context...) {}

  // The text of the next heading, as readers of its Markdown see it. `write`: writes it to a Text.
  template <class Write>
  std::string read(Write write) {
    nowhere_.out.begin_heading(1);
    write(text_);
    nowhere_.out.end_heading();
    return nowhere_.out.heading_text();
  }

 private:
  Output nowhere_;
  Text text_;
};

// A quote that begins with what it is, as in "Note: ".
void begin_admonition(MarkdownWriter& out, std::string_view title);

}  // namespace sluice::markup
