// SPDX-License-Identifier: Apache-2.0
//
// Words that stand turned among level ones: heads of narrow columns, labels of axes. Where most of
// a page is level, recognition reads their letters one by one, as what they look like when they
// lie.
#pragma once

#include <vector>

#include "engine.hpp"
#include "page_image.hpp"

namespace sluice::ocr {

// Places that are read turned: letters stand close above each other there, and level reading found
// no sure word. `row`: the height of most lines, in pixels.
std::vector<Area> turned_places(const PageImage& page, const std::vector<ReadWord>& words,
                                float row);

// `found`: what was read at this place, running up or down. It replaces what level reading made of
// the place, if it is surer.
void choose_turned(const Area& place, std::vector<ReadWord> found, std::vector<ReadWord>& words);

}  // namespace sluice::ocr
