// SPDX-License-Identifier: Apache-2.0
//
// Brackets over several lines, as around a matrix, are drawn of pieces: an upper end, a lower end,
// and what is between them. Each piece would be a line of its own.
#pragma once

#include <cstdint>
#include <vector>

#include "../page/content.hpp"

namespace sluice::pdf {

// Makes one bracket of the pieces of each, on the line of text in its middle. The other pieces are
// taken out of `chosen`, whose words are of one direction.
void join_tall_brackets(PageContent& page, std::vector<std::uint32_t>& chosen);

}  // namespace sluice::pdf
