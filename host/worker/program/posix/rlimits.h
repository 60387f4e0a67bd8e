// Limits on resources that a worker cannot raise again.
#pragma once

#include <cstdint>

#include "worker/wire.h"

namespace sluice::program {

// All return false if a limit could not be set.

// For the zygote, before it loads a library: memory, processor time, size of files, open files, no
// core dumps, the usual stack. What a run may have of them is the most that it can get.
bool limit_loading(const wire::Load& load);
// For the zygote, once the library has proved itself: a process that serves for hours may use its
// share of processor time for each run.
bool end_loading(std::uint64_t key);
// For one run: processor time, memory, size of files.
// Whether those limits, or stricter ones, are in force for this process.
bool are_limits_set(const wire::RunInput& input);
bool limit_run(const wire::RunInput& input, std::uint64_t key);
// No further process, where no filter says so. Counted per user, and not at all for root.
bool limit_processes(std::uint64_t key);

// The address space that a run of these documents may have.
std::uint64_t address_space_limit(const wire::RunInput& input);
// False under a sanitizer, whose shadow alone is terabytes of address space.
bool limits_memory();

}  // namespace sluice::program
