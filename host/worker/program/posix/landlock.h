// Linux Landlock (Documentation/userspace-api/landlock.rst): which files a process may open, and no
// network, no signals and no abstract sockets beyond itself, as far as the kernel knows of them.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "platform/os_handle.h"

namespace sluice::program {

// The newest version of Landlock that this kernel has; 0 and a reason if there is none.
std::uint32_t landlock_abi(std::string& why_not);

// What a version of Landlock can keep from a process. Bits as in linux/landlock.h.
struct LandlockRights {
  std::uint64_t files = 0;
  std::uint64_t network = 0;
  std::uint64_t scopes = 0;
};
LandlockRights landlock_rights(std::uint32_t abi);

// Takes every right of `abi` from this process and all that it forks, for good, but for reading
// below `readable` (paths that do not exist are left out), and for connecting to `tcp_port`, if it
// is not 0. False: nothing has changed, and errno says why.
bool restrict_files(std::uint32_t abi, std::span<const std::string> readable,
                    std::uint16_t tcp_port = 0);

}  // namespace sluice::program
