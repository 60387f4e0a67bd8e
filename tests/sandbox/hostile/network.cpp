// SPDX-License-Identifier: Apache-2.0
//
// Talking to anybody but the host.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "attacks.hpp"

namespace hostile {
namespace {

sockaddr_in loopback(const World& world, const char* port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(world.at(port).c_str())));
  return address;
}

// Makes a socket and does something with it.
template <class Do>
int with_socket(int family, int type, Do act) {
  const int made = ::socket(family, type | SOCK_CLOEXEC, 0);
  return made < 0 ? errno : error_of(act(made));
}

int connect_unix(const std::string& name, bool abstract) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  ::memcpy(address.sun_path + (abstract ? 1 : 0), name.data(), name.size());
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size() + 1);
  return with_socket(AF_UNIX, SOCK_STREAM, [&](int made) {
    return ::connect(made, reinterpret_cast<const sockaddr*>(&address), size);
  });
}

}  // namespace

void add_attacks_on_network(Attacks& out) {
  out["connect-tcp"] = [](const World& world, sluice::Job&) {
    const sockaddr_in to = loopback(world, "tcp");
    return with_socket(AF_INET, SOCK_STREAM, [&](int made) {
      return ::connect(made, reinterpret_cast<const sockaddr*>(&to), sizeof to);
    });
  };
  out["fast-open-tcp"] = [](const World& world, sluice::Job&) {
    const sockaddr_in to = loopback(world, "tcp");
    return with_socket(AF_INET, SOCK_STREAM, [&](int made) {
      return ::sendto(made, "x", 1, MSG_FASTOPEN | MSG_NOSIGNAL,
                      reinterpret_cast<const sockaddr*>(&to), sizeof to);
    });
  };
  out["bind-tcp"] = [](const World&, sluice::Job&) {
    sockaddr_in any{};
    any.sin_family = AF_INET;
    return with_socket(AF_INET, SOCK_STREAM, [&](int made) {
      return ::bind(made, reinterpret_cast<const sockaddr*>(&any), sizeof any);
    });
  };
  out["listen-tcp"] = [](const World&, sluice::Job&) {
    return with_socket(AF_INET, SOCK_STREAM, [](int made) { return ::listen(made, 1); });
  };
  out["send-udp"] = [](const World& world, sluice::Job&) {
    const sockaddr_in to = loopback(world, "udp");
    return with_socket(AF_INET, SOCK_DGRAM, [&](int made) {
      return ::sendto(made, "planted", 7, 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
    });
  };
  out["socket-ipv6"] = [](const World&, sluice::Job&) {
    return with_socket(AF_INET6, SOCK_DGRAM, [](int) { return 0; });
  };
  out["socket-packet"] = [](const World&, sluice::Job&) {
    return with_socket(AF_PACKET, SOCK_RAW, [](int) { return 0; });
  };
  out["socket-netlink"] = [](const World&, sluice::Job&) {
    return with_socket(AF_NETLINK, SOCK_RAW, [](int) { return 0; });
  };
  out["socket-vsock"] = [](const World&, sluice::Job&) {
    return with_socket(AF_VSOCK, SOCK_STREAM, [](int) { return 0; });
  };
  out["connect-unix"] = [](const World& world, sluice::Job&) {
    return connect_unix(world.at("unix"), false);
  };
  out["connect-abstract"] = [](const World& world, sluice::Job&) {
    return connect_unix(world.at("abstract"), true);
  };
  out["socket-pair"] = [](const World&, sluice::Job&) {
    int ends[2];
    return error_of(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends));
  };
}

}  // namespace hostile
