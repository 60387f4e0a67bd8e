// The one place where a worker gives up rights. What a platform can enforce is decided here and
// nowhere else; everything before it runs no code of a plugin.
#pragma once

#include <cstdint>

#include "prepare/wire.h"

namespace sluice::prepare::worker {

// For the zygote, before it loads the plugin's library: holds for all it forks, too.
void confine_zygote();

// For the process of one run, before it looks at a document. Exits the process if a limit cannot be
// set: an unlimited converter must not start.
void confine_run(const wire::RunInput& input, std::uint64_t memory_file_bytes);

// True if the process came so close to its memory limit that a failure is most likely due to it.
bool memory_was_short(const wire::RunInput& input);

}  // namespace sluice::prepare::worker
