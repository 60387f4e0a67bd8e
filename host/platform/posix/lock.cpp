// Open-file-description locks on two bytes: byte 0 is the lock, byte 1 the turnstile that a process
// holds while it waits for byte 0. Whoever wants byte 0 again must pass the turnstile first, so an
// owner that works group by group cannot starve the others.
#include "platform/lock.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <thread>

#include "platform/error.h"

namespace sluice::platform {
namespace {

constexpr off_t kLockByte = 0;
constexpr off_t kTurnstileByte = 1;

// True if it was taken (or released), false if another process holds it.
bool set_lock(OsHandle::Value file, short type, off_t byte) {
  struct flock range {};
  range.l_type = type;
  range.l_whence = SEEK_SET;
  range.l_start = byte;
  range.l_len = 1;
  while (::fcntl(static_cast<int>(file), F_OFD_SETLK, &range) != 0) {
    if (errno == EINTR) continue;
    if (errno == EAGAIN || errno == EACCES) return false;
    throw SystemError("lock", "a lock file", std::error_code(errno, std::generic_category()));
  }
  return true;
}

short type_of(LockMode mode) {
  return mode == LockMode::kShared ? F_RDLCK : F_WRLCK;
}

class Deadline {
 public:
  explicit Deadline(std::chrono::milliseconds timeout)
      : endless_(timeout.count() < 0), end_(std::chrono::steady_clock::now() + timeout) {}
  bool passed() const { return !endless_ && std::chrono::steady_clock::now() >= end_; }

 private:
  bool endless_;
  std::chrono::steady_clock::time_point end_;
};

bool wait_for(OsHandle::Value file, short type, off_t byte, const Deadline& deadline,
              const std::function<bool()>& cancelled) {
  std::chrono::microseconds pause{200};
  while (!set_lock(file, type, byte)) {
    if (deadline.passed() || (cancelled && cancelled())) return false;
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, std::chrono::microseconds(5000));
  }
  return true;
}

// The turnstile, held until the lock itself is had or given up.
class Turnstile {
 public:
  explicit Turnstile(OsHandle::Value file) : file_(file) {}
  Turnstile(const Turnstile&) = delete;
  Turnstile& operator=(const Turnstile&) = delete;
  ~Turnstile() {
    try {
      set_lock(file_, F_UNLCK, kTurnstileByte);
    } catch (const SystemError&) {
      // Closing the descriptor releases it at the latest.
    }
  }

 private:
  OsHandle::Value file_;
};

}  // namespace

std::optional<FileLock> FileLock::try_lock(const File& file, LockMode mode) {
  if (!set_lock(file.handle.value(), type_of(mode), kLockByte)) return std::nullopt;
  return FileLock(file.handle.value());
}

std::optional<FileLock> FileLock::lock(const File& file, LockMode mode,
                                       std::chrono::milliseconds timeout,
                                       const std::function<bool()>& cancelled) {
  const OsHandle::Value handle = file.handle.value();
  const Deadline deadline(timeout);
  if (!wait_for(handle, F_WRLCK, kTurnstileByte, deadline, cancelled)) return std::nullopt;
  const Turnstile turnstile(handle);
  const bool taken = wait_for(handle, type_of(mode), kLockByte, deadline, cancelled);
  if (!taken) return std::nullopt;
  return FileLock(handle);
}

FileLock::FileLock(FileLock&& other) noexcept
    : file_(std::exchange(other.file_, OsHandle::kNone)) {}

FileLock::~FileLock() {
  if (file_ == OsHandle::kNone) return;
  try {
    set_lock(file_, F_UNLCK, kLockByte);
  } catch (const SystemError&) {
    // Closing the descriptor releases the lock at the latest.
  }
}

}  // namespace sluice::platform
