// SPDX-License-Identifier: Apache-2.0
#include <sluice/little_endian.hpp>
#include <sluice/utf8.hpp>

namespace sluice {

std::string utf8_of_utf16le(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() / 2);
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    char32_t code = little_u16(bytes, at);
    const bool is_high = code >= 0xD800 && code < 0xDC00;
    const char32_t low = is_high ? little_u16(bytes, at + 2) : 0;
    if (low >= 0xDC00 && low < 0xE000) {
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
      at += 2;
    }
    append_utf8(out, code);
  }
  return out;
}

}  // namespace sluice
