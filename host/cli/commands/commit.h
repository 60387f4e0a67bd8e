#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

// Takes bundles that were prepared elsewhere into the knowledge base.
int run_commit(platform::Files& files, const Args& args, const CommitArgs& commit, Io& io);

}  // namespace sluice::cli
