// sluice config show, check: the settings in effect with their origins; whether files are right.
#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

int run_config_show(platform::Files& files, const Args& args, Io& io);
int run_config_check(platform::Files& files, const Args& args, const ConfigCheckArgs& check,
                     Io& io);

}  // namespace sluice::cli
