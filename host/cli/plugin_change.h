// What a command has changed about plugins, in a line for people or as JSON.
#pragma once

#include <string>
#include <string_view>

#include "cli/args.h"
#include "cli/io.h"

namespace sluice::cli {

struct PluginChange {
  std::string_view action;   // "installed", "replaced", "removed", "enabled", ...
  std::string id = {};       // empty: of all of them
  std::string version = {};  // where it is known
  std::string where = {};    // the folder or file that was changed
};

void print_change(Io& io, const Args& args, const PluginChange& change);

}  // namespace sluice::cli
