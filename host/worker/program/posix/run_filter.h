// Loads the system call filters in a worker.
#pragma once

#include <string>
#include <string_view>

namespace sluice::program {

// Loads a compiled program (prepare/syscall_filter.h) for this process and all that it forks. False
// and a reason: nothing has changed.
bool load_filter(std::string_view program, std::string& why_not);

// On top of it, for the process of one run: no new process, no signal to another process, no higher
// limits, no further filter. Trying one of the first two kills it, or traps if
// `traps`. False: nothing has changed.
bool load_run_filter(bool traps);

}  // namespace sluice::program
