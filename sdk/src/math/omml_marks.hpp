// SPDX-License-Identifier: Apache-2.0
//
// The marks that Office Math names by a character: accents over and under, and delimiters.
#pragma once

#include <string_view>

namespace sluice::omml {

// The command that sets a combining or spacing character over (or under) its argument: `\hat` for
// U+0302, `\overline` for U+0305. Empty if it is no accent.
std::string_view accent_command(char32_t character);

// What stands behind `\left` or `\right` for a delimiter: `.` for none (an empty text), empty for
// one that cannot stretch. Only the first character of `delimiter` counts.
std::string_view stretching_delimiter(std::string_view delimiter);

}  // namespace sluice::omml
