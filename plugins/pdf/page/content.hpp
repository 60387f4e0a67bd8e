// SPDX-License-Identifier: Apache-2.0
//
// What one page shows, as found in a single pass over its content: plain values, nothing of
// poppler. Words are in the order of the content stream; layout brings them into reading order.
#pragma once

#include <cstdint>
#include <sluice/plugin.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "../geometry.hpp"

namespace sluice::pdf {

// A typeface of the document, by what it means for structure.
struct Face {
  std::string name;
  bool bold = false;
  bool italic = false;
  bool mono = false;
  bool symbol = false;    // mathematics, dingbats: says nothing about weight or slant
  bool dingbats = false;  // its letters are pictures
};

// Glyphs that belong together: no blank and no jump between them.
struct Word {
  Box box;                 // in the frame of its direction
  float baseline = 0;      // y, same frame
  float size = 0;          // of the font, in points
  std::uint32_t text = 0;  // offset into PageContent::text, UTF-8
  std::uint32_t bytes = 0;
  std::uint16_t chars = 0;
  std::uint16_t face = 0;
  std::uint8_t direction = 0;  // index into PageContent::directions
  bool blank_before = false;   // a blank glyph stands before it
  bool placed = false;         // moved to by an operator, from elsewhere than the last text's end
  bool right_to_left = false;  // its text is then as it looks, from left to right
  bool is_leader = false;      // dots between a label and its value; set by layout
  bool scaled = false;         // wider or narrower than its font: not a sign of structure
  std::uint32_t clip = 0;      // differs where other parts of the paper may be drawn on; 0: all
  std::int32_t mark = -1;      // index into PageContent::marks
  std::int32_t link = -1;      // index into PageContent::links
};

// A direction of writing: the angle by which text is turned clockwise, and its frame: x runs along
// the text, y from line to line.
struct Direction {
  int degrees = 0;
  float cosine = 1;
  float sine = 0;
  std::uint32_t chars = 0;

  // From the page's frame into this one, and back.
  Box from_page(const Box& box) const;
  Box to_page(const Box& box) const;
};

// The direction of text that is turned clockwise by so many quarters, 0 to 3; its place in a list,
// to which it is added if it is not there.
Direction quarter_direction(int quarters);
std::uint8_t direction_index(int quarters, std::vector<Direction>& directions);

// A straight rule, or an edge of a filled box, in the page's frame. Thin in one direction.
struct Rule {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  bool horizontal = false;
};

// A straight line off both axes, from end to end, in the page's frame.
struct Slant {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};

struct LinkArea {
  Box box;  // page's frame
  std::string uri;
};

struct PlacedImage {
  Box box;  // page's frame
  sluice_asset asset = 0;
  std::string alt;
  std::int32_t mark = -1;
};

// What the document's own structure says about a piece of content (ISO 32000-1, 14.8.4).
enum class Role : std::uint8_t {
  kNone,
  kParagraph,
  kHeading,
  kListLabel,
  kListBody,
  kTableCell,
  kHeaderCell,
  kNote,
  kCode,
  kQuote,
  kCaption,
  kFigure,
  kContents,
  kArtifact,
};

struct Mark {
  Role role = Role::kNone;
  std::uint8_t level = 0;     // of a heading; nesting of a list
  std::int32_t element = -1;  // the block it belongs to: equal for pieces of one paragraph
  std::int32_t row = -1;      // of a table cell
  std::int32_t table = -1;
  std::uint16_t column_span = 1;
  std::uint16_t row_span = 1;
};

struct PageContent {
  int number = 0;
  float width = 0;
  float height = 0;
  std::string text;
  std::vector<Word> words;
  std::vector<Direction> directions;
  std::vector<Rule> rules;
  std::vector<Slant> slants;  // some thousands at most
  std::vector<LinkArea> links;
  std::vector<PlacedImage> images;
  std::vector<Mark> marks;
  std::vector<std::string> outside;  // text that nobody sees, outside of the page's edges
  std::uint32_t images_left_out = 0;
  std::uint32_t images_waiting = 0;  // there once the page is read again with ImageWork::kEncode
  bool is_unreadable = false;        // most of its text means nothing
  std::uint32_t lost_glyphs = 0;     // shown as U+FFFD: nothing says what they mean
  bool right_to_left = false;        // most of its letters are; set by layout
  bool mostly_mono = false;          // set by layout
  bool cut_off = false;              // more glyphs than a page may have

  std::string_view text_of(const Word& word) const {
    return std::string_view(text).substr(word.text, word.bytes);
  }
  void clear();
};

}  // namespace sluice::pdf
