// SPDX-License-Identifier: Apache-2.0
//
// Dots that lead the eye from a label to its value, across a table or a price list. They are drawn
// text, but say nothing: they part their label from the value, and are left out. Where dots are a
// place to write on, or lead to a page number, they stay.
#pragma once

#include <cstdint>
#include <vector>

#include "segments.hpp"

namespace sluice::pdf {

// Marks the words of `chosen`, which are of one direction, that are such dots (Word::is_leader):
// five or more on one line, equally far from each other, whether or not words stand over them, with
// text on both sides. A line that ends in dots has to be filled in.
void mark_leaders(PageContent& page, const std::vector<std::uint32_t>& chosen);

// Parts segments at their leaders and takes these out. Entries of a table of contents keep theirs.
void drop_leaders(const PageContent& page, Segments& segments);

}  // namespace sluice::pdf
