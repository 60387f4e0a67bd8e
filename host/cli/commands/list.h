// sluice list, show and status: what is in a knowledge base. They take no lock, and read one
// consistent state of the registry whatever is being added meanwhile.
#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

int run_list(platform::Files& files, const Args& args, const ListArgs& list, Io& io);
int run_show(platform::Files& files, const Args& args, const ShowArgs& show, Io& io);
int run_status(platform::Files& files, const Args& args, Io& io);

}  // namespace sluice::cli
