// A stopped thread: its registers, its memory, its descriptors.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "crash/trace/tracer.h"

namespace sluice::crash {

// The call that the thread stopped before, with its paths. Null syscall if it is not in the table.
Call read_call(pid_t thread);
// What a descriptor leads to, by its number in the thread's process.
std::string path_of_descriptor(pid_t thread, std::int64_t descriptor);

// Instead of being made, the call will return this.
void skip_call(pid_t thread, std::int64_t result);
// Changes an argument of the call before it is made.
void set_argument(pid_t thread, int index, std::uint64_t value);
// What the call returned: at its end.
std::int64_t read_result(pid_t thread);

// The process that a thread belongs to, and that one's parent; zeros if it is gone.
struct Family {
  pid_t process = 0;
  pid_t parent = 0;
};
Family family_of(pid_t thread);

}  // namespace sluice::crash
