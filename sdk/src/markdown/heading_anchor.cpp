// SPDX-License-Identifier: Apache-2.0
#include "sluice/heading_anchor.hpp"

#include <unicode/uchar.h>

#include <sluice/utf8.hpp>

namespace sluice {

std::string heading_anchor(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Char character = utf8_at(text, at);
    const auto code = static_cast<UChar32>(character.code);
    const bool kept = u_isalnum(code) || u_hasBinaryProperty(code, UCHAR_ALPHABETIC) ||
                      (U_GET_GC_MASK(code) & (U_GC_M_MASK | U_GC_PC_MASK)) != 0 || code == '-';
    if (code == ' ') {
      out += '-';
    } else if (kept) {
      append_utf8(out, static_cast<char32_t>(u_tolower(code)));
    }
    at += character.length;
  }
  return out;
}

std::string HeadingAnchors::add(std::string_view text) {
  std::string anchor = heading_anchor(text);
  const unsigned before = seen_[anchor]++;
  if (before > 0) {
    anchor += "-" + std::to_string(before);
    ++seen_[anchor];
  }
  return anchor;
}

}  // namespace sluice
