// The lists of links in the registry: they come out as they went in, and nothing else comes out.
#include "owner/link_rows.h"

#include <gtest/gtest.h>

#include <random>

namespace sluice::owner {
namespace {

LinkRow row(std::uint64_t gap, std::string destination) {
  return {gap, {true, "a: b/c", "5:x", "[[a: b]]", "[", ")"}, std::move(destination)};
}

TEST(LinkRows, ComeOutAsTheyWentIn) {
  const std::vector<LinkRow> rows = {row(0, ""), row(123456789012, "x.md#y"), {}};
  EXPECT_EQ(parse_links(format_links(rows)), rows);
  EXPECT_EQ(parse_links(""), std::vector<LinkRow>());
}

TEST(LinkRows, AreCountedFromOneEndToTheNextBeginning) {
  const LinkWish wish = {false, "a", "", "abc", "", ""};
  const auto rows = link_rows({{10, wish}, {13, wish}, {20, wish}});
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].gap, 10U);
  EXPECT_EQ(rows[1].gap, 0U);
  EXPECT_EQ(rows[2].gap, 4U);
}

TEST(LinkRows, StandAsTheirAuthorWroteThemUntilTheyLeadSomewhere) {
  EXPECT_EQ(standing_text(row(0, "").wish, ""), "[[a: b]]");
  EXPECT_EQ(standing_text(row(0, "").wish, "n.md"), "[n.md)");
}

TEST(LinkRows, OfAForgedRegistryAreRefusedAndNeverReadPastTheirEnd) {
  for (const char* forged : {"1", "1 ", "1 1 ", "1 1 3:ab", "x 1 ", "1 1 99999999999999999999:a",
                             "-1 1 ", "1 1 2:abab"}) {
    EXPECT_FALSE(parse_links(forged)) << forged;
  }
  std::mt19937 random(7);
  const std::string good = format_links({row(3, "x.md"), row(7, "")});
  for (int round = 0; round < 20'000; ++round) {
    std::string text = good;
    for (int i = 0; i < 1 + round % 4; ++i)
      text[random() % text.size()] = static_cast<char>(random());
    text.resize(text.size() - random() % 5);
    if (const auto rows = parse_links(text)) {
      // What is read can be written.
      EXPECT_EQ(parse_links(format_links(*rows)), *rows);
    }
    (void)parse_anchors(text);
    (void)parse_texts(text);
  }
}

TEST(LinkRows, AnchorsAndTargetsComeOutAsTheyWentIn) {
  const auto anchors = parse_anchors(format_anchors({{"a", "b c"}, {"1:x", "y"}}));
  ASSERT_TRUE(anchors && anchors->size() == 2);
  EXPECT_EQ((*anchors)[1].name, "1:x");
  EXPECT_EQ((*anchors)[1].anchor, "y");
  EXPECT_EQ(parse_texts(format_texts({"", "*/a.md"})), (std::vector<std::string>{"", "*/a.md"}));
}

}  // namespace
}  // namespace sluice::owner
