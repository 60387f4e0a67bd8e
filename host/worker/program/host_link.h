// A run's process asks the host to open things over the run's channel; it can open nothing itself.
#pragma once

#include <sluice/abi.h>

#include "platform/channel.h"
#include "platform/os_handle.h"
#include "worker/wire.h"

namespace sluice::program {

class HostLink {
 public:
  explicit HostLink(platform::Channel channel) : channel_(std::move(channel)) {}

  // On OK, `out` is what was asked for.
  sluice_status open(const wire::Request& request, platform::File& out);

 private:
  platform::Channel channel_;
};

}  // namespace sluice::program
