// What this system's sandbox means for a command: goes on, goes on with a warning, or refuses.
#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "cli/workspace.h"
#include "model/sandbox.h"

namespace sluice::cli {

// Starts a worker to see what it gets. Warns on standard error if that is less than all of it.
// Throws Error (kNoSandbox) if it is and all of it is required. To be called before any document is
// touched.
SandboxLayers enter_sandbox(const Workspace& workspace, const GlobalArgs& global, Io& io);
// The same of what a worker got.
void judge_sandbox(const SandboxLayers& layers, const Workspace& workspace,
                   const GlobalArgs& global, Io& io);

}  // namespace sluice::cli
