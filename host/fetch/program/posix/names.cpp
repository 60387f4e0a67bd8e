#include "fetch/program/names.h"

#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace sluice::fetch_program {
namespace {

std::optional<fetch::Address> address_of(const sockaddr& socket_address) {
  fetch::Address address;
  if (socket_address.sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &socket_address, sizeof in);
    std::memcpy(address.bytes.data(), &in.sin_addr, sizeof in.sin_addr);
    return address;
  }
  if (socket_address.sa_family != AF_INET6) return std::nullopt;
  sockaddr_in6 in{};
  std::memcpy(&in, &socket_address, sizeof in);
  address.is_ipv6 = true;
  std::memcpy(address.bytes.data(), &in.sin6_addr, sizeof in.sin6_addr);
  return address;
}

}  // namespace

void prepare_names() {
  ::res_init();
}

fetch::Addresses addresses_of(const std::string& host) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  fetch::Addresses addresses;
  const int error = ::getaddrinfo(host.c_str(), nullptr, &hints, &found);
  if (error != 0) {
    addresses.error = ::gai_strerror(error);
    return addresses;
  }
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owned(found, &::freeaddrinfo);
  for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
    const auto address = address_of(*one->ai_addr);
    const bool is_new = address && std::find(addresses.list.begin(), addresses.list.end(),
                                             *address) == addresses.list.end();
    if (is_new && addresses.list.size() < fetch::kMaxAddresses) addresses.list.push_back(*address);
  }
  return addresses;
}

}  // namespace sluice::fetch_program
