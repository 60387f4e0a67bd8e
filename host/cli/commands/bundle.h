#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

// What bundles say of themselves.
int run_bundle_show(platform::Files& files, const Args& args, const BundleShowArgs& show, Io& io);
// Checks bundles as `commit` does, without a knowledge base.
int run_bundle_check(platform::Files& files, const Args& args, const BundleCheckArgs& check,
                     Io& io);

}  // namespace sluice::cli
