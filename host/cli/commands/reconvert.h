// sluice retry, outdated and reconvert: documents that are made again.
#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

// Each returns the exit code. Throws Error.
int run_retry(platform::Files& files, const Args& args, const RetryArgs& retry, Io& io);
int run_outdated(platform::Files& files, const Args& args, Io& io);
int run_reconvert(platform::Files& files, const Args& args, const ReconvertArgs& reconvert, Io& io);

}  // namespace sluice::cli
