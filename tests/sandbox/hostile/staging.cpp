// SPDX-License-Identifier: Apache-2.0
//
// Tricks with the descriptors and the folder that the host has lent.
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "attacks.hpp"

namespace hostile {
namespace {

// True for a file of staging, or the memory file of results, among the open descriptors.
bool is_file(int file) {
  struct stat status {};
  return ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
}

// Tries something with every open file; 0 if it worked with any.
template <class Try>
int with_any_file(Try attempt) {
  int error = ENOENT;
  for (int file = 3; file < 256; ++file) {
    if (!is_file(file)) continue;
    if (attempt(file) >= 0) return 0;
    error = errno;
  }
  return error;
}

// Tries something with a temporary file.
template <class Try>
Attack with_scratch(Try attempt) {
  return [attempt](const World& world, sluice::Job& job) {
    const int file = static_cast<int>(job.open_scratch());
    return error_of(attempt(file, "/proc/self/fd/" + std::to_string(file), world.at("secret")));
  };
}

}  // namespace

void add_attacks_on_staging(Attacks& out) {
  out["chmod-output"] = [](const World&, sluice::Job& job) {
    job.open_asset("a.png", "image/png");
    return with_any_file([](int file) { return ::fchmod(file, 04777); });
  };
  out["reopen-descriptor"] = [](const World&, sluice::Job&) {
    return with_any_file([](int file) {
      return ::open(("/proc/self/fd/" + std::to_string(file)).c_str(), O_RDWR | O_CLOEXEC);
    });
  };
  out["lock-descriptor"] = [](const World&, sluice::Job&) {
    return with_any_file([](int file) { return ::flock(file, LOCK_SH | LOCK_NB); });
  };
  out["flags-of-descriptor"] = [](const World&, sluice::Job&) {
    return with_any_file([](int file) { return ::fcntl(file, F_SETFL, O_NONBLOCK); });
  };
  out["reserve-disk"] = [](const World&, sluice::Job& job) {
    job.open_asset("a.png", "image/png");
    return with_any_file([](int file) { return ::fallocate(file, 0, 0, 1 << 20); });
  };
  out["grow-beyond-limit"] = [](const World&, sluice::Job& job) {
    job.open_asset("a.png", "image/png");
    return with_any_file([](int file) { return ::ftruncate(file, 1LL << 40); });
  };
  out["terminal-input"] = [](const World&, sluice::Job&) {
    return error_of(::ioctl(STDERR_FILENO, TIOCSTI, "x"));
  };
  out["inherit"] = [](const World& world, sluice::Job&) {
    for (int file = 0; file < 256; ++file) {
      char target[4096];
      const ssize_t size =
          ::readlink(("/proc/self/fd/" + std::to_string(file)).c_str(), target, sizeof target);
      if (size > 0 && std::string(target, static_cast<std::size_t>(size)) == world.at("secret")) {
        return 0;
      }
    }
    return ENOENT;
  };
  out["inherit-environment"] = [](const World&, sluice::Job&) {
    return ::getenv("SLUICE_TEST_SECRET") != nullptr ? 0 : ENOENT;
  };

  using Text = const std::string&;
  out["scratch-link"] = with_scratch([](int, Text self, Text secret) {
    return ::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, (secret + ".planted").c_str(),
                    AT_SYMLINK_FOLLOW);
  });
  out["scratch-mode"] = with_scratch([](int file, Text, Text) { return ::fchmod(file, 04777); });
  out["scratch-reopen"] =
      with_scratch([](int, Text self, Text) { return ::open(self.c_str(), O_WRONLY | O_CLOEXEC); });
  out["scratch-lock"] =
      with_scratch([](int file, Text, Text) { return ::flock(file, LOCK_EX | LOCK_NB); });
  out["scratch-reserve"] =
      with_scratch([](int file, Text, Text) { return ::fallocate(file, 0, 0, 1 << 20); });
  out["scratch-make"] = with_scratch([](int, Text, Text secret) {
    return ::open((secret + ".planted").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  });
}

}  // namespace hostile
