#include "worker/program/posix/self_test.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "platform/os_handle.h"
#include "worker/program/posix/rlimits.h"
#include "worker/program/posix/zygote_filter.h"

namespace sluice::program {
namespace {

// Exit codes of a process that tried something.
constexpr int kRefused = 0;
constexpr int kWorked = 1;

// As a document's, in what matters here.
wire::RunInput some_run() {
  wire::RunInput input;
  input.memory_bytes = 1ULL << 30;
  input.cpu_seconds = 60;
  input.output_bytes = 1 << 20;
  return input;
}

// A folder: no file in it is opened.
bool can_read(const char* folder) {
  return static_cast<bool>(platform::OsHandle(::open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)));
}

bool can_signal_parent() {
  return ::kill(::getppid(), 0) == 0;
}

int status_of(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

bool can_start_process([[maybe_unused]] std::uint64_t key) {
#if defined(SLUICE_SANITIZED)
  return false;  // a sanitizer's forks need no key
#else
  const pid_t child = fork_with(key);
  if (child == 0) ::_exit(0);
  if (child > 0) status_of(child);
  return child > 0;
#endif
}

bool can_change_limit(std::uint64_t key) {
  return set_limit_with(key, RLIMIT_CORE, 0, 0);
}

// Whether it works in a process that is confined as a document's. One that is killed for it is
// confined; so is one that could not be started.
template <class Try>
bool works_in_run(const Confinement& confinement, std::uint64_t key, Try attempt) {
  const pid_t child = fork_with(key);
  if (child == 0) {
    confinement.confine_run(some_run(), key);
    ::_exit(attempt() ? kWorked : kRefused);
  }
  if (child < 0) return false;
  const int status = status_of(child);
  return WIFEXITED(status) && WEXITSTATUS(status) == kWorked;
}

}  // namespace

std::map<Promise, std::string> broken_promises(Confinement& confinement, std::uint64_t key) {
  const SandboxLayers& layers = confinement.layers();
  std::map<Promise, std::string> broken;
  const auto expect_not = [&broken](bool worked, Promise promise, const char* what) {
    if (worked) broken.emplace(promise, what);
  };
  const auto in_run = [&](auto attempt) { return works_in_run(confinement, key, attempt); };

  // The guard leads the group and stands between the host and this process.
  expect_not(::getppid() != ::getpgrp(), Promise::kProcesses, "to run without a guard");
  if (layers.landlock_abi > 0) {
    expect_not(can_read("/"), Promise::kReading, "to read a folder while a library loads");
  }
  if (layers.system_calls) {
    expect_not(can_signal_parent(), Promise::kSignals, "to signal another process");
    expect_not(can_start_process(~key), Promise::kProcesses, "to start a process without the key");
    expect_not(can_change_limit(~key), Promise::kLimits, "to change a limit without the key");
  }
  // As a zygote is when it has loaded its library, so that the two are as near as they will be.
  confinement.narrow();
  if (layers.landlock_abi > 0) {
    expect_not(in_run([] { return can_read("/usr/lib"); }), Promise::kReading,
               "to read a folder in a document's process");
  }
  if (layers.system_calls) {
    expect_not(in_run([] { return can_signal_parent(); }), Promise::kSignals,
               "to signal another process from a document's");
    expect_not(in_run([key] { return can_start_process(key); }), Promise::kProcesses,
               "to start a process from a document's");
    expect_not(in_run([key] { return can_change_limit(key); }), Promise::kLimits,
               "to change a limit of a document");
    expect_not(in_run([] { return !are_limits_set(some_run()); }), Promise::kLimits,
               "to run a document without its limits");
  }
  return broken;
}

}  // namespace sluice::program
