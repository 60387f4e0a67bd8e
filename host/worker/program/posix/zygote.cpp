// sluice-worker: the warm, single-threaded process that has one plugin loaded and forks for each
// run. It touches no document itself; whatever becomes of a run's process, it reports and goes on.
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <exception>

#include "worker/program/canary.h"
#include "worker/program/confine.h"
#include "worker/program/plugin_library.h"
#include "worker/program/run.h"

namespace sluice::program {
namespace {

constexpr int kChannelDescriptor = 3;
constexpr std::chrono::milliseconds kForEver{-1};

// Dies with `parent`, even if that was gone before we asked.
bool follow(pid_t parent) {
  return ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && ::getppid() == parent;
}

void default_signals() {
  // What the plugin or a sanitizer installed would hide from the host how the process ended.
  for (int number = 1; number < 32; ++number) {
    if (number != SIGKILL && number != SIGSTOP) ::signal(number, SIG_DFL);
  }
}

wire::Ended wait_for(pid_t child) {
  siginfo_t info{};
  rusage usage{};
  // The system call, since the library's function does not give the usage.
  while (::syscall(SYS_waitid, P_PID, child, &info, WEXITED, &usage) != 0 && errno == EINTR) {
  }
  wire::Ended ended;
  ended.by_signal = info.si_code != CLD_EXITED;
  ended.code = static_cast<std::uint32_t>(info.si_status);
  const auto microseconds = [](const timeval& time) {
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000 +
           static_cast<std::uint64_t>(time.tv_usec);
  };
  ended.cpu_us = microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
  ended.peak_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
  return ended;
}

// One run: false if the host is gone.
bool serve(platform::Channel& host, platform::Message& message, const PluginLibrary& library,
           const Confinement& confinement) {
  std::optional<RunParts> parts = run_parts(message);
  if (!parts) return false;
  const pid_t self = ::getpid();
  // fork rather than clone3: the C library must know that it is in a new process, or abort() in it
  // would signal the wrong thread. Our child cannot be reaped by another, so its pid is safe to
  // open.
  const pid_t child = ::fork();
  if (child == 0) {
    host.close();
    default_signals();
    int code = wire::kExitProtocol;
    try {
      if (follow(self)) code = convert_run(*parts, library, confinement);
    } catch (...) {
      code = wire::kExitProtocol;
    }
    ::_exit(code);
  }
  if (child < 0) {
    return host.send(wire::encode_notice(wire::Kind::kForkFailed, std::strerror(errno)));
  }
  const platform::OsHandle process(
      static_cast<platform::OsHandle::Value>(::syscall(SYS_pidfd_open, child, 0)));
  parts.reset();
  const platform::OsHandle* const handles[] = {&process};
  if (!host.send(wire::encode_notice(wire::Kind::kStarted), handles)) return false;
  return host.send(wire::encode(wait_for(child)));
}

// Loads the plugin and has it prove itself. Nothing, and the host knows why, if it cannot be used.
std::optional<PluginLibrary> load(platform::Channel& host, const wire::Load& facts,
                                  Confinement& confinement) {
  std::optional<PluginLibrary> library;
  try {
    library = PluginLibrary::load(facts);
  } catch (const std::exception& error) {
    host.send(wire::encode_notice(wire::Kind::kRefused, error.what()));
    return std::nullopt;
  }
  confinement.narrow();
  const std::optional<std::string> fault = canary_fault(*library, facts);
  if (!fault) return library;
  host.send(wire::encode_notice(wire::Kind::kUnfit, *fault));
  return std::nullopt;
}

int serve_host() {
  platform::Channel host{platform::OsHandle(kChannelDescriptor)};
  ::fcntl(kChannelDescriptor, F_SETFD, FD_CLOEXEC);
  platform::Message message;
  if (host.receive(message, kForEver) != platform::Channel::Wait::kMessage) return 1;
  const std::optional<wire::Load> facts = wire::decode_load(message.bytes);
  if (!facts || !follow(static_cast<pid_t>(facts->host_process))) return 1;
  Confinement confinement(*facts);
  if (!host.send(wire::encode(confinement.layers())) || facts->library.empty()) return 0;
  if (facts->sandbox == SandboxLevel::kRequired && !confinement.layers().is_full()) return 0;
  const std::optional<PluginLibrary> library = load(host, *facts, confinement);
  if (!library || !host.send(wire::encode_notice(wire::Kind::kReady))) return 0;
  while (host.receive(message, kForEver) == platform::Channel::Wait::kMessage) {
    if (!serve(host, message, *library, confinement)) break;
  }
  return 0;
}

}  // namespace
}  // namespace sluice::program

int main() {
  int code = 1;
  try {
    code = sluice::program::serve_host();
  } catch (const std::exception&) {
    // The host sees the channel close and says which plugin it was.
    code = 1;
  }
  // No destructor of a plugin's library runs, here or in a run's process.
  ::_exit(code);
}
