#include "model/child_names.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "model/source.h"
#include "model/utf8.h"

namespace sluice {
namespace {

std::string clean(std::string_view given) {
  return ChildNames().next(given);
}

TEST(ChildNames, KeepsWhatIsHarmless) {
  EXPECT_EQ(clean("report.pdf"), "report.pdf");
  EXPECT_EQ(clean("photos/2024/a b.jpg"), "photos/2024/a b.jpg");
  EXPECT_EQ(clean("caf\xC3\xA9.md"), "caf\xC3\xA9.md");
}

TEST(ChildNames, LeadsNowhere) {
  EXPECT_EQ(clean("../../etc/passwd"), "etc/passwd");
  EXPECT_EQ(clean("/etc/passwd"), "etc/passwd");
  EXPECT_EQ(clean("..\\..\\x.md"), "x.md");
  EXPECT_EQ(clean(".."), "document");
  EXPECT_EQ(clean(""), "document");
  EXPECT_EQ(clean("///"), "document");
  EXPECT_EQ(clean("a//b"), "a/b");
  EXPECT_EQ(clean("a\nb\x7F.md"), "a_b_.md");
}

TEST(ChildNames, LooksLikeNoContainer) {
  EXPECT_EQ(clean("x!/y.md"), "x_/y.md");
  EXPECT_EQ(clean("x!"), "x_");
  EXPECT_EQ(clean("hurry!.md"), "hurry!.md");
}

TEST(ChildNames, IsGivenOnce) {
  ChildNames names;
  EXPECT_EQ(names.next("a.md"), "a.md");
  EXPECT_EQ(names.next("a-2.md"), "a-2.md");
  EXPECT_EQ(names.next("a.md"), "a-3.md");
  EXPECT_EQ(names.next("./a.md"), "a-4.md");
  EXPECT_EQ(names.next("x/a.md"), "x/a.md");
}

TEST(ChildNames, WhateverIsGivenIsClean) {
  std::mt19937 random(7);
  const std::string_view pieces[] = {"a",  "/",        "..",     ".",        "!",
                                     "\\", "\x01",     " ",      "md",       "\xFF",
                                     "%",  "\xC3\xA9", ".box!/", "longlong", "-2"};
  ChildNames names;
  std::set<std::string> seen;
  for (int round = 0; round < 20'000; ++round) {
    std::string given;
    const auto count = random() % (round % 100 == 0 ? 900 : 12);
    for (std::size_t i = 0; i < count; ++i) given += pieces[random() % std::size(pieces)];
    const std::string name = names.next(given);
    EXPECT_TRUE(seen.insert(name).second) << name;
    EXPECT_TRUE(is_utf8(name));
    EXPECT_LE(name.size(), kMaxChildPathBytes + 8);
    EXPECT_EQ(name.find(kWithin), std::string::npos) << name;
    const std::string framed = "/" + name + "/";
    for (const char* bad : {"//", "/./", "/../", "\x01"}) {
      EXPECT_EQ(framed.find(bad), std::string::npos) << name;
    }
  }
}

}  // namespace
}  // namespace sluice
