// SPDX-License-Identifier: Apache-2.0
//
// Numbers and text as Windows' formats store them, read from bytes that may end too early: what is
// not there reads as zero. FieldReader goes through a record, and knows when it ran over its end.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sluice {

// `size` bytes (at most 8) from `at` on, the lowest first; 0 if they are not all there.
constexpr std::uint64_t little_number(std::string_view bytes, std::size_t at, std::size_t size) {
  if (at > bytes.size() || bytes.size() - at < size) return 0;
  std::uint64_t value = 0;
  for (std::size_t i = size; i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}
constexpr std::uint8_t little_u8(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(little_number(bytes, at, 1));
}
constexpr std::uint16_t little_u16(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint16_t>(little_number(bytes, at, 2));
}
constexpr std::uint32_t little_u32(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint32_t>(little_number(bytes, at, 4));
}

// UTF-16LE as UTF-8; U+FFFD for lone surrogates. An odd byte at the end is dropped.
std::string utf8_of_utf16le(std::string_view bytes);

// The fields of a record, one after another. A read beyond its end gives zero or nothing, and ok()
// is false from then on.
class FieldReader {
 public:
  explicit FieldReader(std::string_view record) : rest_(record) {}

  bool ok() const { return ok_; }
  std::size_t left() const { return rest_.size(); }
  std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
  double real() { return std::bit_cast<double>(number(8)); }
  std::string_view bytes(std::size_t size) {
    if (size > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  void skip(std::size_t size) { bytes(size); }

 private:
  std::uint64_t number(std::size_t size) { return little_number(bytes(size), 0, size); }

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace sluice
