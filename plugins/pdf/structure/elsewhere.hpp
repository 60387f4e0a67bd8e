// SPDX-License-Identifier: Apache-2.0
//
// Paragraphs and items that go on in the next column or on the next page.
#pragma once

#include <string>
#include <vector>

#include "blocks.hpp"
#include "columns.hpp"

namespace sluice::pdf {

// Whether the block, which ends in line `before`, goes on with `line` of another column. What
// stands between the two is for the caller to judge. `text`: of `line`.
bool goes_on_elsewhere(const Story& story, const Columns& columns, const Block& block,
                       const Line& before, const Line& line, const std::string& text);

// Puts blocks together of which one goes on behind the notes at the foot of its column.
void join_over_notes(const Story& story, const Columns& columns, std::vector<Block>& blocks);

}  // namespace sluice::pdf
