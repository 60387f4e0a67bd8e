// SPDX-License-Identifier: Apache-2.0
//
// What looks like a heading and is none: captions, formulas.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "../story.hpp"

namespace sluice::pdf {

// "Figure 1-1. Pages", "Table A-3": a word for such a thing, and its number.
bool is_caption(std::string_view text);

// "e = 1 + x", larger than the text around it: signs and names of one or two letters. What is
// raised or lowered is no part of a word.
// `lines`: indices into Story::lines.
bool is_formula(const Story& story, const std::vector<std::uint32_t>& lines);

}  // namespace sluice::pdf
