// sluice report: all that happened, for a terminal, as a page or as JSON.
#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

// Returns the exit code. Throws Error.
int run_report(platform::Files& files, const Args& args, const ReportArgs& report, Io& io);

}  // namespace sluice::cli
