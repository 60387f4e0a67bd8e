// SPDX-License-Identifier: Apache-2.0
//
// Words of one direction to segments: pieces of a row of text without a wide gap. Superscripts and
// subscripts join the segment they stand at.
#pragma once

#include <cstdint>
#include <vector>

#include "../page/content.hpp"
#include "trace.hpp"

namespace sluice::pdf {

enum class SegmentKind : std::uint8_t { kText, kTable, kImage, kDrawing };

struct Segment {
  Box box;
  float baseline = 0;
  float size = 0;
  std::uint32_t row = 0;        // equal for segments on one baseline
  std::uint32_t cells_row = 0;  // equal for those of one row of cells, too
  std::uint32_t first = 0;      // into Segments::words
  std::uint32_t words = 0;
  std::uint32_t chars = 0;
  SegmentKind kind = SegmentKind::kText;
  std::uint32_t index = 0;        // of a table, an image or a drawing
  bool is_marker = false;         // a bullet or a list number, nothing else
  bool is_marker_behind = false;  // the same, of text that runs against the page
  bool backwards = false;         // most of its words do
  bool is_code = false;           // monospaced on a page that is not
  bool is_entry = false;          // a row of a table of contents
  bool leads = false;             // dots lead from it to the next segment of its row
  bool placed = false;            // see Word::placed; of its first word
  // What its text is and how it begins and ends: evidence for how a region is read.
  bool is_numbering = false;   // "1.", "1.1", "(a)", "§ 5": the number of a clause
  bool is_date = false;        // "2019 - 2023", "March 2024"
  bool begins_item = false;    // with a bullet
  bool is_comment = false;     // behind a line of an algorithm
  bool begins_lower = false;   // with a small letter: text that goes on
  bool ends_in_colon = false;  // a label
  bool is_bold = false;        // every word
  bool begins_cjk = false;     // lines may be broken before its every character
  bool is_figure = false;      // a number, an amount, a dash for nothing
  bool is_year = false;        // "2023"
  bool is_currency = false;    // "$", alone
  float first_word = 0;        // its width, in points
  bool is_sign = false;        // neither letter nor digit in it: a bullet, a dash
};

struct Segments {
  std::vector<std::uint32_t> words;  // indices into PageContent::words, each segment's by x
  std::vector<Segment> all;          // by row, then x; parts of others are at the end
  // Parts of the font's size: from here on, a gap may be one between cells. Less where operators
  // of the page say which words they place (kPlacedCells).
  float cell_gap = 0;
  // Whose words they are; set with the evidence, for as long as the page is laid out.
  const PageContent* page = nullptr;
  const std::vector<Face>* faces = nullptr;
};

// LibreOffice, Chromium and others show each cell of a table by an operator of its own, and a line
// of text, blanks included, without a jump. A word that is placed apart may then begin a cell,
// though it is hardly a blank away from the cell before it.
constexpr std::string_view kPlacedCells = "placed-cells";

// `chosen`: the words to take, of one direction. `out` is filled anew.
void make_segments(const PageContent& page, const std::vector<std::uint32_t>& chosen,
                   const RuleSettings& settings, Segments& out);

// "•", "–", "1.", "(a)", "iv)": what stands before an item of a list.
bool is_list_marker(std::string_view text);
// "3.1.", "2.4.1."
bool is_outline_number(std::string_view text);

}  // namespace sluice::pdf
