#pragma once

#include "cli/args.h"
#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

// Takes the documents of an OpenKB knowledge base over, as OpenKB converted them.
int run_import_openkb(platform::Files& files, const Args& args, const ImportOpenKbArgs& import,
                      Io& io);

// Brings a folder up to date that OpenKB's own tools read.
int run_export_openkb(platform::Files& files, const Args& args, const ExportOpenKbArgs& wanted,
                      Io& io);

}  // namespace sluice::cli
