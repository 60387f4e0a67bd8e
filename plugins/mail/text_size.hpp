// SPDX-License-Identifier: Apache-2.0
//
// How much a text says, so that two forms of a message can be compared: its bytes without blanks.
#pragma once

#include <algorithm>
#include <cstddef>
#include <sluice/blanks.hpp>
#include <string_view>

namespace sluice::mail {

inline std::size_t size_of_text(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return kAsciiBlanks.find(c) == std::string_view::npos;
  }));
}

}  // namespace sluice::mail
