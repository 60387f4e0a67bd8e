// sluice log: the events of the knowledge base, for people and for programs that follow it.
#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "owner/registry.h"
#include "platform/files.h"

namespace sluice::cli {

// Throws Error (kUsage) if no event has reached that number yet.
void check_event_number(const owner::Registry& registry, std::int64_t number);

// Returns the exit code; with --follow it ends when it is interrupted or its reader goes away.
// Throws Error.
int run_log(platform::Files& files, const Args& args, const LogArgs& log, Io& io);

}  // namespace sluice::cli
