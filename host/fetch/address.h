// Addresses of the Internet, and which of them a fetch may reach. The rules look at the numbers
// that a socket is connected to, and at no text: whatever a URL writes (a name, decimal, octal,
// mapped into IPv6), it comes down to one of these.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::fetch {

struct Address {
  bool is_ipv6 = false;
  std::array<std::uint8_t, 16> bytes{};  // the first 4 of an IPv4 address

  bool operator==(const Address&) const = default;
};

// "93.184.216.34", "2606:2800::1"; nothing for any other text, also for other ways to write an
// IPv4 address.
std::optional<Address> parse_address(std::string_view text);
std::string to_text(const Address& address);

// What a private address is, in words ("a loopback address"), if it is none of the public
// Internet: the special-purpose registries of IANA (RFC 6890), and what leads to an IPv4 address
// (mapped, NAT64, 6to4) by that. Empty for a public one.
std::string_view what_is_special(const Address& address);

// [fetch] allow: what may be reached although it is private, or another port than the web's.
class AllowedPlaces {
 public:
  AllowedPlaces() = default;
  // Each is a host name, an address, or a range ("10.0.0.0/8"), with or without ":PORT" behind (an
  // IPv6 address then in brackets). Nothing and the first that is none of these.
  static std::optional<AllowedPlaces> parse(const std::vector<std::string>& places,
                                            std::string& wrong);

  // A port that only allowed places have: 80, 443 and those above 1023 are the web's.
  static bool is_web_port(std::uint16_t port);

  // Why a connection for `host` to this address and port is refused; empty if it may be made.
  std::string refusal(std::string_view host, const Address& address, std::uint16_t port) const;

 private:
  struct Place {
    std::string host;  // or empty, and then:
    Address address;
    unsigned prefix_bits = 0;
    std::uint16_t port = 0;  // 0: every port
  };
  static std::optional<Place> parse_place(std::string_view text);
  bool allows(std::string_view host, const Address& address, std::uint16_t port) const;

  std::vector<Place> places_;
};

}  // namespace sluice::fetch
