// SPDX-License-Identifier: Apache-2.0
//
// Headers, footers and page numbers: what stands at the same edge of many pages, the same but for
// its numbers, or beside the page's own number.
#pragma once

#include <vector>

#include "../story.hpp"
#include "profile.hpp"

namespace sluice::pdf {

// For each line of the story, whether it is one.
std::vector<bool> find_running_lines(const Story& story, const Profile& profile);

}  // namespace sluice::pdf
