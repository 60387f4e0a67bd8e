// sluice check: compares the registry with every file of the knowledge base; --repair mends what
// can be mended without losing anything.
#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

int run_check(platform::Files& files, const Args& args, const CheckArgs& check, Io& io);

}  // namespace sluice::cli
