// SPDX-License-Identifier: Apache-2.0
//
// What an AsciiDoc file says about itself: its attributes, the places that links lead to.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "markup/source.hpp"

namespace sluice::markup::asciidoc {

// ":name: value" and ":name!:" in a line.
struct AttributeEntry {
  std::string name;
  std::string value;
  bool is_unset = false;
};
std::optional<AttributeEntry> read_attribute(std::string_view line);

// Attributes of the document, and what they stand for in text.
class Attributes {
 public:
  void apply(const AttributeEntry& entry);
  bool has(std::string_view name) const;
  // The value of an attribute, or of a character that has a name ("nbsp").
  std::optional<std::string> value(std::string_view name) const;
  // Text with each "{name}" that is known replaced by its value.
  std::string replaced(std::string_view text) const;

 private:
  void set(std::string_view name, std::string_view value);

  std::map<std::string, std::string, std::less<>> values_;
};

// "[source,ruby]", "[[id]]", "[#id.role%header,cols=2]" above a block, and ".Title".
struct BlockAttributes {
  std::string style;  // the first one without a name, in lower case: "source", "note"
  std::string title;
  std::string id;
  std::vector<std::string> positional;
  std::map<std::string, std::string, std::less<>> named;

  std::string_view positional_at(std::size_t at) const;
  std::string_view value(std::string_view name) const;
  bool has_option(std::string_view name) const;
};
// Whether a line holds attributes of the block below it.
bool is_attribute_line(std::string_view line);
bool is_title_line(std::string_view line);
// "// text": nothing that a reader sees.
bool is_remark(std::string_view line);
// Adds those in the brackets of `line` (or of a macro) to what is known.
void read_block_attributes(std::string_view line, const Attributes& attributes,
                           BlockAttributes& block);

// The heading that a line is: its level from 1 on, and its text; 0 for others.
int heading_level(std::string_view line, std::string_view& title);
// The level of a title that the line below it underlines; 0 for others.
int underlined_level(std::string_view line, std::string_view below);
// What a title says, without marks: for anchors and metadata.
std::string plain_title(std::string_view title, const Attributes& attributes);
// The line that begins and ends a block: "----", "|===", "--", "```".
bool is_delimiter(std::string_view line);

// Where links within the document lead: ids and titles of sections, to the anchors of their
// headings.
struct Places {
  PlaceNames anchors;
  std::map<std::string, std::string, std::less<>> titles;
};
// `say`: what a title will say in the Markdown, with `attributes`, which are empty at first, and
// hold at each line what the lines before it have set.
using Say = std::function<std::string(std::string_view title)>;
Places find_places(const Lines& lines, Attributes& attributes, const Say& say);

// Lines without what conditions (ifdef::) leave out, and without blocks of remarks; `to` counts the
// files that are not read (include::). Values of attributes hold from their line on.
Lines kept_lines(const Lines& lines, Output& to);

// For each line that begins a block, the line that ends it: the next one that is the same.
std::vector<std::size_t> find_block_ends(const Lines& lines);

}  // namespace sluice::markup::asciidoc
