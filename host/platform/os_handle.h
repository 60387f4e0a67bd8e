// An operating-system handle (a descriptor on POSIX) with one owner, closed when that goes.
#pragma once

#include <cstdint>
#include <utility>

namespace sluice::platform {

class OsHandle {
 public:
  using Value = std::intptr_t;
  static constexpr Value kNone = -1;

  OsHandle() = default;
  explicit OsHandle(Value value) : value_(value) {}
  OsHandle(OsHandle&& other) noexcept : value_(std::exchange(other.value_, kNone)) {}
  OsHandle& operator=(OsHandle&& other) noexcept {
    if (this != &other) {
      close();
      value_ = std::exchange(other.value_, kNone);
    }
    return *this;
  }
  ~OsHandle() { close(); }

  explicit operator bool() const { return value_ != kNone; }
  Value value() const { return value_; }
  // Gives the handle to the caller, who closes it.
  Value release() noexcept { return std::exchange(value_, kNone); }
  void close() noexcept;

 private:
  Value value_ = kNone;
};

// An open file and an open directory: the same handle in two types, so that nobody can use one in
// place of the other.
struct File {
  OsHandle handle;
  explicit operator bool() const { return static_cast<bool>(handle); }
};
struct Dir {
  OsHandle handle;
  explicit operator bool() const { return static_cast<bool>(handle); }
};

}  // namespace sluice::platform
