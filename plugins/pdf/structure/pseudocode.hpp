// SPDX-License-Identifier: Apache-2.0
//
// Algorithms as papers print them: in the fonts of their text, with keywords in bold. Each line is
// one of its own, and its indent is part of what it says.
#pragma once

#include <vector>

#include "../story.hpp"
#include "columns.hpp"

namespace sluice::pdf {

// Which lines are of an algorithm. `skip`: lines that are left out of the document.
std::vector<bool> find_pseudocode(const Story& story, const std::vector<Face>& faces,
                                  const std::vector<bool>& skip, const Columns& columns);

}  // namespace sluice::pdf
