// sluice hooks: the programs that get the events, how far each has come, and running them by hand.
#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

// Returns the exit code: kSomeFailed if one was run and failed. Throws Error.
int run_hooks(platform::Files& files, const Args& args, const HooksArgs& hooks, Io& io);

}  // namespace sluice::cli
