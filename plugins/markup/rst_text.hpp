// SPDX-License-Identifier: Apache-2.0
//
// Text of reStructuredText within a paragraph (docutils, "Inline markup").
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "markup/source.hpp"

namespace sluice::markup {

// What the document defines somewhere and text refers to, by names in lower case with single
// blanks.
struct RstNames {
  PlaceNames targets;  // where a link leads: an address, or "#anchor" of a heading here
  PlaceNames ids;      // of places here, as docutils makes them of names: to "#anchor"
  PlaceNames titles;   // of places that are headings, to what the heading says
  std::map<std::string, std::string, std::less<>> substitutions;  // text
  std::map<std::string, std::string, std::less<>>
      images;  // substitutions that are images: their addresses
  std::set<std::string, std::less<>> notes;
};
std::string rst_name(std::string_view text);
// The label of a note that is written "[1]", "[name]", "[#name]", or, with a number of its own,
// "[#]" or "[*]"; `automatic` counts those.
std::string note_label(std::string_view written, std::size_t& automatic);
// All that a document defines, but places in it.
RstNames find_rst_names(const Lines& lines);
// Adds those: "_name:" above a heading or in its section, and the titles of sections.
void find_rst_places(const Lines& lines, Job& job, RstNames& names);

class RstText {
 public:
  RstText(Output& to, const RstNames& names) : to_(to), out_(to.out), names_(names) {}

  void write(std::string_view text, int depth = 0);

 private:
  std::size_t construct(std::string_view text, std::size_t at, std::string& plain, int depth);
  std::size_t delimited(std::string_view text, std::size_t at, std::string_view mark,
                        std::string& plain, int depth);
  std::size_t interpreted(std::string_view text, std::size_t at, std::string& plain, int depth);
  void role(std::string_view role, std::string_view text, int depth);
  void reference(std::string_view text);
  void place_reference(std::string_view text);
  std::size_t name_reference(std::string_view text, std::size_t at, std::string& plain);
  std::size_t note(std::string_view rest, std::string& plain);
  std::size_t substitution(std::string_view rest, std::string& plain, int depth);
  void flush(std::string& plain);

  Output& to_;
  MarkdownWriter& out_;
  const RstNames& names_;
  std::size_t automatic_notes_ = 0;
  std::size_t substituted_ = 0;
};

}  // namespace sluice::markup
