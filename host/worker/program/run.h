// The life of one run's process: takes its documents one after another and leaves a frame for each
// in the memory file, so that what is finished survives whatever happens to the next one.
#pragma once

#include <optional>
#include <vector>

#include "platform/channel.h"
#include "platform/files.h"
#include "worker/program/confine.h"
#include "worker/program/mapping.h"
#include "worker/program/plugin_library.h"
#include "worker/wire.h"

namespace sluice::program {

// What runs use one after another: the zygote keeps it, so that a fork finds it open and mapped.
// The host wipes it between them.
struct RunRoom {
  platform::Channel channel;
  platform::File memory;
  std::optional<Mapping> view;  // of the input, and of what the host may set while the run goes on
};

struct RunParts {
  wire::Run run;
  std::vector<platform::File> sources;  // of the documents that are not inline, in their order
};

// Nothing if the message and its handles are not a run. A fresh room goes into `room`.
std::optional<RunParts> run_parts(platform::Message& message, RunRoom& room);

// Returns the exit code. REQUIRES: a process of its own, forked for this.
int convert_run(RunParts& parts, RunRoom& room, const PluginLibrary& library,
                const Confinement& confinement);

}  // namespace sluice::program
