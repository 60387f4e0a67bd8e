// SPDX-License-Identifier: Apache-2.0
//
// Character references: `&amp;`, `&amp`, `&#38;`, `&#x26;` (HTML 13.2.5.72 to 13.2.5.80).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sluice::html::parser {

enum class ReferenceIn { kText, kAttribute };

// Reads the reference that begins at `text[at]`, an ampersand, and appends what it stands for;
// returns how long it is, or 0 if there is none (then the ampersand is only itself).
std::size_t read_reference(std::string_view text, std::size_t at, ReferenceIn where,
                           std::string& out);

}  // namespace sluice::html::parser
