// sluice plugin: what converters there are, which one a file gets, and which plugins are used.
#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

// What there is: plugin_list.cpp, plugin_why.cpp.
int run_plugin_list(platform::Files& files, const Args& args, const PluginListArgs& list, Io& io);
int run_plugin_info(platform::Files& files, const Args& args, const PluginInfoArgs& info, Io& io);
int run_plugin_verify(platform::Files& files, const Args& args, const PluginVerifyArgs& verify,
                      Io& io);
int run_plugin_why(platform::Files& files, const Args& args, const PluginWhyArgs& why, Io& io);

// The user's own plugins: plugin_install.cpp.
int run_plugin_install(platform::Files& files, const Args& args, const PluginInstallArgs& install,
                       Io& io);
int run_plugin_remove(platform::Files& files, const Args& args, const PluginRemoveArgs& remove,
                      Io& io);

// Which are used: plugin_choice.cpp.
int run_plugin_enable(platform::Files& files, const Args& args, const PluginEnableArgs& enable,
                      Io& io);
int run_plugin_disable(platform::Files& files, const Args& args, const PluginDisableArgs& disable,
                       Io& io);
int run_plugin_order(platform::Files& files, const Args& args, const PluginOrderArgs& order,
                     Io& io);
int run_plugin_pin(platform::Files& files, const Args& args, Io& io);

}  // namespace sluice::cli
