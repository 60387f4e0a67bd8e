#include "platform/system.h"

#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace sluice::platform {

namespace {

int descriptor_of(StandardStream stream) {
  switch (stream) {
    case StandardStream::kIn:
      return STDIN_FILENO;
    case StandardStream::kOut:
      return STDOUT_FILENO;
    case StandardStream::kErr:
      break;
  }
  return STDERR_FILENO;
}

}  // namespace

bool is_terminal(StandardStream stream) {
  return ::isatty(descriptor_of(stream)) == 1;
}

unsigned terminal_columns(StandardStream stream) {
  winsize size{};
  return ::ioctl(descriptor_of(stream), TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
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
