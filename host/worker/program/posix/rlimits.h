// Limits on resources that a worker cannot raise again.
#pragma once

#include <cstdint>

#include "worker/wire.h"

namespace sluice::program {

// All return false if a limit could not be set.

// For the zygote: no core dumps, and the usual stack.
bool limit_zygote();
// For one run: processor time, memory, size of files, open files, processes.
bool limit_run(const wire::RunInput& input, std::uint64_t memory_file_bytes);

// The address space that a run of these documents may have.
std::uint64_t address_space_limit(const wire::RunInput& input);
// False under a sanitizer, whose shadow alone is terabytes of address space.
bool limits_memory();

}  // namespace sluice::program
