// SPDX-License-Identifier: Apache-2.0
//
// Text line by line.
#pragma once

#include <algorithm>
#include <string_view>

namespace sluice {

// Takes the first line off `text`, which may be empty, and returns it without its end: "\n", or
// "\r\n". The result is as long valid as the text.
inline std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace sluice
