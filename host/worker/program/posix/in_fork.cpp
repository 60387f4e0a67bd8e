#include "worker/program/in_fork.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "platform/os_handle.h"
#include "worker/program/posix/zygote_filter.h"

namespace sluice::program {
namespace {

constexpr std::size_t kMaxMessage = 4 << 10;

std::string read_all(int from) {
  std::string text;
  std::array<char, kMaxMessage> part{};
  while (true) {
    const ssize_t got = ::read(from, part.data(), part.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return text;
    if (text.size() < kMaxMessage) text.append(part.data(), static_cast<std::size_t>(got));
  }
}

[[noreturn]] void run_and_end(const std::function<std::string()>& work, int to) {
  int code = 1;
  try {
    const std::string text = work().substr(0, kMaxMessage);
    const ssize_t written = ::write(to, text.data(), text.size());
    code = written == static_cast<ssize_t>(text.size()) ? 0 : 1;
  } catch (...) {
    code = 1;
  }
  ::_exit(code);
}

}  // namespace

std::optional<std::string> in_fork(const std::function<std::string()>& work, std::uint64_t key) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  const platform::OsHandle from(ends[0]);
  platform::OsHandle to(ends[1]);
  const pid_t child = fork_with(key);
  if (child == 0) run_and_end(work, ends[1]);
  to.close();
  if (child < 0) return std::nullopt;
  std::string text = read_all(ends[0]);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return std::nullopt;
  return text;
}

}  // namespace sluice::program
