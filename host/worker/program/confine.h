// The one place where a worker gives up its rights. Only this file decides what a platform can
// enforce; no code of a plugin runs before the zygote has given up its part.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/sandbox.h"
#include "platform/channel.h"
#include "worker/wire.h"

namespace sluice::program {

class Confinement {
 public:
  // For the zygote, before it loads the plugin's library: holds for all it forks, too. Exits the
  // process if it cannot get what every level demands. See layers() for what it got beyond
  // that.
  explicit Confinement(const wire::Load& load);

  const SandboxLayers& layers() const { return layers_; }

  // Tells the host, and with it the key without which this process can start no other and change no
  // limit from now on. False if the host is gone. To be called once, before any code of a plugin
  // runs; nothing of the key is left in this process.
  bool report(platform::Channel& host);

  // For the zygote, once the library is loaded: what only loading needed goes. Exits the process if
  // that fails.
  void narrow();

  // For the process of one run, before it looks at a document. Exits the process if a limit cannot
  // be set: an unlimited converter must not start.
  void confine_run(const wire::RunInput& input, std::uint64_t key) const;

  // The filters trap what otherwise kills (wire::Load::names_forbidden).
  bool names_forbidden() const { return names_forbidden_; }

 private:
  SandboxLayers layers_;
  bool names_forbidden_ = false;
  bool is_probe_ = false;  // loads no library: it is there to say what a worker gets
  std::vector<std::string>
      files_;  // of the plugin's folder, and tables that came with Sluice: read at all times
};

}  // namespace sluice::program
