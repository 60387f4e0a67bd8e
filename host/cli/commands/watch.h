// sluice watch: sync as files change, once they are stable.
#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

// Runs until SIGTERM or Ctrl-C, and then returns 0; with --once, the exit code of
// sync. Throws Error.
int run_watch(platform::Files& files, const Args& args, const WatchArgs& watch, Io& io);

}  // namespace sluice::cli
