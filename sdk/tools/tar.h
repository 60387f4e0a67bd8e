// Writes a plain ustar archive of small files (POSIX.1-1988), the same bytes for the same files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::tool {

class TarWriter {
 public:
  void add_folder(const std::string& name);
  // Throws Error for a name over 100 bytes or a file of 8 GiB, which ustar cannot hold.
  void add_file(const std::string& name, std::string_view bytes);
  // The archive with its end.
  std::string finish();

 private:
  void add_header(const std::string& name, std::uint64_t size, char type, unsigned mode);
  std::string bytes_;
};

}  // namespace sluice::tool
