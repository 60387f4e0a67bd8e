// SPDX-License-Identifier: Apache-2.0
//
// What divides the cells of a CSV text.
#pragma once

#include <optional>
#include <string_view>

namespace sluice::csv {

// The delimiter that the start of a text most likely has: of tab, semicolon, comma and pipe the one
// that divides the most of the first rows into as many cells as the first (two at least); a comma
// if there is none. `sample`: the first bytes of the text (UTF-8), which may end in the middle of a
// row.
char guess_delimiter(std::string_view sample);

// The delimiter that a first line "sep=;" names, as spreadsheets write it. `sample` as above.
std::optional<char> named_delimiter(std::string_view sample);

}  // namespace sluice::csv
