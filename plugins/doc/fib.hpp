// SPDX-License-Identifier: Apache-2.0
//
// The streams of a Word document and where in them everything stands: the file information block
// ([MS-DOC] 2.5).
#pragma once

#include <cstdint>
#include <sluice/compound_file.hpp>
#include <sluice/plugin.hpp>
#include <string>
#include <string_view>

namespace sluice::doc {

// 2.5.6: pairs of a place and a size in the table stream, by their number.
enum class Table : std::uint8_t {
  kStyles = 1,
  kFootnoteCalls = 2,
  kFootnotes = 3,
  kCommentCalls = 4,
  kComments = 5,
  kHeaders = 11,
  kCharacterPages = 12,
  kParagraphPages = 13,
  kFonts = 15,
  kBookmarkNames = 21,
  kBookmarkStarts = 22,
  kPieces = 33,
  kCommentAuthors = 36,
  kShapes = 40,
  kEndnoteCalls = 46,
  kEndnotes = 47,
  kDrawings = 50,
  kRevisionAuthors = 51,
  kTextBoxes = 56,
  kLists = 73,
  kListOverrides = 74,
};

// The text of a document is one run of characters, one story behind the other (2.3).
struct StoryRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct Streams {
  std::string main;   // WordDocument
  std::string table;  // 0Table or 1Table; of Word 6 and 95 there is none
  std::string data;
  bool is_whole = true;

  bool is_old = false;         // Word 6 or 95
  std::uint32_t language = 0;  // of the program that wrote it
  StoryRange body, footnotes, headers, comments, endnotes, text_boxes;

  // What stands in the table stream under that number; empty if there is nothing.
  std::string_view at(Table number) const;
};

// Throws Failure: kMalformed, kEncrypted, kUnsupported.
Streams read_streams(CompoundFile& file, std::string_view password);

// 2.2.2: places in the text, one more than there are values of `value_size` bytes behind them.
class PlaceList {
 public:
  PlaceList(std::string_view bytes, std::size_t value_size);
  // Of values.
  std::size_t size() const { return count_; }
  std::uint32_t place(std::size_t index) const;  // up to size(), inclusive
  std::string_view value(std::size_t index) const;

 private:
  std::string_view bytes_;
  std::size_t value_size_;
  std::size_t count_;
};

}  // namespace sluice::doc
