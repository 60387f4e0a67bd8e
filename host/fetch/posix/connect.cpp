#include "fetch/connect.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "platform/posix/descriptor.h"

namespace sluice::fetch {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kSlice{50};  // how soon a stop is noticed

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;

  SocketAddress(const Address& address, std::uint16_t port) {
    if (address.is_ipv6) {
      sockaddr_in6 in{};
      in.sin6_family = AF_INET6;
      in.sin6_port = htons(port);
      std::memcpy(&in.sin6_addr, address.bytes.data(), sizeof in.sin6_addr);
      fill(in);
    } else {
      sockaddr_in in{};
      in.sin_family = AF_INET;
      in.sin_port = htons(port);
      std::memcpy(&in.sin_addr, address.bytes.data(), sizeof in.sin_addr);
      fill(in);
    }
  }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }

 private:
  template <class In>
  void fill(const In& in) {
    std::memcpy(&storage, &in, sizeof in);
    size = sizeof in;
  }
};

// What became of a connection on its way; EINPROGRESS as long as that is not known.
int state_of(int socket, milliseconds patience) {
  pollfd waiting{socket, POLLOUT, 0};
  if (::poll(&waiting, 1, static_cast<int>(patience.count())) <= 0) return EINPROGRESS;
  int error = 0;
  socklen_t size = sizeof error;
  return ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

}  // namespace

std::optional<platform::OsHandle> connect_to(const Address& address, std::uint16_t port,
                                             milliseconds patience, const std::atomic<bool>& stop,
                                             std::string& why_not) {
  platform::OsHandle made(::socket(address.is_ipv6 ? AF_INET6 : AF_INET,
                                   SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const SocketAddress where(address, port);
  const int socket = platform::descriptor_of(made);
  int error = made && ::connect(socket, where.get(), where.size) == 0 ? 0 : errno;
  const Clock::time_point end = Clock::now() + patience;
  while (error == EINPROGRESS && Clock::now() < end && !stop.load(std::memory_order_relaxed)) {
    error = state_of(socket, kSlice);
  }
  if (error == 0) return made;
  why_not = error == EINPROGRESS ? "it does not answer" : std::strerror(error);
  return std::nullopt;
}

}  // namespace sluice::fetch
