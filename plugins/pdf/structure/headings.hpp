// SPDX-License-Identifier: Apache-2.0
//
// Which lines are headings, and of which level: by the document's tags, its outline, or else by
// size and weight against the running text.
#pragma once

#include <cstdint>
#include <vector>

#include "../outline_entry.hpp"
#include "../story.hpp"
#include "columns.hpp"
#include "profile.hpp"

namespace sluice::pdf {

struct Headings {
  std::vector<std::uint8_t> levels;  // of each line; 0 for none
  std::vector<bool> begins;          // lines that do not go on in the heading above
  // Of lines that are a caption: its first line. -1 for others.
  std::vector<std::int32_t> captions;
};

// `skip`: lines that are left out of the document.
Headings find_headings(const Story& story, const std::vector<Face>& faces,
                       const std::vector<bool>& skip, const std::vector<OutlineEntry>& outline,
                       const Profile& profile, const Columns& columns);

}  // namespace sluice::pdf
