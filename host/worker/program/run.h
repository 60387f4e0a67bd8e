// The life of one run's process: takes its documents one after another and leaves a frame for each
// in the memory file, so that what is finished survives whatever happens to the next one.
#pragma once

#include <vector>

#include "platform/channel.h"
#include "platform/files.h"
#include "worker/program/confine.h"
#include "worker/program/plugin_library.h"
#include "worker/wire.h"

namespace sluice::program {

struct RunParts {
  wire::Run run;
  platform::Channel channel;
  platform::File memory;
  std::vector<platform::File> sources;  // of the documents that are not inline, in their order
};

// Nothing if the message and its handles are not a run.
std::optional<RunParts> run_parts(platform::Message& message);

// Returns the exit code. REQUIRES: a process of its own, forked for this.
int convert_run(RunParts& parts, const PluginLibrary& library, const Confinement& confinement);

}  // namespace sluice::program
