// sluice remove: takes documents, with all their files and sources, out of the knowledge base.
#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

int run_remove(platform::Files& files, const Args& args, const RemoveArgs& remove, Io& io);

}  // namespace sluice::cli
