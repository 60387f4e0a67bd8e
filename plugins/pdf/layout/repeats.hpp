// SPDX-License-Identifier: Apache-2.0
//
// Text that a page draws a second time: a little aside, to look bold, or once without its thin
// signs.
#pragma once

#include <cstdint>
#include <vector>

#include "../page/content.hpp"

namespace sluice::pdf {

// Leaves out words of a row that say no more than others at their place. `words`: indices in the
// page; those of the row are [from, end), from left to right. Moves the rest up, and returns its
// end.
std::size_t drop_repeats(const PageContent& page, std::vector<std::uint32_t>& words,
                         std::size_t from, std::size_t end);

}  // namespace sluice::pdf
