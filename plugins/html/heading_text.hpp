// SPDX-License-Identifier: Apache-2.0
//
// What a heading says in the Markdown, known before it is written: links to it need its anchor.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "dom.hpp"

namespace sluice::html {

// The text of an `<h1>` to `<h6>` as the renderer writes it, without marks of Markdown. What is
// hidden and the sign of a link to the heading itself are not in it; a picture is U+FFFC, a formula
// its TeX, and the call of a footnote its label. Blanks are collapsed. `marks`: as mark_layout
// gives them. `note_label`: of an `<a>` that calls a note, else empty.
std::string heading_text(const Dom& dom, const std::vector<std::uint8_t>& marks, NodeId heading,
                         const std::function<std::string(NodeId)>& note_label);

}  // namespace sluice::html
