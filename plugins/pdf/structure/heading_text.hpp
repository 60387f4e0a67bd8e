// SPDX-License-Identifier: Apache-2.0
//
// What the text of a heading says: its numbering, and whether it is the title of an outline.
#pragma once

#include <string>
#include <string_view>

namespace sluice::pdf {

// Letters and digits only, in lower case: for comparing a line with an outline entry.
std::string outline_key(std::string_view text);
// What may stand before a title that the outline has without: "12", "iv", "chapter2", "appendixa".
bool is_numbering(std::string_view key);

bool has_letters_of_any_script(std::string_view text);
// "2.1.3 Title": how many numbers; 0 for none.
int numbering_depth(std::string_view text);
// "IV. Results"
bool has_roman_number(std::string_view text);

}  // namespace sluice::pdf
