// What a directory of temporary files takes on the disk while somebody hostile writes into it.
#pragma once

#include <cstdint>

#include "platform/files.h"

namespace sluice {

// Bytes allocated below a directory, each entry counting as at least one block, so that a
// flood of empty files counts, too. Looks no further once it is over `most`. A tree that is deeper
// than any converter needs is over every limit. Follows no symlink; passes over what vanishes.
std::uint64_t disk_usage(platform::Files& files, const platform::Dir& dir, std::uint64_t most);

}  // namespace sluice
