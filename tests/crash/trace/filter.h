// The seccomp filter that stops the traced program, and all that it starts, at the calls that the
// tracer wants to see.
#pragma once

#include "crash/trace/syscalls.h"

namespace sluice::crash {

// For this process and its children, for ever. Async-signal-safe but for the first call to it.
// False where the system refuses.
bool install_filter(Kinds kinds);

}  // namespace sluice::crash
