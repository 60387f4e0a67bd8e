// SPDX-License-Identifier: Apache-2.0
//
// What a reader of RTF hands on, block by block: paragraphs of pieces, and tables of blocks.
#pragma once

#include <cstdint>
#include <optional>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <variant>
#include <vector>

namespace sluice::rtf {

constexpr std::uint8_t bit(Style style) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(style));
}
inline constexpr Style kAllStyles[] = {Style::kStrong,    Style::kEmphasis,    Style::kStrike,
                                       Style::kSubscript, Style::kSuperscript, Style::kUnderline,
                                       Style::kHighlight};

struct Piece {
  enum class Kind : std::uint8_t {
    kText,
    kBreak,
    kImage,     // `asset`; `text` describes it
    kChild,     // a link to `child`, a document within this one, that `text` names
    kNote,      // `note`
    kMath,      // `text`, as TeX
    kDisplay,   // the same, on a line of its own
    kLink,      // begins a link to `text`
    kPlace,     // begins a link to the bookmark `text`
    kLinkEnd,   // ends either
    kBookmark,  // the place that `text` names
  };
  Kind kind = Kind::kText;
  std::uint8_t styles = 0;  // a bit per Style
  bool code = false;        // set in a font, or a style, for code
  std::uint32_t note = 0;
  sluice_asset asset = 0;
  sluice_child child = 0;
  std::string text;

  bool is_content() const {
    return kind == Kind::kImage || kind == Kind::kNote || kind == Kind::kMath ||
           kind == Kind::kDisplay || kind == Kind::kChild || (kind == Kind::kText && is_visible());
  }

 private:
  bool is_visible() const;
};

// Numbers and bullets of before Word 97 (`\pn`).
struct OldNumber {
  bool is_bullet = false;
  bool is_continued = false;  // belongs to an item and has no label of its own
  std::int32_t level = 0;
  std::int64_t start = 1;
  const char* format = "decimal";  // as list_number takes it
  std::string before;
  std::string after;
};

struct ParagraphFormat {
  std::int32_t style = 0;
  std::int32_t list = 0;  // `\ls`; 0: none
  std::int32_t level = 0;
  std::int32_t outline = -1;  // 0 is the first level
  std::int32_t left = 0;      // twentieths of a point
  std::int32_t right = 0;
  std::int32_t itap = 0;  // how deep in tables; 0 with in_table means 1
  bool in_table = false;
  bool has_rule = false;  // a line below it
  Align align = Align::kNone;
  std::int32_t old_number = -1;  // into Paragraphs' own list of OldNumber; -1: none

  std::int32_t table_depth() const { return itap > 0 ? itap : in_table ? 1 : 0; }
};

struct Paragraph {
  ParagraphFormat format;
  std::optional<OldNumber> old_number;
  // What a reader without lists shows in front of an item; nothing if the writer gave none.
  std::optional<std::string> label;
  bool ends_in_code = false;  // the font of its end is one for code: an empty line of code
  std::vector<Piece> pieces;

  bool has_content() const;
};

struct Table;
using Block = std::variant<Paragraph, Table>;

struct Cell {
  std::uint32_t columns = 1;
  std::uint32_t rows = 1;  // 0: goes on from the cell above
  Align align = Align::kNone;
  std::vector<Block> blocks;
};

struct Row {
  std::uint32_t before = 0;  // empty columns in front of the first cell
  std::vector<Cell> cells;
};

struct Table {
  std::vector<Row> rows;
};

// The words of these blocks, one blank between paragraphs.
std::string text_of(const std::vector<Block>& blocks);

struct Note {
  bool is_comment = false;
  std::string author;  // of a comment
  std::string mark;    // of the author's own: it is no part of the note's text
  std::vector<Block> blocks;
};

}  // namespace sluice::rtf
