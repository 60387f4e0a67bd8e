// sluice add --dry-run: what add would do, without reading documents in full.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "cli/args.h"
#include "cli/io.h"
#include "cli/workspace.h"
#include "platform/files.h"
#include "scan/scanner.h"

namespace sluice::cli {

// What sync would do besides.
struct DryRunExtras {
  std::set<std::string> told;  // path keys of sources that have their line already
  std::uint64_t renamed = 0;
  std::uint64_t removed = 0;
};

// Returns the exit code that a run would have, as far as it can be known.
int run_add_dry(platform::Files& files, const Args& args, const Workspace& workspace,
                const std::vector<std::string>& paths, scan::ScanOptions options, Io& io,
                const DryRunExtras& extras = {});

}  // namespace sluice::cli
