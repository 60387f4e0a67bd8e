// SPDX-License-Identifier: Apache-2.0
//
// Text as binary workbooks since Excel 97 store it.
#pragma once

#include <cstddef>
#include <sluice/little_endian.hpp>
#include <string>

namespace sluice::xlsx {

// The next `count` characters as UTF-8: UTF-16LE if they are wide, else the lower byte of each.
// Empty if there are not as many; `fields` is not ok() then.
inline std::string read_characters(FieldReader& fields, std::size_t count, bool is_wide) {
  if (is_wide) return utf8_of_utf16le(fields.bytes(count * 2));
  std::string wide;
  for (const char c : fields.bytes(count)) {
    wide += c;
    wide += '\0';
  }
  return utf8_of_utf16le(wide);
}

}  // namespace sluice::xlsx
