// Runs the system call filter as the kernel would, so that `doctor` reports the truth: the calls
// that would break a promise go through exactly the program that workers load.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "model/promises.h"

namespace sluice::worker {

// For each promise that this filter does not keep alone, a system call that it lets through. Empty
// if it keeps all that the table leaves to it. What depends on the process (its own number, the
// key) is for the worker's own filters, which it loads or ends.
std::map<Promise, std::string> filter_gaps(std::string_view filter,
                                           SandboxRole role = SandboxRole::kConverting);

}  // namespace sluice::worker
