// sluice init: makes a knowledge base.
#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

int run_init(platform::Files& files, const Args& args, const InitArgs& init, Io& io);

}  // namespace sluice::cli
