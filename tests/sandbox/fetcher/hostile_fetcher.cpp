// Stands in for sluice-fetch: it gives up its rights by the same code, and then tries one attack,
// as if bytes from the network had taken it over. It answers with what came of the attack.
#include <chrono>
#include <exception>

#include "fetch/messages.h"
#include "fetch/program/confine.h"
#include "fetch/program/start.h"
#include "platform/channel.h"
#include "sandbox/fetcher/attacks.h"
#include "worker/wire.h"

namespace sluice::test {
namespace {

using platform::Channel;

constexpr std::chrono::milliseconds kForEver{-1};

std::string outcome_of(const std::string& task, int socket) {
  World world = world_of(task);
  const int error = fetch_attacks().at(world.at("attack"))(world, socket);
  return error == 0 ? "succeeded" : "denied: " + std::to_string(error);
}

int serve() {
  Channel host = fetch_program::open_channel();
  const auto start = fetch_program::receive_start(host);
  if (!start) return 1;
  const SandboxLayers layers = fetch_program::confine(*start);
  if (!host.send(wire::encode(wire::Confined{layers, 0}))) return 1;
  platform::Message message;
  if (host.receive(message, kForEver) != Channel::Wait::kMessage) return 1;
  if (start->role == SandboxRole::kResolving) {
    const auto task = fetch::decode_name(message.bytes);
    return task && host.send(fetch::encode(fetch::Addresses{{}, outcome_of(*task, -1)})) ? 0 : 1;
  }
  const auto task = fetch::decode_page_task(message.bytes);
  if (!task || message.handles.size() != 1) return 1;
  const int socket = static_cast<int>(message.handles.front().value());
  const fetch::End end{fetch::EndKind::kBroken, outcome_of(task->agent, socket)};
  return host.send(fetch::encode(end)) ? 0 : 1;
}

}  // namespace
}  // namespace sluice::test

int main() {
  try {
    return sluice::test::serve();
  } catch (const std::exception&) {
    return 1;
  }
}
