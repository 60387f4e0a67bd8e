// SPDX-License-Identifier: Apache-2.0
//
// What divides the cells of a CSV text, and how many of its rows stand above the table.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace sluice::csv {

struct TableShape {
  char delimiter = ',';
  // Rows at the start that are no part of the table: titles, the preamble of a bank's statement,
  // comments. Counted as RowReader does.
  std::size_t leading_rows = 0;
};

// The shape that a text most likely has. The body decides: of tab, semicolon, pipe and comma the
// one that divides most rows into equally many cells (two at least). A comma if there is none, or a
// tab if all commas are decimal ones. `sample`: the first bytes of the text (UTF-8), which may end
// in the middle of a row.
TableShape guess_shape(std::string_view sample);

// The same where the delimiter is known.
TableShape shape_with(std::string_view sample, char delimiter);

// The delimiter that a first line "sep=;" names, as spreadsheets write it. `sample` as above.
std::optional<char> named_delimiter(std::string_view sample);

}  // namespace sluice::csv
