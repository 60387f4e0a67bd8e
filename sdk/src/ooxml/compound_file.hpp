// SPDX-License-Identifier: Apache-2.0
//
// The streams of a compound file ([MS-CFB]), as far as encrypted Office packages need it: by name,
// at any depth. Everything the file says of itself is checked; chains that run in circles end.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::detail {

inline constexpr std::string_view kCompoundFileMark("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);

class CompoundFile {
 public:
  // `bytes` must outlive it. Throws Failure(kMalformed) if there is no directory to be read.
  explicit CompoundFile(std::string_view bytes);

  // The content of the first stream of this name (ASCII); empty if there is none. Throws
  // Failure(kMalformed) if it breaks off.
  std::string stream(std::string_view name) const;

 private:
  struct Entry {
    std::string name;
    std::uint8_t type = 0;
    std::uint32_t start = 0;
    std::uint64_t size = 0;
  };

  std::uint32_t number(std::size_t at, std::size_t size) const;
  std::string_view sector(std::uint32_t index) const;
  // The sectors of a chain, in order.
  std::vector<std::uint32_t> chain(std::uint32_t start) const;
  std::string content_of(std::uint32_t start) const;
  void read_allocation();
  void read_directory();
  std::string mini_stream(const Entry& entry) const;

  std::string_view bytes_;
  std::size_t sector_size_ = 512;
  std::vector<std::uint32_t> next_;  // 2.3, the FAT
  std::vector<Entry> entries_;
};

}  // namespace sluice::detail
