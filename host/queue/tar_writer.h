// Writes a bundle's folder as one tar file (POSIX.1-2001, pax), so that it travels as one object.
#pragma once

#include <cstdint>
#include <string>

#include "platform/files.h"

namespace sluice::queue {

struct TarResult {
  std::uint64_t size = 0;
  std::string sha256;  // of the tar file, in hexadecimal
};

// `to` is empty. Entries are in the order of their names, without times and owners: the same bundle
// gives the same bytes. Throws Error.
TarResult write_tar(platform::Files& files, const platform::Dir& folder, const std::string& name,
                    const platform::File& to);

}  // namespace sluice::queue
