// sluice-fetch: one process for one request. It asks for the addresses of a name, or speaks HTTP
// with one server. Everything that reads bytes from the network is in here, confined before the
// first of them comes; the host decides where it may connect, and connects.
#include <unistd.h>

#include <chrono>
#include <exception>

#include "fetch/messages.h"
#include "fetch/program/confine.h"
#include "fetch/program/http.h"
#include "fetch/program/names.h"
#include "fetch/program/start.h"
#include "platform/channel.h"
#include "worker/wire.h"

namespace sluice::fetch_program {
namespace {

using platform::Channel;

constexpr std::chrono::milliseconds kForEver{-1};

bool run_task(SandboxRole role, platform::Message& task, Channel& host) {
  if (role == SandboxRole::kResolving) {
    const auto name = fetch::decode_name(task.bytes);
    return name && host.send(fetch::encode(addresses_of(*name)));
  }
  const auto page = fetch::decode_page_task(task.bytes);
  if (!page || task.handles.size() != 1) return false;
  fetch_page(*page, std::move(task.handles.front()), host);
  return true;
}

int serve_host() {
  Channel host = open_channel();
  const auto start = receive_start(host);
  if (!start) return 1;
  if (start->role == SandboxRole::kResolving) {
    prepare_names();
  } else {
    prepare_http(start->certificates);  // without, every https server is one that is not trusted
  }
  const SandboxLayers layers = confine(*start);
  if (!host.send(wire::encode(wire::Confined{layers, 0}))) return 0;
  platform::Message message;
  if (host.receive(message, kForEver) != Channel::Wait::kMessage) return 0;
  return run_task(start->role, message, host) ? 0 : 1;
}

}  // namespace
}  // namespace sluice::fetch_program

int main() {
  int code = 1;
  try {
    code = sluice::fetch_program::serve_host();
  } catch (const std::exception&) {
    // The host sees the channel close.
    code = 1;
  }
  ::_exit(code);
}
