// Before a knowledge base commits anything on a file system, everything that its protocol needs is
// tried there in staging. A file system that fails is refused with its name, instead of leaving a
// knowledge base that can be neither finished nor used.
#pragma once

#include <string>

#include "platform/files.h"

namespace sluice::owner {

// Throws Error if the file system of `root`, a knowledge base at `path`, cannot do what it needs. A
// file system that passed is noted in .sluice/file-system and not tried again: the cost is one
// small file read. What has nothing to do with its abilities (a full or read-only disk,
// permissions) is left to those who write.
void try_file_system(platform::Files& files, const platform::Dir& root, const std::string& path);

// "its file system (ntfs3) ..." for messages.
std::string described_file_system(const platform::Dir& dir);

}  // namespace sluice::owner
