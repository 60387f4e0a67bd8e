#include "worker/program/host_link.h"

namespace sluice::program {

sluice_status HostLink::open(const wire::Request& request, platform::File& out) {
  platform::Message reply;
  if (!channel_.send(wire::encode(request))) return SLUICE_STATUS_IO;
  if (channel_.receive(reply, std::chrono::milliseconds(-1)) != platform::Channel::Wait::kMessage) {
    return SLUICE_STATUS_IO;
  }
  const std::optional<std::int32_t> status = wire::decode_reply(reply.bytes);
  if (!status) return SLUICE_STATUS_IO;
  if (*status != SLUICE_STATUS_OK) return *status;
  if (reply.handles.size() != 1) return SLUICE_STATUS_IO;
  out.handle = std::move(reply.handles[0]);
  return SLUICE_STATUS_OK;
}

}  // namespace sluice::program
