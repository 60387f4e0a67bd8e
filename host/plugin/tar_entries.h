// The entries of a tar file, one after another, as their headers describe them (POSIX.1-1988 ustar,
// section 10.1.1; with the large sizes of GNU tar). The file counts as hostile.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "platform/files.h"

namespace sluice::plugin {

struct TarEntry {
  std::string name;  // without "./" in front; as long names of GNU and pax have it, only its
                     // beginning
  char type = '0';  // '0' and NUL are files, '5' is a folder; the others are for the reader to know
  std::uint64_t offset = 0;  // of its bytes, in the tar file
  std::uint64_t size = 0;

  bool is_file() const { return type == '0' || type == '\0'; }
  bool is_folder() const { return type == '5'; }
};

// What is wrong with a tar file: "it is cut off".
struct TarFault {
  std::string cause;
};

class TarEntries {
 public:
  TarEntries(platform::Files& files, std::shared_ptr<const platform::File> file);

  // Nothing at the end. Throws TarFault.
  std::optional<TarEntry> next();
  // The bytes of an entry whose size another header (pax) gives. Throws TarFault.
  void set_size(TarEntry& entry, std::uint64_t size);

 private:
  static constexpr std::size_t kBlock = 512;
  using Header = std::array<char, kBlock>;
  bool read_header();
  void skip_bytes(const TarEntry& entry);

  platform::Files& files_;
  std::shared_ptr<const platform::File> file_;
  const std::uint64_t file_size_;
  std::uint64_t at_ = 0;
  Header header_{};
};

}  // namespace sluice::plugin
