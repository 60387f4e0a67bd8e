// A two-way channel of whole messages between the host and a worker it started. A message carries
// bytes and, where the platform can, open files. The other side is not trusted: sizes are capped,
// and unexpected handles are closed.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "platform/os_handle.h"

namespace sluice::platform {

struct Message {
  std::string bytes;
  std::vector<OsHandle> handles;
};

class Channel {
 public:
  // The largest message, and the most handles one may carry.
  static constexpr std::size_t kMaxBytes = 128 << 10;
  static constexpr std::size_t kMaxHandles = 64;

  Channel() = default;
  explicit Channel(OsHandle handle) : handle_(std::move(handle)) {}

  // Both ends; a message sent into one comes out of the other.
  static std::pair<Channel, Channel> make_pair();

  // False if the other side is gone.
  bool send(std::string_view bytes, std::span<const OsHandle* const> handles = {});
  // Never waits and never throws: false also if the other side has let messages pile up, which one
  // that keeps to its protocol does not.
  bool try_send(std::string_view bytes, std::span<const OsHandle* const> handles = {}) noexcept;
  enum class Wait { kMessage, kClosed, kTimeout };
  // Waits for one message; `timeout` negative: for ever. kMessage fills `out`.
  Wait receive(Message& out, std::chrono::milliseconds timeout);

  const OsHandle& handle() const { return handle_; }
  void close() { handle_.close(); }

 private:
  OsHandle handle_;
};

}  // namespace sluice::platform
