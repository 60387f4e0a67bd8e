// SPDX-License-Identifier: Apache-2.0
//
// The boxes and menus of a form ([MS-DOC] 2.9.78): they have no text of their own in the document.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::doc {

// What the form field whose facts stand at `place` in the data stream shows: "☒", "☐", or the
// entry of a menu that was chosen. Empty for a field of text, which has a result, and for one that
// cannot be read.
std::string form_text(std::string_view data, std::uint32_t place);

}  // namespace sluice::doc
