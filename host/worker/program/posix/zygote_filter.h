// A zygote may start a process or change a limit only when the host wants it. Its filter requires a
// key in an argument that the kernel ignores. The zygote makes the key, sends it to the host and
// erases it before any code of a plugin runs. The host sends it back with each run. So a library
// cannot fork while it is loaded, whatever it tries.
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace sluice::program {

// Loads the filter, which also lets this process and its forks signal nobody but this process
// unless `signals_are_scoped` (Landlock then keeps them in, and a fork can signal itself). False:
// errno says why. No copy of `key` is left but the caller's.
bool load_zygote_filter(std::uint64_t key, bool signals_are_scoped);

// For a fork whose signals are not scoped. abort() cannot signal the process, so the C library
// would end it by a fault. The filter traps that signal, and the process ends with
// wire::kExitAborted.
void note_abort();

// fork() with the key. Without the C library's handlers for forks: there is one thread.
pid_t fork_with(std::uint64_t key);
// setrlimit() with the key: `soft` and `hard` as they are.
bool set_limit_with(std::uint64_t key, int resource, std::uint64_t soft, std::uint64_t hard);

// Overwrites what calls that have returned left on the stack.
void wipe_stack();

}  // namespace sluice::program
