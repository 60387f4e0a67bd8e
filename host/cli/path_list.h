// The paths of a command line, and those of the file that --files-from names behind them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/io.h"

namespace sluice::cli {

// `files_from`: "-" is standard input. Throws Error (kUsage) if it cannot be opened.
std::vector<std::string> all_paths(std::vector<std::string> paths,
                                   const std::optional<std::string>& files_from,
                                   bool nul_separated, Io& io);

}  // namespace sluice::cli
