// The process between the host and a zygote. It runs no plugin code, and no process with plugin
// code can signal it. It ends every process of the worker when the zygote ends or the host ends,
// even if it is killed, however the plugin's code was started and whatever it set up.
#pragma once

#include <sys/types.h>

namespace sluice::program {

// Dies with `parent`, even if that was gone before we asked.
bool follow(pid_t parent);

// Splits this process: returns true in the zygote-to-be, which follows its guard. The guard stays
// behind and never returns. False if that cannot be. REQUIRES: leads a process group; nobody in it
// may leave it.
bool put_guard_before(pid_t host);

}  // namespace sluice::program
