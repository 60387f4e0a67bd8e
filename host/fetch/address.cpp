#include "fetch/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "fetch/text.h"

namespace sluice::fetch {
namespace {

constexpr unsigned kBitsOfIpv4 = 32;
constexpr unsigned kBitsOfIpv6 = 128;

// A range of addresses, as its registry writes it.
struct Range {
  const char* first;
  unsigned bits;
  std::string_view what;
};

constexpr std::string_view kPrivate = "an address of a private network";
constexpr std::string_view kLoopback = "a loopback address";
constexpr std::string_view kLinkLocal = "a link-local address, as cloud metadata has";
constexpr std::string_view kShared = "an address of a provider's network";
constexpr std::string_view kDocumentation = "an address for documentation";
constexpr std::string_view kMulticast = "a multicast address";
constexpr std::string_view kReserved = "a reserved address";
constexpr std::string_view kThisHost = "an address of this host";
constexpr std::string_view kMetadata = "the metadata server of a cloud";

// IANA IPv4 Special-Purpose Address Registry; and one public address that answers inside Azure
// alone, with secrets.
constexpr std::array kIpv4 = {
    Range{"0.0.0.0", 8, kThisHost},           Range{"10.0.0.0", 8, kPrivate},
    Range{"100.64.0.0", 10, kShared},         Range{"127.0.0.0", 8, kLoopback},
    Range{"169.254.0.0", 16, kLinkLocal},     Range{"172.16.0.0", 12, kPrivate},
    Range{"192.0.0.0", 24, kReserved},        Range{"192.0.2.0", 24, kDocumentation},
    Range{"192.88.99.0", 24, kReserved},      Range{"192.168.0.0", 16, kPrivate},
    Range{"198.18.0.0", 15, kReserved},       Range{"198.51.100.0", 24, kDocumentation},
    Range{"203.0.113.0", 24, kDocumentation}, Range{"224.0.0.0", 4, kMulticast},
    Range{"240.0.0.0", 4, kReserved},         Range{"168.63.129.16", 32, kMetadata},
};

// IANA IPv6 Special-Purpose Address Registry. Only 2000::/3 is public at all.
constexpr std::array kIpv6 = {
    Range{"::", 128, kThisHost},
    Range{"::1", 128, kLoopback},
    Range{"fe80::", 10, kLinkLocal},
    Range{"fec0::", 10, kPrivate},
    Range{"fc00::", 7, kPrivate},
    Range{"ff00::", 8, kMulticast},
    Range{"2001:db8::", 32, kDocumentation},
    Range{"3fff::", 20, kDocumentation},
    Range{"2001::", 23, kReserved},
    Range{"100::", 64, kReserved},
};
// Ranges whose addresses lead to an IPv4 address, and the byte where that stands.
struct Embedding {
  const char* first;
  unsigned bits;
  std::size_t at;
};
constexpr std::array kEmbeddings = {
    Embedding{"::ffff:0:0", 96, 12},    // mapped
    Embedding{"::ffff:0:0:0", 96, 12},  // translated (RFC 2765)
    Embedding{"64:ff9b::", 96, 12},     // NAT64
    Embedding{"2002::", 16, 2},         // 6to4
    Embedding{"::", 96, 12},            // compatible, of old
};

bool has_prefix(const Address& address, const Address& first, unsigned bits) {
  if (address.is_ipv6 != first.is_ipv6) return false;
  for (unsigned bit = 0; bit < bits; bit += 8) {
    const unsigned here = std::min(8U, bits - bit);
    const auto mask = static_cast<std::uint8_t>(0xFFU << (8 - here));
    if (((address.bytes[bit / 8] ^ first.bytes[bit / 8]) & mask) != 0) return false;
  }
  return true;
}

Address known(const char* text) {
  return parse_address(text).value();
}

Address embedded(const Address& address, std::size_t at) {
  Address inner;
  std::copy_n(address.bytes.begin() + static_cast<std::ptrdiff_t>(at), 4, inner.bytes.begin());
  return inner;
}

template <class Ranges>
std::string_view what_of(const Ranges& ranges, const Address& address) {
  for (const Range& range : ranges) {
    if (has_prefix(address, known(range.first), range.bits)) return range.what;
  }
  return {};
}

std::optional<std::uint32_t> parse_number(std::string_view text, std::uint32_t most) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > most) return std::nullopt;
  return value;
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  const std::string whole(text);
  Address address;
  if (::inet_pton(AF_INET, whole.c_str(), address.bytes.data()) == 1) return address;
  address.is_ipv6 = true;
  if (::inet_pton(AF_INET6, whole.c_str(), address.bytes.data()) == 1) return address;
  return std::nullopt;
}

