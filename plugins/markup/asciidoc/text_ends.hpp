// SPDX-License-Identifier: Apache-2.0
//
// Where constructs within text end.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace sluice::markup::asciidoc {

// How far the end of a mark may be from its beginning: a paragraph.
inline constexpr std::size_t kMaxReach = 2'000;

// The bracket that closes the one at `open`; an escaped one does not.
inline std::size_t bracket_end(std::string_view text, std::size_t open) {
  const std::size_t limit = std::min(text.size(), open + kMaxReach);
  int depth = 0;
  for (std::size_t at = open; at < limit; ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '[') {
      ++depth;
    } else if (text[at] == ']' && --depth == 0) {
      return at;
    }
  }
  return std::string_view::npos;
}

}  // namespace sluice::markup::asciidoc
