// Runs programs under ptrace and decides about each of their file calls before it is made: let it
// run, kill the program, fail the call, or pretend that it was made. All threads and child
// processes are followed, so calls can be counted over all of them. A seccomp filter stops only the
// calls that were asked for, so that the rest runs at full speed.
#pragma once

#include <sys/types.h>

#include <array>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "crash/trace/syscalls.h"

namespace sluice::crash {

struct Call {
  int program = 0;    // as start() numbered it
  pid_t process = 0;  // the program itself or a child of it
  pid_t thread = 0;
  const Syscall* syscall = nullptr;
  std::array<std::uint64_t, 6> arguments{};
  std::string path;         // of the file, absolute; whatever the kernel calls it if it has no path
  std::string to;           // the second path of a rename or a link
  std::uint64_t flags = 0;  // of an open, a rename, an unlink

  bool is_below(const std::string& root) const;
  bool creates() const;    // an open that may make the file
  bool truncates() const;  // an open that empties it
  // May leave something behind: not an open for reading.
  bool changes_something() const;
};

struct Verdict {
  enum class Action {
    kRun,
    kKill,     // the program
    kKillAll,  // every program of this tracer
    kFail,     // with `error`
    kPretend,  // not made, but told to be: it returns `pretended`
    kShorten,  // half of its bytes
    kHoldBack  // made as late as can be: once nothing else that is traced goes on
  };
  Action action = Action::kRun;
  int error = 0;  // of kFail, an errno
  std::int64_t pretended = 0;
};

class Tracer {
 public:
  using OnCall = std::function<Verdict(const Call&)>;
  // After a call that was let run. While it runs no other thread makes a traced call, so that the
  // order of what is seen is the order of what happened.
  using OnReturn = std::function<void(const Call&, std::int64_t result)>;

  struct Outcome {
    int exit_code = -1;  // 128 + signal if it was killed
    std::string out;
    std::string err;
  };

  // Traces calls of these kinds.
  Tracer(Kinds kinds, OnCall on_call, OnReturn on_return = {});
  ~Tracer();
  Tracer(const Tracer&) = delete;
  Tracer& operator=(const Tracer&) = delete;

  // Starts a program that stops before its first instruction, until run(). Returns its number.
  // Standard output and error go to files below `scratch`. Throws std::runtime_error where the
  // system does not allow tracing.
  int start(std::vector<std::string> command, const std::string& scratch);
  // Kills a program, but not its children, at once. Thread: that of run().
  void kill(int program);
  // Until every program and all of its children are gone. Throws std::runtime_error, with all of
  // them killed, after `limit`, and if a callback throws.
  void run(std::chrono::seconds limit = std::chrono::seconds(60));
  Outcome outcome(int program) const;
  // Where a program's standard output goes.
  std::string out_path(int program) const { return programs_.at(program).out; }

  // Sends SIGKILL to everything that is traced.
  void kill_all();

 private:
  struct Program {
    pid_t pid = 0;
    std::optional<int> status;
    std::string out;
    std::string err;
  };
  struct Tracee {
    int program = 0;
    pid_t process = 0;
  };

  Tracee& tracee_of(pid_t thread);
  void on_stop(pid_t thread, int status);
  void on_syscall(pid_t thread);
  void make_call(const Call& call);
  // As ::waitpid(); zero when it is time for a call that is held back.
  pid_t wait_for_stop(int& status) const;
  void gone(pid_t thread, int status);
  // Lets the call run and waits for its end. False if the thread died of it.
  bool run_call(pid_t thread, std::int64_t& result);
  void resume(pid_t thread, int signal = 0) const;

  const Kinds kinds_;
  const OnCall on_call_;
  const OnReturn on_return_;
  std::vector<Program> programs_;
  std::deque<Call> held_back_;
  std::mutex mutex_;  // of tracees_, for the watchdog
  std::map<pid_t, Tracee> tracees_;
};

// Why this system lets nobody trace, or nothing if it does. Asked once.
const std::string& why_no_tracing();

}  // namespace sluice::crash
