// The filters on system calls as a worker puts them on.
#pragma once

#include <string>
#include <string_view>

namespace sluice::program {

// Loads a compiled program (prepare/syscall_filter.h) for this process and all that it forks. False
// and a reason: nothing has changed.
bool load_filter(std::string_view program, std::string& why_not);

// On top of it, for the process of one run: no further process, no signal to another, no raising of
// limits, no further filter. The first two kill it. False: nothing has changed.
bool load_run_filter();

}  // namespace sluice::program
