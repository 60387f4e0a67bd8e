// SPDX-License-Identifier: Apache-2.0
//
// Numbers in attributes.
#pragma once

#include <charconv>
#include <cstdint>
#include <string_view>

namespace sluice::html {

inline std::int64_t number_of(std::string_view text, std::int64_t otherwise) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end != text.data() ? value : otherwise;
}

}  // namespace sluice::html
