// SPDX-License-Identifier: Apache-2.0
//
// Vertical writing in a font that knows only horizontal writing: each glyph is put below the one
// before. Such glyphs are given the direction that they are read in.
#pragma once

#include "../page/content.hpp"

namespace sluice::pdf {

// Turns the page's ideographs to a direction of their own if most of them stand below each other.
void find_vertical_writing(PageContent& page);

}  // namespace sluice::pdf
