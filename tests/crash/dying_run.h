// A piece of work in a child process that dies before one of its changes to a file, or at a named
// crash point.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <functional>
#include <string>
#include <string_view>

#include "unit/owner/watched_files.h"

namespace sluice::test {

inline constexpr int kLived = 0;
inline constexpr int kThrew = 3;
inline constexpr int kDied = 42;

using Work = std::function<void(const std::string& kb, platform::Files& files)>;

// Dies before the `last`-th change, or at the named point. Returns how it ended.
inline int run_and_die(const Work& work, const std::string& kb, int last,
                       std::string_view at_point = {}, Renames renames = Renames::kAll) {
  const pid_t child = ::fork();
  if (child == 0) {
    int changes = 0;
    WatchedFiles files([&](Call call, std::string_view what, const std::string&) {
      if (call == Call::kLook) return;
      if (++changes == last || (!at_point.empty() && what == at_point)) ::_exit(kDied);
    });
    files.renames = renames;
    try {
      work(kb, files);
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
      ::_exit(kThrew);
    }
    ::_exit(kLived);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : kThrew;
}

}  // namespace sluice::test
