// SPDX-License-Identifier: Apache-2.0
//
// Formulas that stand in a page's text between signs, for MathJax or KaTeX to draw.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "../dom.hpp"

namespace sluice::html {

// Which signs a page's scripts look for: MathJax and KaTeX's auto-render look for `\(`, `\[`, `$$`
// and environments unless told more, and for `$` only if told so. `source` is the page as it is
// written.
TexSigns tex_signs_of(std::string_view source);

struct TexPiece {
  enum class Kind : std::uint8_t { kText, kInline, kDisplay };
  Kind kind;
  std::string_view text;  // without the signs
};
// The text in pieces, in order; one piece if there is no formula.
std::vector<TexPiece> tex_pieces(std::string_view text, TexSigns signs);

}  // namespace sluice::html
