// SPDX-License-Identifier: Apache-2.0
//
// Lines to blocks: where paragraphs begin and end, what is an item, code or a footnote, and what
// goes on over columns and pages.
#pragma once

#include <vector>

#include "../outline_entry.hpp"
#include "blocks.hpp"

namespace sluice::pdf {

// `running`: for each line of the story, whether it is a header or a footer, which is left out.
std::vector<Block> build_blocks(const Story& story, const std::vector<Face>& faces,
                                const std::vector<OutlineEntry>& outline,
                                const std::vector<bool>& running);

}  // namespace sluice::pdf
