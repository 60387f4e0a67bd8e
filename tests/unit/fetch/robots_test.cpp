// robots.txt as RFC 9309 has it.
#include "fetch/robots.h"

#include <gtest/gtest.h>

#include <chrono>

namespace sluice::fetch {
namespace {

bool allows(const std::string& text, const char* path) {
  return Robots(text, "sluice").allows(path);
}

TEST(Robots, NoneAllowsAll) {
  EXPECT_TRUE(Robots().allows("/x"));
  EXPECT_TRUE(allows("", "/x"));
  EXPECT_TRUE(allows("<html>not found</html>", "/x"));
}

TEST(Robots, OwnGroupCountsBeforeEverybodys) {
  const std::string text =
      "User-agent: *\nDisallow: /\n\nuser-agent: SLUICE/1.0\nDisallow: /private\n";
  EXPECT_TRUE(allows(text, "/x"));
  EXPECT_FALSE(allows(text, "/private/x"));
  EXPECT_FALSE(allows("User-agent: other\nUser-agent: sluice\nDisallow: /\n", "/x"));
  EXPECT_TRUE(allows("User-agent: other\nDisallow: /\n", "/x"));
  EXPECT_TRUE(allows("User-agent: sluicegate\nDisallow: /\n", "/x"));
  // Groups of one name are one.
  EXPECT_FALSE(
      allows("User-agent: sluice\nDisallow: /a\n\nUser-agent: sluice\nDisallow: /b", "/b"));
}

TEST(Robots, TheLongestPatternDecides) {
  const std::string text = "User-agent: *\nDisallow: /\nAllow: /open\nDisallow: /open/not\n";
  EXPECT_FALSE(allows(text, "/x"));
  EXPECT_TRUE(allows(text, "/open/x"));
  EXPECT_FALSE(allows(text, "/open/not"));
  EXPECT_TRUE(allows("User-agent: *\nDisallow: /a\nAllow: /a\n", "/a"));
  EXPECT_TRUE(allows("User-agent: *\nDisallow:\n", "/x"));
  EXPECT_TRUE(allows("User-agent: *\nDisallow: /\n", "/robots.txt"));
}

TEST(Robots, StarsAndEnds) {
  const std::string text = "User-agent: *\r\nDisallow: /*.pdf$ # books\r\nDisallow: /a*b*c\r\n";
  EXPECT_FALSE(allows(text, "/x/y.pdf"));
  EXPECT_TRUE(allows(text, "/x/y.pdf?z"));
  EXPECT_FALSE(allows(text, "/a1b2c3"));
  EXPECT_TRUE(allows(text, "/a1c2b3"));
  EXPECT_FALSE(allows("User-agent: *\nDisallow: /x$\n", "/x"));
  EXPECT_TRUE(allows("User-agent: *\nDisallow: /x$\n", "/xy"));
}

// A hostile file costs its size, not more.
TEST(Robots, PatternsOfManyStarsAreCheap) {
  std::string text = "User-agent: *\nDisallow: /";
  for (int i = 0; i < 20'000; ++i) text += "*a";
  const std::string path = "/" + std::string(4000, 'b');
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_TRUE(allows(text + "\n", path.c_str()));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
}

}  // namespace
}  // namespace sluice::fetch