std::string to_text(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> out{};
  ::inet_ntop(address.is_ipv6 ? AF_INET6 : AF_INET, address.bytes.data(), out.data(), out.size());
  return out.data();
}

std::string_view what_is_special(const Address& address) {
  if (!address.is_ipv6) return what_of(kIpv4, address);
  if (const auto what = what_of(kIpv6, address); !what.empty()) return what;
  for (const Embedding& one : kEmbeddings) {
    if (!has_prefix(address, known(one.first), one.bits)) continue;
    return what_is_special(embedded(address, one.at));
  }
  constexpr unsigned kPublicBits = 3;
  return has_prefix(address, known("2000::"), kPublicBits) ? std::string_view() : kReserved;
}

std::optional<AllowedPlaces::Place> AllowedPlaces::parse_place(std::string_view text) {
  Place place;
  std::string_view host = text;
  const std::size_t colon = text.rfind(':');
  const bool is_bare_ipv6 = !text.starts_with('[') && text.find(':') != colon;
  if (colon != std::string_view::npos && !is_bare_ipv6 && !text.ends_with(']')) {
    const auto port = parse_number(text.substr(colon + 1), 65535);
    if (!port || *port == 0) return std::nullopt;
    place.port = static_cast<std::uint16_t>(*port);
    host = text.substr(0, colon);
  }
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const std::size_t slash = host.find('/');
  if (const auto address = parse_address(host.substr(0, slash))) {
    const unsigned most = address->is_ipv6 ? kBitsOfIpv6 : kBitsOfIpv4;
    place.address = *address;
    place.prefix_bits = most;
    if (slash == std::string_view::npos) return place;
    const auto bits = parse_number(host.substr(slash + 1), most);
    if (!bits) return std::nullopt;
    place.prefix_bits = *bits;
    return place;
  }
  const bool is_name = !host.empty() && host.find_first_of("/:[]@ *") == std::string_view::npos;
  if (!is_name) return std::nullopt;
  place.host = in_lower_case(host);
  return place;
}

std::optional<AllowedPlaces> AllowedPlaces::parse(const std::vector<std::string>& places,
                                                  std::string& wrong) {
  AllowedPlaces allowed;
  for (const std::string& text : places) {
    auto place = parse_place(text);
    if (!place) {
      wrong = text;
      return std::nullopt;
    }
    allowed.places_.push_back(std::move(*place));
  }
  return allowed;
}

bool AllowedPlaces::is_web_port(std::uint16_t port) {
  constexpr std::uint16_t kFirstFree = 1024;
  return port == 80 || port == 443 || port >= kFirstFree;
}

bool AllowedPlaces::allows(std::string_view host, const Address& address,
                           std::uint16_t port) const {
  return std::any_of(places_.begin(), places_.end(), [&](const Place& place) {
    if (place.port != 0 ? place.port != port : !is_web_port(port)) return false;
    return place.host.empty() ? has_prefix(address, place.address, place.prefix_bits)
                              : place.host == host;
  });
}

std::string AllowedPlaces::refusal(std::string_view host, const Address& address,
                                   std::uint16_t port) const {
  if (allows(host, address, port)) return {};
  if (const auto what = what_is_special(address); !what.empty()) {
    return to_text(address) + " is " + std::string(what);
  }
  if (!is_web_port(port)) return "port " + std::to_string(port) + " is another service's";
  return {};
}

}  // namespace sluice::fetch
