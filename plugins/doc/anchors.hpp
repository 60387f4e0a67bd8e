// SPDX-License-Identifier: Apache-2.0
//
// What hangs at places of the text: calls of notes and comments, bookmarks, shapes.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "doc/fib.hpp"

namespace sluice::doc {

struct Note {
  std::uint32_t call = 0;  // its place in the body
  StoryRange text;
  std::string author;  // of a comment
};

struct Anchors {
  std::vector<Note> footnotes, endnotes, comments;
  std::map<std::uint32_t, std::string> calls;           // XML, by the place of the call
  std::multimap<std::uint32_t, std::string> bookmarks;  // names, by their first place
  std::map<std::uint32_t, std::uint32_t> shapes;        // numbers, by place
  std::map<std::uint32_t, StoryRange> boxes;            // texts of shapes, by number
};

Anchors read_anchors(const Streams& streams);

// Strings behind their counts of characters ([MS-DOC] 2.9.352).
std::vector<std::string> counted_strings(std::string_view bytes);

// The text of a note, without the mark that ends it.
std::vector<StoryRange> note_ranges(std::string_view places, const StoryRange& story,
                                    std::size_t count);

}  // namespace sluice::doc
