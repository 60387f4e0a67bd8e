// SPDX-License-Identifier: Apache-2.0
//
// What stands at the edges of the paper: the lines, and the rows of tables, among which headers,
// footers and page numbers are. Each with the numbers in it, since one of them may count pages.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "../story.hpp"

namespace sluice::pdf {

// A number in a line's text: digits, or a Roman number where a page number may stand.
struct EdgeNumber {
  std::size_t begin = 0;  // bytes of the text
  std::size_t end = 0;
  std::int32_t value = 0;
};

struct EdgeLine {
  std::uint16_t page = 0;
  bool at_foot = false;
  bool turned = false;
  float offset = 0;  // from the edge of the paper, in points
  float size = 0;
  bool bold = false;
  float first_gap = 0;  // as of Line
  float last_gap = 0;
  std::string text;
  std::vector<EdgeNumber> numbers;
  std::vector<std::uint32_t> lines;  // indices into Story::lines
  std::int32_t table = -1;           // of a row: index into Story::tables
  std::uint32_t row = 0;
};

// Page by page; of each page first those at the head, then those at the foot, the outermost first.
std::vector<EdgeLine> find_edge_lines(const Story& story);

// "12", "- 12 -", "Page 3 of 6", "iv", "A-6": nothing but numbers and the words around them.
bool is_only_page_number(const EdgeLine& line);
// The same of a line, if it is at an edge of the paper. `index`: into Story::lines.
bool is_page_number(const Story& story, std::uint32_t index);
// "Page 3": whether a word for pages stands before or behind the number.
bool has_page_word(const EdgeLine& line, const EdgeNumber& number);

}  // namespace sluice::pdf
