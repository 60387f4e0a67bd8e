// SPDX-License-Identifier: Apache-2.0
//
// Headers, footers and page numbers: what stands at the same edge of many pages, the same but for
// its numbers.
#pragma once

#include <vector>

#include "../story.hpp"

namespace sluice::pdf {

// For each line of the story, whether it is one.
std::vector<bool> find_running_lines(const Story& story);

}  // namespace sluice::pdf
