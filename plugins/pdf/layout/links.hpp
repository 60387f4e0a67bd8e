// SPDX-License-Identifier: Apache-2.0
//
// Words and the areas of links over them.
#pragma once

#include "../story.hpp"

namespace sluice::pdf {

// Gives words the links whose areas they are in. Punctuation that stands outside of an area is cut
// from its word: "see the HOWTO." does not link its stop.
void place_links(PageContent& page, Story& story);

}  // namespace sluice::pdf
