// The filter on system calls that a worker loads, compiled by the host: the worker needs no
// compiler, and a fork of it nothing at all.
#pragma once

#include <string>

namespace sluice::worker {

struct SyscallFilterNeeds {
  bool threads = false;  // a converter starts threads
};

// The program as the kernel takes it: an array of struct sock_filter. Empty where the platform has
// none. Throws Error.
std::string compile_syscall_filter(const SyscallFilterNeeds& needs);

}  // namespace sluice::worker
