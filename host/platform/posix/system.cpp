#include "platform/system.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string_view>

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

unsigned terminal_rows(StandardStream stream) {
  winsize size{};
  return ::ioctl(descriptor_of(stream), TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

bool reader_is_gone(StandardStream stream) {
  pollfd watched{stream == StandardStream::kErr ? STDERR_FILENO : STDOUT_FILENO, 0, 0};
  return ::poll(&watched, 1, 0) == 1 && (watched.revents & POLLERR) != 0;
}

void hold_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(stream, F_GETFD) >= 0) continue;
    // The lowest free number is this one: those below it are open.
    (void)::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
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

std::string user_locale() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    // "de_DE.UTF-8@euro": without its encoding and variant.
    const std::string locale(value, std::strcspn(value, ".@"));
    constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
    const bool is_name = locale.size() <= 16 && locale != "C" && locale != "POSIX" &&
                         locale.find_first_not_of(kLetters) == std::string::npos;
    return is_name ? locale : std::string();
  }
  return {};
}

std::vector<std::string> environment_names() {
  std::vector<std::string> names;
  for (char** one = environ; *one != nullptr; ++one) {
    const std::string_view entry = *one;
    names.emplace_back(entry.substr(0, entry.find('=')));
  }
  return names;
}

}  // namespace sluice::platform
