// The system call filter that a worker loads. It was compiled when Sluice was built, so a worker
// needs no compiler, and its forks inherit the filter.
#pragma once

#include <string_view>

namespace sluice::worker {

struct SyscallFilterNeeds {
  bool threads = false;  // a converter starts threads
};

// The program as the kernel takes it: an array of struct sock_filter. Empty where the platform has
// none. Lives as long as the program.
std::string_view syscall_filter(const SyscallFilterNeeds& needs);

}  // namespace sluice::worker
