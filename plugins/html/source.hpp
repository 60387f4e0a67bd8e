// SPDX-License-Identifier: Apache-2.0
//
// What is known of a page before it is parsed: which encoding it declares, which scripts are text.
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

}  // namespace sluice::html
