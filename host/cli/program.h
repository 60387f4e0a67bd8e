// From main to run(): the real streams, the environment, signals. `sluice` and `sluice-queue`
// differ only in who carries out the commands that need PostgreSQL.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

// Carries out `queue ...` and `work`. Without it, this program becomes sluice-queue.
using QueueCommands = std::function<int(platform::Files&, const Args&, Io&)>;

int run(const std::vector<std::string>& words, Io& io, const QueueCommands& queue);

int run_as_program(int argc, char** argv, const QueueCommands& queue = {});

}  // namespace sluice::cli
