// sluice convert: one document to standard output, without a knowledge base.
#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

int run_convert(platform::Files& files, const Args& args, const ConvertArgs& convert, Io& io);

}  // namespace sluice::cli
