// The system call filter that a worker loads. It was compiled when Sluice was built, so a worker
// needs no compiler, and its forks inherit the filter.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/sandbox.h"

namespace sluice::worker {

struct SyscallFilterNeeds {
  bool threads = false;  // a converter starts threads
  SandboxRole role = SandboxRole::kConverting;
};

// The program as the kernel takes it: an array of struct sock_filter. Empty where the platform has
// none. Lives as long as the program.
std::string_view syscall_filter(const SyscallFilterNeeds& needs);

// The same filter, but it traps what `filter` kills for: nothing more is allowed.
std::string with_traps(std::string_view filter);

// "connect"; "system call 999" where it has no name.
std::string system_call_name(std::uint32_t number);

}  // namespace sluice::worker
