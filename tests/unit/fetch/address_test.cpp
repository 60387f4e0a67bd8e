// Which addresses a fetch may reach, by itself and by [fetch] allow.
#include "fetch/address.h"

#include <gtest/gtest.h>

#include <random>

namespace sluice::fetch {
namespace {

bool is_public(const std::string& text) {
  const auto address = parse_address(text);
  EXPECT_TRUE(address) << text;
  return address && what_is_special(*address).empty();
}

TEST(Address, PublicOnesArePublic) {
  for (const char* text :
       {"1.1.1.1",         "93.184.216.34",      "11.0.0.0",        "9.255.255.255",
        "100.63.255.255",  "100.128.0.0",        "126.255.255.255", "128.0.0.0",
        "169.253.255.255", "172.15.255.255",     "172.32.0.0",      "192.0.1.0",
        "192.167.255.255", "198.17.255.255",     "198.20.0.0",      "223.255.255.255",
        "168.63.129.17",   "2606:2800:220:1::1", "2a00::1",         "3ffe::1",
        "::ffff:1.1.1.1",  "64:ff9b::101:101",   "2002:101:101::1"}) {
    EXPECT_TRUE(is_public(text)) << text;
  }
}

TEST(Address, SpecialOnesAreNot) {
  for (const char* text : {"0.0.0.0",
                           "0.255.255.255",
                           "10.0.0.0",
                           "10.255.255.255",
                           "100.64.0.0",
                           "100.127.255.255",
                           "127.0.0.1",
                           "127.255.255.255",
                           "169.254.169.254",
                           "172.16.0.0",
                           "172.31.255.255",
                           "192.0.0.192",
                           "192.0.2.1",
                           "192.88.99.1",
                           "192.168.1.1",
                           "198.18.0.0",
                           "198.19.255.255",
                           "198.51.100.1",
                           "203.0.113.1",
                           "224.0.0.1",
                           "239.255.255.255",
                           "240.0.0.0",
                           "255.255.255.255",
                           "168.63.129.16",
                           "::",
                           "::1",
                           "fe80::1",
                           "fec0::1",
                           "fc00::1",
                           "fd00:ec2::254",
                           "ff02::1",
                           "2001:db8::1",
                           "2001::1",
                           "2001:10::1",
                           "3fff::1",
                           "100::1",
                           "5f00::1",
                           "4000::1",
                           "64:ff9b:1::1"}) {
    EXPECT_FALSE(is_public(text)) << text;
  }
}

// Whatever leads to an IPv4 address is as private as that.
TEST(Address, EmbeddedOnesAreJudgedByWhatTheyLeadTo) {
  std::mt19937 random(20261130);
  for (int i = 0; i < 20'000; ++i) {
    Address inner;
    for (std::size_t at = 0; at < 4; ++at) inner.bytes[at] = static_cast<std::uint8_t>(random());
    if (i % 4 == 0) inner.bytes[0] = 127;
    if (i % 4 == 1) inner.bytes[0] = 10;
    const bool is_special = !what_is_special(inner).empty();
    const struct {
      const char* prefix;
      std::size_t at;
    } ways[] = {{"::ffff:0:0", 12}, {"::ffff:0:0:0", 12}, {"64:ff9b::", 12}, {"2002::", 2}};
    for (const auto& way : ways) {
      Address outer = parse_address(way.prefix).value();
      std::copy_n(inner.bytes.begin(), 4, outer.bytes.begin() + static_cast<long>(way.at));
      EXPECT_EQ(!what_is_special(outer).empty(), is_special)
          << to_text(outer) << " for " << to_text(inner);
    }
  }
}

TEST(Address, OnlyPlainFormsAreRead) {
  for (const char* text :
       {"127.1", "2130706433", "0x7f.0.0.1", "1.1.1.1 ", "", "[::1]", "1.1.1.256"}) {
    EXPECT_FALSE(parse_address(text)) << text;
  }
}

AllowedPlaces allowed(const std::vector<std::string>& places) {
  std::string wrong;
  auto parsed = AllowedPlaces::parse(places, wrong);
  EXPECT_TRUE(parsed) << wrong;
  return parsed.value_or(AllowedPlaces());
}

std::string refusal(const AllowedPlaces& places, const char* host, const char* address,
                    std::uint16_t port = 80) {
  return places.refusal(host, parse_address(address).value(), port);
}

TEST(AllowedPlaces, LetInWhatTheyName) {
  const AllowedPlaces places = allowed(
      {"Wiki.Test", "10.1.0.0/16", "localhost:8080", "[::1]:9000", "fd00::/8", "127.0.0.9"});
  EXPECT_EQ(refusal(places, "wiki.test", "192.168.0.1"), "");
  EXPECT_EQ(refusal(places, "any.test", "10.1.255.255"), "");
  EXPECT_NE(refusal(places, "any.test", "10.2.0.0"), "");
  EXPECT_EQ(refusal(places, "localhost", "127.0.0.1", 8080), "");
  EXPECT_NE(refusal(places, "localhost", "127.0.0.1", 80), "");
  EXPECT_EQ(refusal(places, "::1", "::1", 9000), "");
  EXPECT_NE(refusal(places, "::1", "::1", 80), "");
  EXPECT_EQ(refusal(places, "x", "fd12::1"), "");
  EXPECT_EQ(refusal(places, "x", "127.0.0.9"), "");
  EXPECT_NE(refusal(places, "x", "::ffff:127.0.0.9"), "");
}

TEST(AllowedPlaces, OtherServicesPortsMustBeNamed) {
  const AllowedPlaces places = allowed({"mail.test", "other.test:25"});
  EXPECT_NE(refusal({}, "any.test", "1.1.1.1", 25), "");
  EXPECT_NE(refusal(places, "mail.test", "1.1.1.1", 25), "");
  EXPECT_EQ(refusal(places, "other.test", "1.1.1.1", 25), "");
  EXPECT_EQ(refusal({}, "any.test", "1.1.1.1", 8443), "");
}

TEST(AllowedPlaces, WhatIsNoPlaceIsNamed) {
  for (const char* wrong : {"", "10.0.0.0/33", "10.0.0.0/x", "host:0", "host:70000", "a b",
                            "*.test", "http://host", "::1/200", "host/8"}) {
    std::string named;
    EXPECT_FALSE(AllowedPlaces::parse({"good.test", wrong}, named)) << wrong;
    EXPECT_EQ(named, wrong);
  }
}

}  // namespace
}  // namespace sluice::fetch
