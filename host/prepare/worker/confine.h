// The one place where a worker gives up rights. What a platform can enforce is decided here and
// nowhere else; no code of a plugin runs before the zygote has taken its part on.
#pragma once

#include <cstdint>

#include "platform/os_handle.h"
#include "prepare/sandbox.h"
#include "prepare/wire.h"

namespace sluice::prepare::worker {

// What this process has mapped and touched so far: what a run finds in its memory as it begins.
struct MemoryInUse {
  std::uint64_t mapped = 0;
  std::uint64_t resident = 0;
};

class Confinement {
 public:
  // For the zygote, before it loads the plugin's library: holds for all it forks, too. Exits the
  // process if what every level demands cannot be had. `scratch`: a folder that converters may make
  // files in, or none. See layers() for what was to be had beyond that.
  Confinement(const wire::Load& load, const platform::OsHandle& scratch);

  const SandboxLayers& layers() const { return layers_; }

  // For the zygote, once the library is loaded: what only loading needed goes. Exits the process if
  // that fails.
  void narrow(const platform::OsHandle& scratch);

  // For the process of one run, before it looks at a document. Exits the process if a limit cannot
  // be set: an unlimited converter must not start.
  void confine_run(const wire::RunInput& input, std::uint64_t memory_file_bytes) const;

  // At the time of narrow(), where the platform tells.
  const MemoryInUse& memory_in_use() const { return memory_in_use_; }

 private:
  SandboxLayers layers_;
  platform::OsHandle own_memory_;  // where the system says how much memory this process has
  MemoryInUse memory_in_use_;
};

// True if the process came so close to its memory limit that a failure is most likely due to it.
// `at_start`: what it found in its memory.
bool memory_was_short(const wire::RunInput& input, const MemoryInUse& at_start);

}  // namespace sluice::prepare::worker
