// Channels as Unix sequenced-packet sockets with SCM_RIGHTS.
#include "platform/channel.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "platform/error.h"
#include "platform/posix/descriptor.h"

namespace sluice::platform {
namespace {

[[noreturn]] void fail(std::string_view action) {
  throw SystemError(action, "a worker channel", std::error_code(errno, std::generic_category()));
}

constexpr std::size_t kControlSize = CMSG_SPACE(sizeof(int) * Channel::kMaxHandles);

// Takes every handle out of a received message, so that none can leak.
void collect_handles(msghdr& header, std::vector<OsHandle>& out) {
  for (cmsghdr* part = CMSG_FIRSTHDR(&header); part != nullptr; part = CMSG_NXTHDR(&header, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int received = -1;
      std::memcpy(&received, CMSG_DATA(part) + i * sizeof(int), sizeof received);
      out.emplace_back(received);
    }
  }
}

// Returns 0 or the error's number.
int send_message(int to, std::string_view bytes, std::span<const OsHandle* const> handles,
                 int flags) noexcept {
  if (bytes.size() > Channel::kMaxBytes || handles.size() > Channel::kMaxHandles) return EMSGSIZE;
  std::array<char, kControlSize> control{};
  iovec part{const_cast<char*>(bytes.data()), bytes.size()};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  if (!handles.empty()) {
    header.msg_control = control.data();
    header.msg_controllen = CMSG_SPACE(sizeof(int) * handles.size());
    cmsghdr* rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof(int) * handles.size());
    for (std::size_t i = 0; i < handles.size(); ++i) {
      const int value = descriptor_of(*handles[i]);
      std::memcpy(CMSG_DATA(rights) + i * sizeof(int), &value, sizeof value);
    }
  }
  while (::sendmsg(to, &header, flags) < 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

}  // namespace

std::pair<Channel, Channel> Channel::make_pair() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) fail("make");
  // Room for one message of the largest size; the default of some systems is below it.
  const int room = static_cast<int>(kMaxBytes) * 2;
  for (const int end : ends) {
    (void)::setsockopt(end, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
  }
  return {Channel(OsHandle(ends[0])), Channel(OsHandle(ends[1]))};
}

bool Channel::send(std::string_view bytes, std::span<const OsHandle* const> handles) {
  const int error = send_message(descriptor_of(handle_), bytes, handles, MSG_NOSIGNAL);
  if (error == 0) return true;
  if (error == EPIPE || error == ECONNRESET || error == ENOTCONN) return false;
  errno = error;
  fail("send over");
}

bool Channel::try_send(std::string_view bytes, std::span<const OsHandle* const> handles) noexcept {
  return send_message(descriptor_of(handle_), bytes, handles, MSG_NOSIGNAL | MSG_DONTWAIT) == 0;
}

Channel::Wait Channel::receive(Message& out, std::chrono::milliseconds timeout) {
  out.bytes.clear();
  out.handles.clear();
  if (timeout.count() >= 0) {
    const auto end = std::chrono::steady_clock::now() + timeout;
    while (true) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
          end - std::chrono::steady_clock::now());
      pollfd ready{descriptor_of(handle_), POLLIN, 0};
      const int count =
          ::poll(&ready, 1, static_cast<int>(std::max<std::int64_t>(0, left.count())));
      if (count > 0) break;
      if (count == 0) return Wait::kTimeout;
      if (errno != EINTR) fail("wait on");
    }
  }
  thread_local std::array<char, kMaxBytes> buffer;
  std::array<char, kControlSize> control{};
  iovec part{buffer.data(), buffer.size()};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = control.size();
  ssize_t got = 0;
  do {
    got = ::recvmsg(descriptor_of(handle_), &header, MSG_CMSG_CLOEXEC);
  } while (got < 0 && errno == EINTR);
  if (got < 0 && errno != ECONNRESET) fail("receive from");
  collect_handles(header, out.handles);
  if (got <= 0) return Wait::kClosed;
  // A message that was cut is not one of ours: the other side broke the protocol.
  if ((header.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) return Wait::kClosed;
  out.bytes.assign(buffer.data(), static_cast<std::size_t>(got));
  return Wait::kMessage;
}

}  // namespace sluice::platform
