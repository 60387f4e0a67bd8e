// SPDX-License-Identifier: Apache-2.0
//
// Tables of AsciiDoc: cells that begin with `|` and what they say about themselves in front of it.
#pragma once

#include <cstdint>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "markup/asciidoc/document.hpp"

namespace sluice::markup::asciidoc {

struct Cell {
  std::uint32_t columns = 1;
  std::uint32_t rows = 1;
  std::size_t column = 0;  // where it stands
  char style = 0;  // 'a' holds blocks, 'm' and 'l' are code, 's' strong, 'e' emphasis, 'h' a header
  std::string text;
};

struct Column {
  Align align = Align::kNone;
  char style = 0;
};

struct Table {
  std::vector<Column> columns;  // may be empty: not said
  std::vector<std::vector<Cell>> rows;
  bool is_cut = false;  // copies of repeated cells are missing
};

// The table in the lines between two delimiters. `delimiter`: "|===", ",===" (comma-separated),
// ":===", "!===".
Table read_table(const Lines& lines, std::string_view delimiter, const BlockAttributes& block);

}  // namespace sluice::markup::asciidoc
