// SPDX-License-Identifier: Apache-2.0
//
// Headings that look like the text, and only stand alone: short lines with paper above and below,
// in a document that tells its paragraphs by indents.
#pragma once

#include <vector>

#include "../story.hpp"
#include "columns.hpp"
#include "profile.hpp"

namespace sluice::pdf {

// For each line of the story, whether it is such a heading. `skip`: lines that are left out of the
// document. One alone is none.
std::vector<bool> find_lone_lines(const Story& story, const std::vector<bool>& skip,
                                  const Profile& profile, const Columns& columns);

}  // namespace sluice::pdf
