// Plugins that a command is asked for by name must work: they are loaded before the first document,
// and one that cannot be used ends the command.
#pragma once

#include <optional>

#include "cli/args.h"
#include "cli/io.h"
#include "cli/workspace.h"
#include "prepare/verdict.h"

namespace sluice::cli {

// Why a plugin cannot be used, found out by loading it in a worker; nothing if it can.
std::optional<prepare::Verdict> plugin_fault(platform::Files& files, const Workspace& workspace,
                                             const plugin::Manifest& plugin);

// Loads the plugins whose own folders --plugin names, and that of --converter. Throws Error
// (kUsage) with the reason of the first that cannot be used.
void prove_named_plugins(platform::Files& files, const Workspace& workspace, const Args& args,
                         const Io& io);

}  // namespace sluice::cli
