// URLs as sources: one way to write each, and nothing that is none.
#include "model/url.h"

#include <gtest/gtest.h>

#include <random>

namespace sluice {
namespace {

std::string text_of(std::string_view given) {
  std::string why_not;
  const auto url = parse_url(given, why_not);
  return url ? url->text() : "refused: " + why_not;
}

TEST(Url, HasOneText) {
  EXPECT_EQ(text_of("HTTP://Example.ORG"), "http://example.org/");
  EXPECT_EQ(text_of("https://example.org:443/a/./b/../c?x=1#top"), "https://example.org/a/c?x=1");
  EXPECT_EQ(text_of("http://example.org:8080/"), "http://example.org:8080/");
  EXPECT_EQ(text_of("http://example.org/%7euser/%c3%a4 b"), "http://example.org/~user/%C3%A4%20b");
  EXPECT_EQ(text_of("http://example.org/ä"), "http://example.org/%C3%A4");
  EXPECT_EQ(text_of("http://bücher.example/"), "http://xn--bcher-kva.example/");
  EXPECT_EQ(text_of("http://EXAMPLE.org./"), "http://example.org/");
  EXPECT_EQ(text_of("http://[2606:2800::1]:81/x"), "http://[2606:2800::1]:81/x");
  EXPECT_EQ(text_of(" http://example.org?q "), "http://example.org/?q");
  EXPECT_EQ(text_of("http://example.org/../../x"), "http://example.org/x");
  EXPECT_EQ(text_of("http://example.org/a%2Fb"), "http://example.org/a%2Fb");
}

TEST(Url, NoneLooksLikeADocumentWithinAnother) {
  EXPECT_EQ(text_of("http://example.org/a!/b?c!/d"), "http://example.org/a%21/b?c%21/d");
}

TEST(Url, WhatIsNoneIsRefused) {
  for (const char* given :
       {"ftp://example.org/", "file:///etc/passwd", "http://", "http:///x",
        "http://user@example.org/", "http://u:p@example.org/", "http://example.org:0/",
        "http://example.org:99999/", "http://example.org:x/", "http://exa mple.org/",
        "http://[::1/", "http://[zz]/", "http://example.org/a\nb", "http://a..b/",
        "http://example.org\\@evil/", "javascript:x"}) {
    EXPECT_TRUE(text_of(given).starts_with("refused: ")) << given << ": " << text_of(given);
  }
  EXPECT_TRUE(text_of("http://example.org/" + std::string(5000, 'a')).starts_with("refused: "));
}

// RFC 3986, section 5.4, but for what is no http.
TEST(Url, ReferencesLeadWhereTheRfcSays) {
  std::string why_not;
  const Url base = parse_url("http://a/b/c/d;p?q", why_not).value();
  const auto resolved = [&](std::string_view reference) {
    const auto url = resolve_url(base, reference, why_not);
    return url ? url->text() : "refused";
  };
  EXPECT_EQ(resolved("g"), "http://a/b/c/g");
  EXPECT_EQ(resolved("./g/"), "http://a/b/c/g/");
  EXPECT_EQ(resolved("/g"), "http://a/g");
  EXPECT_EQ(resolved("//g"), "http://g/");
  EXPECT_EQ(resolved("?y"), "http://a/b/c/d;p?y");
  EXPECT_EQ(resolved("g?y"), "http://a/b/c/g?y");
  EXPECT_EQ(resolved("#s"), "http://a/b/c/d;p?q");
  EXPECT_EQ(resolved(";x"), "http://a/b/c/;x");
  EXPECT_EQ(resolved(".."), "http://a/b/");
  EXPECT_EQ(resolved("../../../g"), "http://a/g");
  EXPECT_EQ(resolved("g;x=1/../y"), "http://a/b/c/y");
  EXPECT_EQ(resolved("https://x/y"), "https://x/y");
  EXPECT_EQ(resolved("mailto:x@y"), "refused");
  EXPECT_EQ(resolved(""), "refused");
}

TEST(Url, ItsLastPartIsDecoded) {
  std::string why_not;
  EXPECT_EQ(parse_url("http://a/x/%C3%A4%20b.html?y", why_not)->last_part(), "ä b.html");
  EXPECT_EQ(parse_url("http://a/x/", why_not)->last_part(), "");
  EXPECT_EQ(parse_url("http://a/a%2Fb", why_not)->last_part(), "a%2Fb");
  EXPECT_EQ(parse_url("http://a/%FF", why_not)->last_part(), "%FF");
}

// Whatever is taken is written in a way that is taken as the same.
TEST(Url, ItsTextIsItsOwnText) {
  std::mt19937 random(20261130);
  constexpr std::string_view kAlphabet = "aB.:/?#[]@!$&%20%2e%C3 \\-_~=;,xn--..//";
  int taken = 0;
  for (int i = 0; i < 50'000; ++i) {
    std::string given = i % 2 == 0 ? "http://a.b" : "https://";
    const std::size_t size = random() % 30;
    for (std::size_t n = 0; n < size; ++n) given += kAlphabet[random() % kAlphabet.size()];
    std::string why_not;
    const auto url = parse_url(given, why_not);
    if (!url) {
      EXPECT_FALSE(why_not.empty()) << given;
      continue;
    }
    ++taken;
    EXPECT_EQ(parse_url(url->text(), why_not), url) << given << " as " << url->text();
    EXPECT_EQ(url->text().find("!/"), std::string::npos) << given;
  }
  EXPECT_GT(taken, 1'000);
}

}  // namespace
}  // namespace sluice
