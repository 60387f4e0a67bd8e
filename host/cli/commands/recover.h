// sluice recover: finishes what an interrupted run has committed, and deletes what it left.
#pragma once

#include <string>

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

int run_recover(platform::Files& files, const Args& args, Io& io);

// The same, without waiting, for commands that only read: if the journal has rows and nobody is at
// work. Says nothing unless it did something; what it cannot do is left for `recover` to explain.
void recover_if_idle(platform::Files& files, const std::string& kb, Io& io);

}  // namespace sluice::cli
