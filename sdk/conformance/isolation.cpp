#include "conformance/isolation.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <system_error>

#include "platform/process.h"

namespace sluice::conformance {
namespace {

constexpr int kDiedOf = 98;

// What parent and child both see.
struct Shared {
  char doing[512];
  char reason[256];
};
// Of the process that runs: signal handlers reach nothing else.
Shared* shared = nullptr;

Shared* make_shared_room() {
  void* room =
      ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (room == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
  return static_cast<Shared*>(room);
}

void put(char* to, std::size_t room, const char* text) {
  std::strncpy(to, text, room - 1);
  to[room - 1] = '\0';
}

void become_plugin_process(Streams streams) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::dup2(null, 0);
  if (streams == Streams::kSilent) {
    ::dup2(null, 1);
    ::dup2(null, 2);
  }
  ::clearenv();
  ::setenv("LC_ALL", "C.UTF-8", 1);
  ::setenv("TZ", "UTC", 1);
  std::setlocale(LC_ALL, "");
  if (::chdir("/") != 0) std::_Exit(1);
}

void write_all(int to, const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const ssize_t wrote = ::write(to, text.data() + at, text.size() - at);
    if (wrote < 0) std::_Exit(1);
    at += static_cast<std::size_t>(wrote);
  }
}

// In the child. Leaves without destructors of the plugin's libraries: the host does so, too.
[[noreturn]] void run_and_leave(const std::function<std::string()>& run, int to, Streams streams) {
  become_plugin_process(streams);
  std::string answer;
  try {
    answer = "r" + run();
  } catch (const std::exception& error) {
    answer = std::string("t") + error.what();
  }
  write_all(to, answer);
  std::_Exit(0);
}

// All that the child writes until it is gone; false if that took too long.
bool read_all(int from, std::chrono::steady_clock::time_point until, std::string& into) {
  char buffer[65536];
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    pollfd waited{from, POLLIN, 0};
    const int ready = ::poll(&waited, 1, static_cast<int>(std::max<long>(left.count(), 0)));
    if (ready == 0) return false;
    if (ready < 0) continue;
    const ssize_t got = ::read(from, buffer, sizeof buffer);
    if (got <= 0) return true;
    into.append(buffer, static_cast<std::size_t>(got));
  }
}

Ending judge(bool in_time, int status, const std::string& answer, const Shared& room) {
  Ending ending;
  ending.doing = room.doing;
  if (!in_time) {
    ending.kind = Ending::Kind::kTimeout;
  } else if (WIFSIGNALED(status)) {
    ending.kind = Ending::Kind::kDied;
    ending.signal = WTERMSIG(status);
    ending.text = "it was ended by " + platform::signal_name(ending.signal);
  } else if (WEXITSTATUS(status) == kDiedOf) {
    ending.kind = Ending::Kind::kDied;
    ending.text = room.reason;
  } else if (WEXITSTATUS(status) != 0 || answer.empty()) {
    ending.kind = Ending::Kind::kDied;
    ending.text = "it called exit(" + std::to_string(WEXITSTATUS(status)) + ")";
  } else {
    ending.kind = answer[0] == 'r' ? Ending::Kind::kReturned : Ending::Kind::kThrew;
    ending.text = answer.substr(1);
  }
  return ending;
}

}  // namespace

void note(const std::string& doing) {
  if (shared != nullptr) put(shared->doing, sizeof shared->doing, doing.c_str());
}

void die_of(const char* reason) {
  if (shared != nullptr) put(shared->reason, sizeof shared->reason, reason);
  std::_Exit(kDiedOf);
}

Ending in_process(const std::function<std::string()>& run, std::chrono::seconds patience,
                  Streams streams) {
  Shared* room = make_shared_room();
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    throw std::system_error(errno, std::generic_category(), "pipe");
  }
  const auto until = std::chrono::steady_clock::now() + patience;
  const pid_t child = ::fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child == 0) {
    ::close(ends[0]);
    shared = room;
    run_and_leave(run, ends[1], streams);
  }
  ::close(ends[1]);
  std::string answer;
  const bool in_time = read_all(ends[0], until, answer);
  ::close(ends[0]);
  if (!in_time) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  Ending ending = judge(in_time, status, answer, *room);
  ::munmap(room, sizeof(Shared));
  return ending;
}

}  // namespace sluice::conformance
