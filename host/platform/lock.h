// Kernel locks on files: they die with their process, and children do not inherit them.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "platform/files.h"

namespace sluice::platform {

enum class LockMode { kShared, kExclusive };

// A lock held on a file until it is destroyed. Move-only.
class FileLock {
 public:
  // Takes the lock at once, or returns nothing if another holds it.
  static std::optional<FileLock> try_lock(const File& file, LockMode mode);

  // Waits up to `timeout` (negative: for ever). Fair between processes that take turns: one that
  // releases and asks again lets a waiter go first. `cancelled`, if given, is asked every few
  // milliseconds and ends the wait. Returns nothing if the time is up.
  static std::optional<FileLock> lock(const File& file, LockMode mode,
                                      std::chrono::milliseconds timeout,
                                      const std::function<bool()>& cancelled = {});

  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(OsHandle::Value file) : file_(file) {}
  OsHandle::Value file_;
};

}  // namespace sluice::platform
