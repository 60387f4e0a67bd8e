// SPDX-License-Identifier: Apache-2.0
//
// Footnotes: small text in the lower part of a page that begins with a mark, which is called above
// by the same mark, raised.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "../story.hpp"
#include "blocks.hpp"
#include "profile.hpp"

namespace sluice::pdf {

// The mark of a note without blanks and without what encloses it: "12" of "(12)", "3" of "3) ".
std::string note_mark(std::string_view text);

// Turns paragraphs that are footnotes into such, with labels that are unique in the document.
void find_footnotes(const Story& story, const Profile& profile, std::vector<Block>& blocks);

}  // namespace sluice::pdf
