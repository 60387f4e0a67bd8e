// The options of converters that stand on the command line: --option CONVERTER.KEY=VALUE.
#pragma once

#include <string>
#include <vector>

#include "cli/config_file.h"
#include "plugin/catalog.h"

namespace sluice::cli {

// Typed as their manifests say. Throws Error (kUsage) for one that does not have that form, that no
// converter has, or whose value does not fit, saying what would be right.
std::vector<PluginOption> read_given_options(const std::vector<std::string>& words,
                                             const plugin::Catalog& catalog);

}  // namespace sluice::cli
