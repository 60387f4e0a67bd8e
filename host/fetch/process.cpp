#include "fetch/process.h"

#include "platform/error.h"
#include "worker/filter_audit.h"
#include "worker/syscall_filter.h"
#include "worker/wire.h"

namespace sluice::fetch {
namespace {

using platform::Channel;
using std::chrono::milliseconds;

constexpr milliseconds kStartPatience{10'000};
constexpr milliseconds kEndPatience{1'000};
// Of the address space: libraries, certificates (1 MiB once they are read), and buffers. What is
// received goes straight to the host.
constexpr std::uint64_t kMemory = 512ULL << 20;

constexpr const char* kInstallAgain = "run 'sluice doctor', and install Sluice again if it says so";

std::string start_message(const FetchProgram& program, SandboxRole role,
                          std::chrono::seconds cpu_time) {
  Start start;
  start.role = role;
  start.host_process = static_cast<std::uint64_t>(platform::process_id());
  start.sandbox = program.sandbox;
  if (program.sandbox != SandboxLevel::kOff) {
    start.syscall_filter = worker::syscall_filter({.threads = false, .role = role});
  }
  start.certificates = program.certificates;
  start.memory_bytes = kMemory;
  start.cpu_seconds = static_cast<std::uint64_t>(cpu_time.count());
  return encode(start);
}

platform::Child started(const FetchProgram& program) try {
  return platform::Child::start(program.path, {}, program.standard_error);
} catch (const SystemError& error) {
  throw FetchFailure{Outcome::kMissingDependency,
                     program.path + " cannot be started: " + error.cause(), kInstallAgain};
}

}  // namespace

FetchProcess::FetchProcess(const FetchProgram& program, SandboxRole role,
                           std::chrono::seconds cpu_time)
    : child_(started(program)) {
  send(start_message(program, role, cpu_time));
  platform::Message message;
  if (!receive(message, kStartPatience)) {
    throw FetchFailure{Outcome::kTimeout, "the process that fetches did not start in time"};
  }
  auto confined = wire::decode_confined(message.bytes);
  if (!confined) fail_protocol();
  layers_ = std::move(confined->layers);
  layers_.role = role;
  layers_.filter_gaps =
      worker::filter_gaps(worker::syscall_filter({.threads = false, .role = role}), role);
  if (program.sandbox == SandboxLevel::kRequired && !layers_.is_full()) {
    throw FetchFailure{Outcome::kRefused,
                       "the sandbox that is required is not available to the process that fetches",
                       "'sluice doctor' shows each promise"};
  }
}

void FetchProcess::send(const std::string& task, const platform::OsHandle* socket) {
  const bool sent = socket == nullptr ? child_.channel().send(task)
                                      : child_.channel().send(task, std::span(&socket, 1));
  if (!sent) fail_dead();
}

bool FetchProcess::receive(platform::Message& message, milliseconds patience) {
  switch (child_.channel().receive(message, patience)) {
    case Channel::Wait::kMessage:
      return true;
    case Channel::Wait::kTimeout:
      return false;
    case Channel::Wait::kClosed:
      break;
  }
  fail_dead();
}

void FetchProcess::fail_protocol() {
  throw FetchFailure{Outcome::kSandboxViolation,
                     "the process that fetches does not keep to its protocol"};
}

void FetchProcess::fail_dead() {
  const platform::ProcessEnd end = child_.end(kEndPatience);
  if (end.how != platform::ProcessEnd::How::kSignal) {
    throw FetchFailure{Outcome::kInternal, "the process that fetches ended", kInstallAgain};
  }
  switch (platform::death_by(end.code)) {
    case platform::Death::kForbiddenCall:
      throw FetchFailure{Outcome::kSandboxViolation,
                         "the process that fetches made a forbidden system call"};
    case platform::Death::kProcessorTime:
      throw FetchFailure{Outcome::kTimeout, "it took too much processor time"};
    default:
      throw FetchFailure{Outcome::kCrashed,
                         "the process that fetches died (" + platform::signal_name(end.code) + ")"};
  }
}

SandboxLayers probe_sandbox(const FetchProgram& program, SandboxRole role) {
  FetchProgram any = program;
  if (any.sandbox == SandboxLevel::kRequired) any.sandbox = SandboxLevel::kBestEffort;
  constexpr std::chrono::seconds kCpuTime{10};
  return FetchProcess(any, role, kCpuTime).layers();
}

}  // namespace sluice::fetch
