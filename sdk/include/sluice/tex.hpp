// SPDX-License-Identifier: Apache-2.0
//
// What formulas of any source have in common when they become TeX (math mode of LaTeX with amsmath
// and amssymb, as MathJax and KaTeX read it): characters, names of functions, prose within
// formulas. Nothing here throws; all text is UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace sluice {

// Characters as math mode spells them: `α` as `\alpha`, `≤` as `\leq`, `{` as `\{`, letters of
// U+1D400 to U+1D7FF as `\mathbf{A}` and the like. What has no name in TeX stays as it is; what
// only guides a layout (invisible times, function application) is left out. Commands are followed
// by a blank where a letter would run into them. Names: unicode-math, and Unicode Technical
// Report 25.
std::string tex_text(std::string_view characters);

// Appends one piece of TeX to another, with a blank between a command and a letter.
void append_tex(std::string& out, std::string_view tex);

// The command of an operator that has a name ("sin" gives `\sin`, "lim" gives `\lim`); empty for
// others.
std::string_view tex_function(std::string_view name);

// Whether what stands under and over `tex` (one symbol or function, as from above) are limits that
// `_` and `^` set in their places: `\sum`, `\int`, `\lim` and the like.
bool tex_takes_limits(std::string_view tex);

// Prose as it stands in `\text{...}`: blanks kept, characters that mean something to TeX escaped.
std::string tex_prose(std::string_view text);

}  // namespace sluice
