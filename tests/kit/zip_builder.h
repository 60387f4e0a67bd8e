// Builds ZIP archives for tests: good ones, and ones that lie about what they hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::test {

class ZipBuilder {
 public:
  struct Options {
    bool stored = false;
    bool descriptor = false;  // sizes and checksum after the data, zero in the local header
    bool zip64 = false;
    std::uint16_t flags = 0;
    std::optional<std::uint16_t> method;
    // What the directory declares instead of the truth.
    std::optional<std::uint64_t> size;
    std::optional<std::uint64_t> compressed_size;
    std::optional<std::uint32_t> crc;
    std::optional<std::uint64_t> header_offset;
    std::string extra;            // fields of the directory
    std::uint32_t unix_mode = 0;  // made on Unix, with this mode
  };

  ZipBuilder& add(std::string_view name, std::string_view bytes);
  ZipBuilder& add(std::string_view name, std::string_view bytes, const Options& options);
  // One more directory entry for what the entry before has already.
  ZipBuilder& add_alias(std::string_view name);

  // Where the directory will begin: the end of the data so far.
  std::size_t data_size() const { return data_.size(); }
  std::string build() const;
  // Without the directory and its end, as a file that was cut off.
  const std::string& without_directory() const { return data_; }

 private:
  struct Header {
    std::string name;
    Options options;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::uint64_t compressed_size = 0;
    std::uint32_t crc = 0;
    std::uint16_t method = 0;
  };
  static std::string directory_header(const Header& header);

  std::string data_;
  std::vector<Header> headers_;
};

}  // namespace sluice::test
