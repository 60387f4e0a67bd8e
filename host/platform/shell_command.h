// A command of the user's own, run as a shell runs it, with a limit of time. Unlike a worker it has
// all rights of the user.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "platform/files.h"

namespace sluice::platform {

struct ShellCommand {
  std::string text;    // for /bin/sh
  std::string folder;  // where it runs
  // Besides the variables of this process.
  std::vector<std::pair<std::string, std::string>> variables;
  // A file that it and all that it starts keep open: a lock on that file outlives this process as
  // long as they do. Nullptr for none.
  const File* kept_open = nullptr;
};

struct CommandEnd {
  enum class How { kExited, kSignal, kTimeout, kCancelled };
  How how = How::kExited;
  int code = 0;           // the exit code, or the signal
  std::string last_line;  // that it printed, wherever

  bool is_success() const { return how == How::kExited && code == 0; }
};

// Runs it with `input` as its standard input, and waits. When `timeout` is over, or `cancelled`
// says so, it and all that it started get SIGTERM, and after a second SIGKILL. It dies with the
// thread that calls this. Throws SystemError if it cannot be started.
CommandEnd run_shell_command(const ShellCommand& command, const File& input,
                             std::chrono::milliseconds timeout,
                             const std::function<bool()>& cancelled);

}  // namespace sluice::platform
