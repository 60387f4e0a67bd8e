#include "platform/system.h"

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

}  // namespace sluice::platform
