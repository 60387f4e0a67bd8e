// SPDX-License-Identifier: Apache-2.0
//
// The text of a page before a parser sees it: which encoding it declares, and the parts that no
// reader needs and that make parsers slow or wrong, taken out.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sluice::html {

// The encoding named by a `<meta>` or an XML declaration in the first 4 KiB, or empty.
std::string declared_charset(std::span<const std::uint8_t> bytes);

// Whether a script of this `type` is a formula in TeX, as MathJax has them.
bool is_tex_type(std::string_view type);

// Takes out comments, doctypes, processing instructions, styles and scripts (but TeX in scripts),
// and the attributes of a tag beyond the first 128, since parsers compare each with all before it.
// In place, in one pass. Returns the text of the styles.
std::string strip_unread(std::string& html);

// Inserts a `<body>` where a page has none: without it, libxml2 puts each run of text into a
// paragraph of its own.
void ensure_body(std::string& html);

}  // namespace sluice::html
