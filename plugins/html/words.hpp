// SPDX-License-Identifier: Apache-2.0
//
// Attributes that hold words parted by blanks: `class`, `role`, `epub:type`, and the `properties`
// of a package.
#pragma once

#include <string_view>

namespace sluice::html {

inline bool has_word(std::string_view words, std::string_view word) {
  for (std::size_t at = 0; (at = words.find(word, at)) != std::string_view::npos; ++at) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || words[at - 1] == ' ';
    if (begins && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

}  // namespace sluice::html
