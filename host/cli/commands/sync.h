// sluice sync: makes the knowledge base mirror directories.
#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

// Returns the exit code; kSomeFailed, and nothing is changed, where a guard holds. Throws Error.
int run_sync(platform::Files& files, const Args& args, const SyncArgs& sync, Io& io);

}  // namespace sluice::cli
