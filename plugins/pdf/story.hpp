// SPDX-License-Identifier: Apache-2.0
//
// The document between layout and structure: lines, tables and images of all pages in reading
// order. Text is kept once, in one string; everything else points into it.
#pragma once

#include <cstdint>
#include <sluice/plugin.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "geometry.hpp"
#include "page/content.hpp"

namespace sluice::pdf {

enum class Shift : std::uint8_t { kNone, kSuperscript, kSubscript };

// A run of one look.
struct Span {
  std::uint32_t text = 0;  // offset into Story::text, UTF-8
  std::uint32_t bytes = 0;
  std::uint16_t face = 0;
  Shift shift = Shift::kNone;
  std::int32_t link = -1;  // index into Story::links
};

struct Line {
  std::uint32_t first_span = 0;
  std::uint32_t spans = 0;
  Box box;  // in the frame of its direction; mirrored on right-to-left pages, where x runs to the
            // left
  float baseline = 0;
  float size = 0;       // of most of its glyphs
  float column_x0 = 0;  // the ground that its column of text covers
  float column_x1 = 0;
  float first_word = 0;  // width of its first word
  float above = 0;       // paper above its box, and below it, in the frame of its direction
  float below = 0;
  float paper = 0;      // height of the paper, same frame
  float first_gap = 0;  // behind its first word, and before its last one, as parts of its size
  float last_gap = 0;
  bool is_parted = false;  // by a wide gap, and not behind a number: two texts in one line
  std::uint32_t chars = 0;
  std::uint16_t face = 0;
  std::uint16_t page = 0;   // index into Story::pages
  std::int32_t column = 0;  // equal for lines of one column; unique in the document
  Role role = Role::kNone;
  std::uint8_t level = 0;
  std::int32_t element = -1;
  bool bold = false;
  bool italic = false;
  bool mono = false;
  bool backwards =
      false;  // runs against its page: left to right on a right-to-left one, or the reverse
  bool is_drawn = false;       // of a label in a drawing
  bool broken_before = false;  // in a cell or a drawing: its line is not the rest of the one above
  bool glued_before = false;   // in a cell: its first word is the rest of the last one above
  bool turned = false;         // not in the page's main direction
};

struct Cell {
  std::uint32_t first_line = 0;
  std::uint32_t lines = 0;
  std::uint16_t column = 0;
  std::uint16_t column_span = 1;
  std::uint16_t row_span = 1;
};

struct TableRow {
  std::vector<Cell> cells;
};

struct Table {
  std::vector<TableRow> rows;
  std::uint32_t columns = 0;
  Box box;
};

struct StoryImage {
  sluice_asset asset = 0;
  std::string alt;
  Box box;
  bool is_repeated = false;  // on every page at this place, and shown before
};

enum class PieceKind : std::uint8_t { kLine, kTable, kImage };

struct Piece {
  PieceKind kind = PieceKind::kLine;
  std::uint32_t index = 0;
  std::uint16_t page = 0;
};

struct StoryPage {
  int number = 0;
  float width = 0;
  float height = 0;
  std::uint32_t first_piece = 0;
};

struct Story {
  std::string text;
  std::vector<Span> spans;
  std::vector<Line> lines;
  std::vector<Table> tables;
  std::vector<StoryImage> images;
  std::vector<std::string> links;
  std::vector<Piece> pieces;
  std::vector<StoryPage> pages;
  std::int32_t columns = 0;

  std::string_view text_of(const Span& span) const {
    return std::string_view(text).substr(span.text, span.bytes);
  }
  // A line's text without its looks.
  std::string text_of(const Line& line) const;
};

}  // namespace sluice::pdf
