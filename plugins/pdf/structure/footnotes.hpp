// SPDX-License-Identifier: Apache-2.0
//
// Footnotes: small text in the lower part of a page that begins with a mark, which is called above
// by the same mark, raised.
#pragma once

#include <vector>

#include "../story.hpp"
#include "blocks.hpp"
#include "profile.hpp"

namespace sluice::pdf {

// Turns paragraphs that are footnotes into such, with labels that are unique in the document.
void find_footnotes(const Story& story, const Profile& profile, std::vector<Block>& blocks);

}  // namespace sluice::pdf
