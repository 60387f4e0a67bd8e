// sluice plugin list, info, why: what converters there are, and which one a file gets.
#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

int run_plugin_list(platform::Files& files, const Args& args, Io& io);
int run_plugin_info(platform::Files& files, const Args& args, const PluginInfoArgs& info, Io& io);
int run_plugin_why(platform::Files& files, const Args& args, const PluginWhyArgs& why, Io& io);

}  // namespace sluice::cli
