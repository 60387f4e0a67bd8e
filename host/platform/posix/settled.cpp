#include "platform/settled.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <thread>

#include "platform/posix/descriptor.h"

namespace sluice::platform {

#if defined(__linux__)
namespace {

constexpr std::chrono::milliseconds kPatience{2'000};
constexpr std::chrono::milliseconds kLongestPause{20};

}  // namespace

bool has_writer(const File& file) {
  const int descriptor = descriptor_of(file.handle);
  // A read lease is given only while there is no writer (fcntl(2)). Should one come while we hold
  // it, the kernel tells us by a signal, which must be one that does nothing.
  if (::fcntl(descriptor, F_SETSIG, SIGURG) != 0) return false;
  if (::fcntl(descriptor, F_SETLEASE, F_RDLCK) != 0) return errno == EAGAIN;
  ::fcntl(descriptor, F_SETLEASE, F_UNLCK);
  return false;
}

bool is_open_for_writing(const File& file) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  std::chrono::milliseconds pause{1};
  while (has_writer(file)) {
    if (std::chrono::steady_clock::now() >= deadline) return true;
    std::this_thread::sleep_for(pause);
    pause = std::min(2 * pause, kLongestPause);
  }
  return false;
}
#else
bool has_writer(const File& /*file*/) {
  return false;
}
bool is_open_for_writing(const File& /*file*/) {
  return false;
}
#endif

bool has_holes(const File& file) {
#if defined(SEEK_HOLE)
  const int descriptor = descriptor_of(file.handle);
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || status.st_size == 0) return false;
  const off_t hole = ::lseek(descriptor, 0, SEEK_HOLE);
  return hole >= 0 && hole < status.st_size;
#else
  (void)file;
  return false;
#endif
}

}  // namespace sluice::platform
