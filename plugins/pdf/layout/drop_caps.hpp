// SPDX-License-Identifier: Apache-2.0
//
// Initials as high as several lines of text: brought to the first of them, whose first word they
// begin.
#pragma once

#include <cstdint>
#include <vector>

#include "../page/content.hpp"

namespace sluice::pdf {

// `chosen`: the words to look at, of one direction.
void lower_drop_caps(PageContent& page, const std::vector<std::uint32_t>& chosen);

}  // namespace sluice::pdf
