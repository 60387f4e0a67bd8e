// SPDX-License-Identifier: Apache-2.0
//
// Text that a page hides (the attribute hidden, display:none, visibility:hidden, aria-hidden). It
// is left out, as a reader of the page does not see it; what it says is counted.
#pragma once

#include <cstdint>
#include <sluice/left_out.hpp>
#include <vector>

#include "dom.hpp"

namespace sluice::html {

// A count of hidden elements, to be filled by count_hidden_text.
LeftOut hidden_elements();

// Adds what each hidden element of the page says (`marks`: of mark_layout). Not counted: what is
// in dropped parts, scripts, styles and the like; signs without a word; what the page also shows
// (headings that stand there a second time for small screens); other forms of formulas.
void count_hidden_text(const Dom& dom, const std::vector<std::uint8_t>& marks, LeftOut& left);

// Adds the note about those of one page, if there are any.
void tell_hidden_text(const Dom& dom, const std::vector<std::uint8_t>& marks, Job& job);

}  // namespace sluice::html
