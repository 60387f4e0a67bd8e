#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

// Converts what there is below the paths into bundles that travel, without a knowledge base.
int run_prepare(platform::Files& files, const Args& args, const PrepareArgs& prepare, Io& io);

}  // namespace sluice::cli
