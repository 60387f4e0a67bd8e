// Bytes as base64, in one line: for messages that tests write down.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::test {

inline std::string to_base64(std::string_view bytes) {
  constexpr std::string_view kSigns =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      group = group << 8 | (i + j < bytes.size() ? static_cast<std::uint8_t>(bytes[i + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      out += i + j > bytes.size() ? '=' : kSigns[group >> (18 - 6 * j) & 63];
    }
  }
  return out;
}

}  // namespace sluice::test
