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

template <class Try>
Attack in_scratch(Try attempt) {
  return [attempt](const World& world, sluice::Job& job) {
    return error_of(attempt(job.scratch_dir() + "/", world.at("secret")));
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

  out["scratch-symlink"] = in_scratch([](const std::string& folder, const std::string& secret) {
    return ::symlink(secret.c_str(), (folder + "link").c_str());
  });
  out["scratch-hard-link"] = in_scratch([](const std::string& folder, const std::string& secret) {
    return ::link(secret.c_str(), (folder + "link").c_str());
  });
  out["scratch-rename-out"] = in_scratch([](const std::string& folder, const std::string& secret) {
    const int file = ::open((folder + "x").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    return file < 0 ? file : ::rename((folder + "x").c_str(), (secret + ".planted").c_str());
  });
  out["scratch-fifo"] = in_scratch([](const std::string& folder, const std::string&) {
    return ::mkfifo((folder + "fifo").c_str(), 0600);
  });
  out["scratch-socket"] = in_scratch(
      [](const std::string&, const std::string&) { return ::socket(AF_UNIX, SOCK_STREAM, 0); });
  out["scratch-dotdot"] = in_scratch([](const std::string& folder, const std::string&) {
    return ::open((folder + "../../planted").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  });
  // Allowed: what is left there must not matter.
  out["scratch-litter"] = in_scratch([](const std::string& folder, const std::string&) {
    std::string deep = folder;
    for (int i = 0; i < 100; ++i) {
      deep += "d/";
      if (::mkdir(deep.c_str(), 0700) != 0) return -1;
      const int odd = ::open((deep + std::to_string(i)).c_str(), O_CREAT | O_WRONLY | O_CLOEXEC,
                             04000 | (i % 2 == 0 ? 0 : 0777));
      if (odd < 0 || ::ftruncate(odd, 1 << 20) != 0) return -1;
      ::close(odd);
    }
    return 0;
  });
  // Whether an earlier document's process could leave something for this one.
  out["scratch-find"] = [](const World&, sluice::Job& job) {
    const std::string above = job.scratch_dir() + "/../left";
    const int found = ::open(above.c_str(), O_RDONLY | O_CLOEXEC);
    if (found >= 0) return 0;
    const int why = errno;
    const int left = ::open(above.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    return left < 0 ? errno : why;
  };
}

}  // namespace hostile
