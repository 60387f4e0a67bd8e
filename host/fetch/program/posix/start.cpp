#include "fetch/program/start.h"

#include <fcntl.h>

#include <chrono>

#include "worker/program/posix/guard.h"

namespace sluice::fetch_program {
namespace {

using platform::Channel;

constexpr int kChannelDescriptor = 3;

}  // namespace

Channel open_channel() {
  Channel host{platform::OsHandle(kChannelDescriptor)};
  ::fcntl(kChannelDescriptor, F_SETFD, FD_CLOEXEC);
  return host;
}

std::optional<fetch::Start> receive_start(Channel& host) {
  constexpr std::chrono::milliseconds kForEver{-1};
  platform::Message message;
  if (host.receive(message, kForEver) != Channel::Wait::kMessage) return std::nullopt;
  auto start = fetch::decode_start(message.bytes);
  if (!start || !program::put_guard_before(static_cast<pid_t>(start->host_process))) {
    return std::nullopt;
  }
  return start;
}

}  // namespace sluice::fetch_program
