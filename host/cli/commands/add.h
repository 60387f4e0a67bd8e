// sluice add: prepares and commits files and directories.
#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

// Returns the exit code. Throws Error.
int run_add(platform::Files& files, const Args& args, const AddArgs& add, Io& io);

}  // namespace sluice::cli
