// SPDX-License-Identifier: Apache-2.0
//
// The entries of an archive without a directory, by their own headers; and the fields that both
// ways of reading share.
#pragma once

#include <cstdint>
#include <sluice/zip.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// Little-endian fields, one after another. Past the end everything is zero and ok() is false.
class ZipFields {
 public:
  explicit ZipFields(std::string_view bytes) : bytes_(bytes) {}

  std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
  std::uint64_t u64() { return number(8); }
  void skip(std::size_t size) { bytes(size); }
  std::string_view bytes(std::size_t size) {
    if (size > bytes_.size()) {
      ok_ = false;
      bytes_ = {};
      return {};
    }
    const std::string_view out = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return out;
  }
  std::size_t left() const { return bytes_.size(); }
  bool ok() const { return ok_; }

 private:
  std::uint64_t number(std::size_t size) {
    std::uint64_t value = 0;
    const std::string_view field = bytes(size);
    for (std::size_t i = field.size(); i-- > 0;) {
      value = value << 8 | static_cast<unsigned char>(field[i]);
    }
    return value;
  }

  std::string_view bytes_;
  bool ok_ = true;
};

inline constexpr std::uint16_t kZipNameIsUtf8 = 1U << 11U;  // of the flags; 4.4.4

// The name that the extra field 0x7075 has for `name` (4.6.9), or nothing.
std::string unicode_zip_name(std::string_view name, std::string_view extra);

// Entries in the order of their headers; they do not overlap. Those whose end cannot be found are
// cut_off. Linear in the size of `archive`. Throws Failure(kLimit) for too many.
std::vector<ZipEntry> recover_zip_entries(std::string_view archive, const ZipLimits& limits);

}  // namespace sluice
