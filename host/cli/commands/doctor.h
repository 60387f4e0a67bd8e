// sluice doctor: what works here and what does not.
#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

// 0 if Sluice is usable here, else 1.
int run_doctor(platform::Files& files, const Args& args, Io& io);

}  // namespace sluice::cli
