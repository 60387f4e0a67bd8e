// sluice complete: what a shell offers when the Tab key is pressed.
#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

// Returns the exit code. Throws Error.
int run_complete(platform::Files& files, const Args& args, const CompleteArgs& complete, Io& io);

}  // namespace sluice::cli
