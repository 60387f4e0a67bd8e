// What kind of file system something is on, for messages.
#pragma once

#include <string>

#include "platform/files.h"

namespace sluice::platform {

// As the system calls it: "ext4", "fuseblk", "fuse.bindfs", "nfs4". Empty if that is not to be had.
std::string file_system_name(const Dir& dir);

// Which one it is: "ext4 6b1f…", the same for everything on it, and after it was mounted again.
// Empty if that is not to be had.
std::string file_system_identity(const Dir& dir);

}  // namespace sluice::platform
