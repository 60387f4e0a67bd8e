// SPDX-License-Identifier: Apache-2.0
//
// The discs, squares and dashes before the items of a list. Recognition reads them as letters ("e",
// "*", "o") or not at all, since a mark alone is dust to it. Their shape is plain.
#pragma once

#include <vector>

#include "engine.hpp"
#include "page_image.hpp"

namespace sluice::ocr {

// A solid disc or square, as a bullet is. `row`: the height of its line, in pixels.
bool is_solid_mark(Pix* ink, const Area& area, float row);

// Words that begin a line and are a bullet's shape become "•".
void mark_bullets(Pix* ink, std::vector<ReadWord>& words);

// Adds the bullets and the lone dashes among marks in which nothing was read: where they stand
// before a line, or level with lines as a dash in a table's cell does.
void add_bullets(Pix* ink, const std::vector<Area>& unread, std::vector<ReadWord>& words);

}  // namespace sluice::ocr
