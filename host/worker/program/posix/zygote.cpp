// sluice-worker: the warm, single-threaded process that has one plugin loaded and forks for each
// run. It touches no document itself; whatever becomes of a run's process, it reports and goes on.
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <clocale>
#include <cstring>
#include <exception>
#include <new>
#include <string>
#include <utility>

#include "worker/program/canary.h"
#include "worker/program/confine.h"
#include "worker/program/plugin_library.h"
#include "worker/program/posix/forbidden_call.h"
#include "worker/program/posix/guard.h"
#include "worker/program/posix/rlimits.h"
#include "worker/program/posix/zygote_filter.h"
#include "worker/program/run.h"

namespace sluice::program {
namespace {

constexpr int kChannelDescriptor = 3;
constexpr std::chrono::milliseconds kForEver{-1};

// What the plugin or a sanitizer installed would hide from the host how a run ended. Once for all
// runs: nothing of the plugin's runs in the zygote any more.
void default_signals() {
  for (int number = 1; number < 32; ++number) {
    if (number != SIGKILL && number != SIGSTOP) ::signal(number, SIG_DFL);
  }
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);  // the write then fails with EFBIG
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
  ended.memory = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;  // Linux counts in KiB
  return ended;
}

// One run: false if the host is gone.
bool serve(platform::Channel& host, platform::Message& message, RunRoom& room,
           const PluginLibrary& library, const Confinement& confinement) {
  std::optional<RunParts> parts = run_parts(message, room);
  if (!parts) return false;
  const pid_t self = ::getpid();
  const pid_t child = fork_with(parts->run.key);
  if (child == 0) {
    int code = wire::kExitProtocol;
    try {
      host.close();
      if (follow(self)) code = convert_run(*parts, room, library, confinement);
    } catch (...) {
      code = wire::kExitProtocol;
    }
    ::_exit(code);
  }
  if (child < 0) {
    return host.send(wire::encode_notice(wire::Kind::kForkFailed, std::strerror(errno)));
  }
  parts.reset();
  return host.send(wire::encode(wait_for(child)));
}

// The key, for a converter that proves itself in a fork. Nothing if the host is gone.
std::optional<std::uint64_t> ask_for_key(platform::Channel& host) {
  platform::Message answer;
  if (!host.send(wire::encode_notice(wire::Kind::kLoaded)) ||
      host.receive(answer, kForEver) != platform::Channel::Wait::kMessage) {
    return std::nullopt;
  }
  return wire::decode_fork_key(answer.bytes);
}

platform::Channel* host_of_loading = nullptr;

// What a constructor of the library throws has nobody above it who could catch it: its words would
// be lost with the process.
[[noreturn]] void report_uncaught() {
  std::string what = "std::terminate was called";
  try {
    if (const std::exception_ptr thrown = std::current_exception()) std::rethrow_exception(thrown);
  } catch (const std::exception& error) {
    what = std::string("an exception left a constructor of it: ") + error.what();
  } catch (...) {
    what = "an exception of unknown type left a constructor of it";
  }
  host_of_loading->send(
      wire::encode_notice(wire::Kind::kRefused, "the library ended while it was loaded: " + what));
  ::_exit(wire::kExitProtocol);
}

[[noreturn]] void report_no_memory() {
  ::_exit(wire::kExitOutOfMemory);
}

// While it lives, the host gets a message if C++ ends the process: std::terminate, or no memory.
class LoadingReports {
 public:
  explicit LoadingReports(platform::Channel& host)
      : terminate_(std::set_terminate(report_uncaught)),
        no_memory_(std::set_new_handler(report_no_memory)) {
    host_of_loading = &host;
  }
  ~LoadingReports() {
    std::set_new_handler(no_memory_);
    std::set_terminate(terminate_);
    host_of_loading = nullptr;
  }
  LoadingReports(const LoadingReports&) = delete;
  LoadingReports& operator=(const LoadingReports&) = delete;

 private:
  std::terminate_handler terminate_;
  std::new_handler no_memory_;
};

// Nothing, and the host knows why, if there is none.
std::optional<PluginLibrary> load_library(platform::Channel& host, const wire::Load& facts) {
  const auto refuse = [&host](wire::Kind kind, const std::exception& error) {
    host.send(wire::encode_notice(kind, error.what()));
    return std::nullopt;
  };
  try {
    return PluginLibrary::load(facts);
  } catch (const NotLoadable& error) {
    return refuse(wire::Kind::kNotLoadable, error);
  } catch (const Declined& error) {
    return refuse(wire::Kind::kDeclined, error);
  } catch (const std::exception& error) {
    return refuse(wire::Kind::kRefused, error);
  }
}

// Loads the plugin and has it prove itself. Nothing, and the host knows why, if it cannot be used.
std::optional<PluginLibrary> load(platform::Channel& host, const wire::Load& facts,
                                  Confinement& confinement) {
  const LoadingReports reports(host);
  if (confinement.names_forbidden()) report_forbidden_calls(kChannelDescriptor);
  std::optional<PluginLibrary> library = load_library(host, facts);
  if (!library) return std::nullopt;
  confinement.narrow();
  std::uint64_t key = 0;
  const auto& converters = facts.converters;
  if (std::any_of(converters.begin(), converters.end(), [](auto& one) { return one.threads; })) {
    const std::optional<std::uint64_t> answer = ask_for_key(host);
    if (!answer) return std::nullopt;
    key = *answer;
  }
  const std::optional<std::string> fault = canary_fault(*library, facts, key);
  if (!fault) return library;
  host.send(wire::encode_notice(wire::Kind::kUnfit, *fault));
  return std::nullopt;
}

// Tells the host what this worker got. False if it is to end now.
bool confine(platform::Channel& host, wire::Load& facts, Confinement& confinement) {
  const bool told = confinement.report(host);
  wipe_stack();
  facts.syscall_filter.clear();
  return told && !facts.library.empty() &&
         (facts.sandbox != SandboxLevel::kRequired || confinement.layers().is_full());
}

// libstdc++ binds its calls when they are made first. A run asks for the time when it reports
// progress: bound in each fork, that one call took 11 page faults, a tenth of an Office document's.
void bind_clock() {
  (void)std::chrono::steady_clock::now();
}

int serve_host() {
  // Its other categories are those of "C", and each is a file that every fork would have mapped.
  std::setlocale(LC_CTYPE, "C.UTF-8");
  platform::Channel host{platform::OsHandle(kChannelDescriptor)};
  ::fcntl(kChannelDescriptor, F_SETFD, FD_CLOEXEC);
  platform::Message message;
  if (host.receive(message, kForEver) != platform::Channel::Wait::kMessage) return 1;
  std::optional<wire::Load> facts = wire::decode_load(message.bytes);
  if (!facts || !put_guard_before(static_cast<pid_t>(facts->host_process))) return 1;
  Confinement confinement(*facts);
  if (!confine(host, *facts, confinement)) return 0;
  const std::optional<PluginLibrary> library = load(host, *facts, confinement);
  if (!library || !host.send(wire::encode_notice(wire::Kind::kReady))) return 0;
  default_signals();
  bind_clock();
  RunRoom room;
  bool loading_ended = false;
  while (host.receive(message, kForEver) == platform::Channel::Wait::kMessage) {
    if (!std::exchange(loading_ended, true)) {
      const std::optional<wire::Run> first = wire::decode_run(message.bytes);
      if (!first || !end_loading(first->key)) return 1;
    }
    if (!serve(host, message, room, *library, confinement)) break;
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
