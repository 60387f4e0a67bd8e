#include "platform/shell_command.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/prctl.h>
#endif

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>

#include "platform/error.h"
#include "platform/posix/descriptor.h"

extern char** environ;

namespace sluice::platform {
namespace {

using Clock = std::chrono::steady_clock;

// How often it is looked whether the caller has had enough.
constexpr std::chrono::milliseconds kLook{50};
constexpr std::chrono::milliseconds kGrace{1'000};
// Of what it prints, the end is kept: that is where programs say why they fail.
constexpr std::size_t kMaxKept = 4'096;
constexpr std::size_t kMaxLine = 300;

[[noreturn]] void refuse(const std::string& command) {
  throw SystemError("start", command, std::error_code(errno, std::generic_category()));
}

std::vector<std::string> environment_of(const ShellCommand& command) {
  std::vector<std::string> out;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const std::string_view name = text.substr(0, text.find('='));
    const bool is_replaced =
        std::any_of(command.variables.begin(), command.variables.end(),
                    [&](const auto& variable) { return variable.first == name; });
    if (!is_replaced) out.emplace_back(text);
  }
  for (const auto& [name, value] : command.variables) out.push_back(name + "=" + value);
  return out;
}

std::vector<char*> null_ended(std::vector<std::string>& strings) {
  std::vector<char*> out;
  out.reserve(strings.size() + 1);
  for (std::string& one : strings) out.push_back(one.data());
  out.push_back(nullptr);
  return out;
}

// What the new process needs, made before it is: behind fork() only calls that are safe there.
struct Plan {
  char* const* arguments;
  char* const* environment;
  const char* folder;
  int input;
  int output;
  int kept_open;
  pid_t parent;
};

[[noreturn]] void become(const Plan& plan) {
  ::setpgid(0, 0);
#if defined(__linux__)
  // posix_spawn() cannot do this. If we had died before, nobody would tell.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != plan.parent) ::_exit(127);
#endif
  for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  if (::dup2(plan.input, STDIN_FILENO) < 0 || ::dup2(plan.output, STDOUT_FILENO) < 0 ||
      ::dup2(plan.output, STDERR_FILENO) < 0 || ::chdir(plan.folder) != 0) {
    ::_exit(127);
  }
  if (plan.kept_open >= 0) ::fcntl(plan.kept_open, F_SETFD, 0);
  ::execve("/bin/sh", plan.arguments, plan.environment);
  ::_exit(127);
}

std::string last_line_of(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) {
    text.pop_back();
  }
  text.erase(0, text.rfind('\n') + 1);
  if (text.size() > kMaxLine) text.resize(kMaxLine);
  return text;
}

// One that runs, and what it prints.
class Running {
 public:
  Running(pid_t pid, int output) : pid_(pid), output_(output) {
    ended_ = OsHandle(static_cast<OsHandle::Value>(::syscall(SYS_pidfd_open, pid, 0)));
  }
  ~Running() { stop(); }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  // False if it has not ended by then.
  bool wait(std::chrono::milliseconds time) {
    const auto end = Clock::now() + time;
    do {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
      read_output(std::max(left, std::chrono::milliseconds(0)));
      if (has_ended()) {
        drain();
        signal_group(SIGKILL);  // what it left behind
        reap();
        return true;
      }
    } while (Clock::now() < end);
    return false;
  }
  void stop() {
    if (pid_ == 0) return;
    signal_group(SIGTERM);
    if (wait(kGrace)) return;
    signal_group(SIGKILL);
    reap();
  }
  int status() const { return status_; }
  std::string last_line() const { return last_line_of(printed_); }

 private:
  // Without waiting for it, so that its number stays its own.
  bool has_ended() const {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == pid_;
  }
  void reap() {
    while (::waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
  }
  void signal_group(int signal) const { ::kill(-pid_, signal); }
  void read_output(std::chrono::milliseconds patience) {
    std::array<pollfd, 2> looked = {pollfd{output_, POLLIN, 0},
                                    pollfd{descriptor_of(ended_), POLLIN, 0}};
    if (!open_) looked[0].fd = -1;
    if (::poll(looked.data(), looked.size(), static_cast<int>(patience.count())) <= 0) return;
    if (looked[0].revents != 0) take_output();
  }
  bool take_output() {
    std::array<char, 4'096> piece{};
    const ssize_t got = ::read(output_, piece.data(), piece.size());
    if (got == 0) open_ = false;
    if (got <= 0) return false;
    printed_.append(piece.data(), static_cast<std::size_t>(got));
    if (printed_.size() > 2 * kMaxKept) printed_.erase(0, printed_.size() - kMaxKept);
    return true;
  }
  // What was printed before it ended. Not to the end: what it left behind may print for ever.
  void drain() {
    for (int piece = 0; piece < 16 && open_ && take_output(); ++piece) {
    }
  }

  pid_t pid_;
  int output_;
  bool open_ = true;
  OsHandle ended_;
  int status_ = 0;
  std::string printed_;
};

CommandEnd end_of(const Running& running) {
  const int status = running.status();
  if (WIFSIGNALED(status)) {
    return {CommandEnd::How::kSignal, WTERMSIG(status), running.last_line()};
  }
  return {CommandEnd::How::kExited, WEXITSTATUS(status), running.last_line()};
}

}  // namespace

CommandEnd run_shell_command(const ShellCommand& command, const File& input,
                             std::chrono::milliseconds timeout,
                             const std::function<bool()>& cancelled) {
  std::vector<std::string> words = {"sh", "-c", command.text};
  std::vector<std::string> variables = environment_of(command);
  const std::vector<char*> arguments = null_ended(words);
  const std::vector<char*> environment = null_ended(variables);
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) refuse(command.text);
  const OsHandle ours(ends[0]);
  OsHandle theirs(ends[1]);
  // Whoever writes to it waits while it is full.
  ::fcntl(ends[1], F_SETFL, 0);
  const int kept = command.kept_open == nullptr ? -1 : descriptor_of(command.kept_open->handle);
  const Plan plan{arguments.data(),
                  environment.data(),
                  command.folder.c_str(),
                  descriptor_of(input.handle),
                  ends[1],
                  kept,
                  ::getpid()};
  const pid_t pid = ::fork();
  if (pid < 0) refuse(command.text);
  if (pid == 0) become(plan);
  ::setpgid(pid, pid);  // whoever of the two comes first
  theirs = OsHandle();
  Running running(pid, ends[0]);
  const auto deadline = Clock::now() + timeout;
  while (!running.wait(kLook)) {
    const bool is_cancelled = cancelled && cancelled();
    if (!is_cancelled && Clock::now() < deadline) continue;
    running.stop();
    return {is_cancelled ? CommandEnd::How::kCancelled : CommandEnd::How::kTimeout, 0,
            running.last_line()};
  }
  return end_of(running);
}

}  // namespace sluice::platform
