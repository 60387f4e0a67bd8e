// SPDX-License-Identifier: Apache-2.0
//
// Which lines are headings, and of which level: by the document's tags, its outline, or else by
// size and weight against the running text.
#pragma once

#include <cstdint>
#include <vector>

#include "../outline_entry.hpp"
#include "../story.hpp"
#include "profile.hpp"

namespace sluice::pdf {

// For each line its heading's level, 0 for none. `skip`: lines that are left out of the document.
std::vector<std::uint8_t> find_headings(const Story& story, const std::vector<Face>& faces,
                                        const std::vector<bool>& skip,
                                        const std::vector<OutlineEntry>& outline,
                                        const Profile& profile);

}  // namespace sluice::pdf
