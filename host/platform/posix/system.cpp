#include "platform/system.h"

#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace sluice::platform {

bool is_terminal(StandardStream stream) {
  switch (stream) {
    case StandardStream::kIn:
      return ::isatty(STDIN_FILENO) == 1;
    case StandardStream::kOut:
      return ::isatty(STDOUT_FILENO) == 1;
    case StandardStream::kErr:
      return ::isatty(STDERR_FILENO) == 1;
  }
  return false;
}

std::string system_name() {
  utsname name{};
  if (::uname(&name) != 0) return "an unknown system";
  return std::string(name.sysname) + " " + name.release + " " + name.machine;
}

std::uint64_t open_file_limit() {
  rlimit limit{};
  return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : RLIM_INFINITY;
}

void raise_open_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  // Where this is refused, the old limit stays, and reaching it is reported as such.
  (void)::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace sluice::platform
