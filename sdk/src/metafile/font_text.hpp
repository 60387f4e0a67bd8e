// SPDX-License-Identifier: Apache-2.0
//
// The text of a record as UTF-8: wide, or in the encoding of its font.
#pragma once

#include <string>
#include <string_view>

#include "metafile/device.hpp"

namespace sluice::metafile {

// Symbols of a symbol font become the characters that they show.
std::string font_text(std::string_view bytes, bool is_wide, const Font& font);

}  // namespace sluice::metafile
