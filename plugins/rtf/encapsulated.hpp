// SPDX-License-Identifier: Apache-2.0
//
// HTML and plain text that mail programs carry in RTF ([MS-OXRTFEX]).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::rtf {

enum class Encapsulated : std::uint8_t { kNothing, kHtml, kText };

// What an RTF document carries, as its header says (2.1.1).
Encapsulated encapsulated_in(std::string_view rtf);

// The document that was put into RTF, as UTF-8 (2.1.3). REQUIRES: encapsulated_in says that there
// is one. Linear in the size of `rtf`, and never longer than 8 bytes for each of its own.
std::string de_encapsulated(std::string_view rtf);

}  // namespace sluice::rtf
