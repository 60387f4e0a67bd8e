// sluice add --dry-run: what add would do, from what can be told without reading documents in full.
#pragma once

#include <optional>

#include "cli/args.h"
#include "cli/io.h"
#include "cli/workspace.h"
#include "platform/files.h"
#include "scan/scanner.h"

namespace sluice::cli {

// Returns the exit code: 3 if a source has no converter. Nothing if there is no source at all.
std::optional<int> run_add_dry(platform::Files& files, const Args& args, const Workspace& workspace,
                               scan::Scanner& scanner, Io& io);

}  // namespace sluice::cli
