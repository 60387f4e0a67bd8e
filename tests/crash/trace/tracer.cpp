#include "crash/trace/tracer.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <stdexcept>
#include <thread>
#include <utility>

#include "crash/trace/filter.h"
#include "crash/trace/tracee.h"
#include "kit/program.h"

namespace sluice::crash {
namespace {

constexpr int kStopEvent = 128;  // PTRACE_EVENT_STOP, which not every header has
constexpr int kNoTracing = 125;
constexpr int kQuietMilliseconds = 30;  // without a traced call: everybody waits
constexpr long kOptions = PTRACE_O_EXITKILL | PTRACE_O_TRACESECCOMP | PTRACE_O_TRACESYSGOOD |
                          PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
                          PTRACE_O_TRACEEXEC;

void redirect(const std::string& path, int to) {
  const int opened = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (opened < 0 || ::dup2(opened, to) < 0) ::_exit(kNoTracing);
  ::close(opened);
}

// What becomes the traced program, once its tracer says so.
[[noreturn]] void become(std::vector<std::string>& command, Kinds kinds, int go) {
  std::vector<char*> arguments;
  for (std::string& argument : command) arguments.push_back(argument.data());
  arguments.push_back(nullptr);
  char byte = 0;
  if (::read(go, &byte, 1) != 1) ::_exit(kNoTracing);
  ::close(go);
  if (!install_filter(kinds)) ::_exit(kNoTracing);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

// Kills everything if nobody says in time that all is well.
class Watchdog {
 public:
  Watchdog(std::chrono::seconds limit, Tracer& tracer)
      : thread_([this, limit, &tracer] {
          std::unique_lock lock(mutex_);
          bit_ = !done_.wait_for(lock, limit, [this] { return is_done_; });
          if (bit_) tracer.kill_all();
        }) {}
  ~Watchdog() { stop(); }
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  // True if it had to kill.
  bool stop() {
    {
      const std::lock_guard guard(mutex_);
      is_done_ = true;
    }
    done_.notify_one();
    if (thread_.joinable()) thread_.join();
    return bit_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable done_;
  bool is_done_ = false;
  bool bit_ = false;
  std::thread thread_;
};

}  // namespace

bool Call::is_below(const std::string& root) const {
  const auto below = [&root](const std::string& file) {
    return file == root || (file.size() > root.size() && file[root.size()] == '/' &&
                            file.compare(0, root.size(), root) == 0);
  };
  return below(path) || below(to);
}

bool Call::creates() const {
  return syscall->kind == Kind::kOpen && (flags & O_CREAT) != 0;
}
bool Call::truncates() const {
  return syscall->kind == Kind::kOpen && (flags & O_TRUNC) != 0;
}
bool Call::changes_something() const {
  if (syscall->kind == Kind::kOpen) return creates() || truncates();
  return kChanges.has(syscall->kind);
}

Tracer::Tracer(Kinds kinds, OnCall on_call, OnReturn on_return)
    : kinds_(kinds), on_call_(std::move(on_call)), on_return_(std::move(on_return)) {}

Tracer::~Tracer() {
  kill_all();
  while (!tracees_.empty()) {
    int status = 0;
    const pid_t thread = ::waitpid(-1, &status, __WALL);
    if (thread < 0 && errno != EINTR) return;
    if (thread > 0 && (WIFEXITED(status) || WIFSIGNALED(status))) gone(thread, status);
  }
}

int Tracer::start(std::vector<std::string> command, const std::string& scratch) {
  const int number = static_cast<int>(programs_.size());
  Program program;
  program.out = scratch + "/out-" + std::to_string(number);
  program.err = scratch + "/err-" + std::to_string(number);
  int go[2];
  if (::pipe2(go, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  program.pid = ::fork();
  if (program.pid == 0) {
    redirect(program.out, STDOUT_FILENO);
    redirect(program.err, STDERR_FILENO);
    ::close(STDIN_FILENO);
    ::open("/dev/null", O_RDONLY);
    ::close(go[1]);
    become(command, kinds_, go[0]);
  }
  ::close(go[0]);
  if (::ptrace(PTRACE_SEIZE, program.pid, nullptr, kOptions) != 0) {
    const int error = errno;
    ::close(go[1]);  // it ends by itself
    ::waitpid(program.pid, nullptr, 0);
    throw std::runtime_error(std::string("cannot trace: ") + std::strerror(error));
  }
  {
    const std::lock_guard guard(mutex_);
    tracees_[program.pid] = {number, program.pid};
  }
  programs_.push_back(program);
  // Told now; it stops at its first traced call if run() is not there yet.
  (void)!::write(go[1], "g", 1);
  ::close(go[1]);
  return number;
}

void Tracer::kill(int program) {
  const Program& killed = programs_.at(static_cast<std::size_t>(program));
  if (!killed.status) ::kill(killed.pid, SIGKILL);
}

void Tracer::kill_all() {
  const std::lock_guard guard(mutex_);
  for (const auto& [thread, tracee] : tracees_) ::kill(tracee.process, SIGKILL);
}

void Tracer::run(std::chrono::seconds limit) {
  Watchdog watchdog(limit, *this);
  while (!tracees_.empty()) {
    int status = 0;
    const pid_t thread = wait_for_stop(status);
    if (thread < 0) {
      if (errno == EINTR) continue;
      break;
    }
    if (thread == 0) {
      const Call call = std::move(held_back_.front());
      held_back_.pop_front();
      make_call(call);
    } else if (WIFSTOPPED(status)) {
      on_stop(thread, status);
    } else {
      gone(thread, status);
    }
  }
  if (watchdog.stop()) throw std::runtime_error("the traced program did not end in time");
}

pid_t Tracer::wait_for_stop(int& status) const {
  if (held_back_.empty()) return ::waitpid(-1, &status, __WALL);
  for (int quiet = 0; quiet < kQuietMilliseconds; ++quiet) {
    const pid_t thread = ::waitpid(-1, &status, __WALL | WNOHANG);
    if (thread != 0) return thread;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return 0;
}

Tracer::Tracee& Tracer::tracee_of(pid_t thread) {
  const auto found = tracees_.find(thread);
  if (found != tracees_.end()) return found->second;
  // A new thread, or a child that stopped before its parent told of it.
  const Family family = family_of(thread);
  Tracee tracee;
  tracee.process = family.process;
  tracee.program = kNone;
  const std::lock_guard guard(mutex_);
  for (const auto& [other, known] : tracees_) {
    if (known.process == family.process || known.process == family.parent) {
      tracee.program = known.program;
    }
  }
  return tracees_[thread] = tracee;
}

void Tracer::on_stop(pid_t thread, int status) {
  const int signal = WSTOPSIG(status);
  const int event = status >> 16;
  Tracee& tracee = tracee_of(thread);
  switch (event) {
    case 0:
      // A signal on its way, or (late) the end of a call.
      resume(thread, signal == (SIGTRAP | 0x80) ? 0 : signal);
      return;
    case PTRACE_EVENT_SECCOMP:
      on_syscall(thread);
      return;
    case PTRACE_EVENT_FORK:
    case PTRACE_EVENT_VFORK:
    case PTRACE_EVENT_CLONE: {
      unsigned long child = 0;
      ::ptrace(PTRACE_GETEVENTMSG, thread, nullptr, &child);
      const int program = tracee.program;
      if (family_of(static_cast<pid_t>(child)).process != 0) {
        tracee_of(static_cast<pid_t>(child)).program = program;
      }
      resume(thread);
      return;
    }
    case kStopEvent:
      // A new thread's first stop, or a real stop of the whole process.
      if (signal != SIGTRAP) {
        ::ptrace(PTRACE_LISTEN, thread, nullptr, nullptr);
        return;
      }
      resume(thread);
      return;
    default:
      resume(thread);
  }
}

void Tracer::on_syscall(pid_t thread) {
  Call call = read_call(thread);
  const Tracee& tracee = tracee_of(thread);
  call.program = tracee.program;
  call.process = tracee.process;
  if (call.syscall == nullptr || call.program == kNone) {
    resume(thread);
    return;
  }
  if (call.syscall->kind == Kind::kHide) {
    skip_call(thread, 0);
    resume(thread);
    return;
  }
  const Verdict verdict = on_call_(call);
  switch (verdict.action) {
    case Verdict::Action::kRun:
      break;
    case Verdict::Action::kKillAll:
      for (std::size_t i = 0; i < programs_.size(); ++i) kill(static_cast<int>(i));
      [[fallthrough]];
    case Verdict::Action::kKill:
      kill(call.program);
      // A worker's thread goes on, until its host's death reaches it.
      if (programs_[static_cast<std::size_t>(call.program)].pid != call.process) resume(thread);
      return;
    case Verdict::Action::kFail:
      skip_call(thread, -verdict.error);
      resume(thread);
      return;
    case Verdict::Action::kPretend:
      skip_call(thread, verdict.pretended);
      resume(thread);
      return;
    case Verdict::Action::kShorten:
      if (call.arguments[2] > 1) set_argument(thread, 2, call.arguments[2] / 2);
      break;
    case Verdict::Action::kHoldBack:
      held_back_.push_back(std::move(call));
      return;
  }
  make_call(call);
}

void Tracer::make_call(const Call& call) {
  std::int64_t result = 0;
  if (on_return_) {
    if (!run_call(call.thread, result)) return;
    on_return_(call, result);
  }
  resume(call.thread);
}

bool Tracer::run_call(pid_t thread, std::int64_t& result) {
  if (::ptrace(PTRACE_SYSCALL, thread, nullptr, nullptr) != 0) return false;
  int status = 0;
  while (::waitpid(thread, &status, __WALL) < 0) {
    if (errno != EINTR) return false;
  }
  if (!WIFSTOPPED(status)) {
    gone(thread, status);
    return false;
  }
  if (WSTOPSIG(status) != (SIGTRAP | 0x80)) {
    on_stop(thread, status);
    return false;
  }
  result = read_result(thread);
  return true;
}

void Tracer::gone(pid_t thread, int status) {
  {
    const std::lock_guard guard(mutex_);
    tracees_.erase(thread);
  }
  for (Program& program : programs_) {
    if (program.pid == thread) program.status = status;
  }
}

void Tracer::resume(pid_t thread, int signal) const {
  ::ptrace(PTRACE_CONT, thread, nullptr, signal);  // fails if it was killed: its end is reported
}

Tracer::Outcome Tracer::outcome(int program) const {
  const Program& ended = programs_.at(static_cast<std::size_t>(program));
  Outcome outcome;
  if (ended.status) {
    outcome.exit_code =
        WIFSIGNALED(*ended.status) ? 128 + WTERMSIG(*ended.status) : WEXITSTATUS(*ended.status);
  }
  outcome.out = test::read_file(ended.out);
  outcome.err = test::read_file(ended.err);
  return outcome;
}

const std::string& why_no_tracing() {
  static const std::string kWhy = [] {
    try {
      const test::TempDir scratch;
      bool seen = false;
      Tracer tracer(kChanges, [&seen](const Call&) {
        seen = true;
        return Verdict{};
      });
      const int program = tracer.start({"/bin/sh", "-c", "echo"}, scratch.path());
      tracer.run(std::chrono::seconds(10));
      if (tracer.outcome(program).exit_code != 0) return std::string("seccomp is not to be had");
      return std::string(seen ? "" : "system calls cannot be seen");
    } catch (const std::exception& error) {
      return std::string(error.what());
    }
  }();
  return kWhy;
}

}  // namespace sluice::crash
