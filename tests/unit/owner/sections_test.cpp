// The pieces of a document for search: their headings, parts and places.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "owner/sections_file.h"

namespace sluice::owner {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

StagedPart page(const std::string& markdown, const std::string& at, std::uint64_t number) {
  StagedPart part;
  part.position = markdown.find(at);
  part.number = number;
  part.unit = "page";
  return part;
}

TEST(Sections, AreCutAtHeadings) {
  const std::string text =
      "---\ntitle: T\n---\n\nBefore.\n\n# A\n\nOne.\n\n## B ##\n\nTwo.\n\n# C#\n\nThree.\n";
  const auto sections = sections_of(text, {});
  ASSERT_EQ(sections.size(), 4U);
  EXPECT_THAT(sections[0].heading, IsEmpty());
  EXPECT_EQ(sections[0].text, "\nBefore.\n\n");
  EXPECT_THAT(sections[1].heading, ElementsAre("A"));
  EXPECT_THAT(sections[2].heading, ElementsAre("A", "B"));
  EXPECT_EQ(sections[2].text, "## B ##\n\nTwo.\n\n");
  EXPECT_THAT(sections[3].heading, ElementsAre("C#"));
  for (const Section& section : sections) {
    EXPECT_EQ(text.substr(section.offset, section.text.size()), section.text);
  }
}

TEST(Sections, FindNoHeadingInCode) {
  const std::string text = "# A\n\n```sh\n# no heading\n``` not its end\n# nor this\n```\n\n## B\n";
  const auto sections = sections_of(text, {});
  ASSERT_EQ(sections.size(), 2U);
  EXPECT_THAT(sections[1].heading, ElementsAre("A", "B"));
}

TEST(Sections, AreCutAtPagesAndKeepTheHeadingAboveThem) {
  const std::string text = "# A\n\nFirst page.\n\nSecond page.\n\n## B\n\nMore.\n";
  const auto sections =
      sections_of(text, {page(text, "# A", 1), page(text, "Second", 2)});
  ASSERT_EQ(sections.size(), 3U);
  EXPECT_EQ(sections[0].number, 1U);
  EXPECT_EQ(sections[1].number, 2U);
  EXPECT_THAT(sections[1].heading, ElementsAre("A"));
  EXPECT_EQ(sections[1].text, "Second page.\n\n");
  EXPECT_EQ(sections[2].number, 2U);
  EXPECT_THAT(sections[2].heading, ElementsAre("A", "B"));
}

TEST(Sections, RepeatNoHeadingWithoutBound) {
  std::string text = "# " + std::string(1 << 20, 'x') + "\n";
  for (int i = 0; i < 200; ++i) text += "## y\n";
  std::uint64_t bytes = 0;
  for (const Section& section : sections_of(text, {})) {
    for (const std::string& heading : section.heading) bytes += heading.size();
  }
  EXPECT_GT(bytes, kMaxSectionsBytes / 2);
  EXPECT_LE(bytes, kMaxSectionsBytes);
}

TEST(Sections, OfBlankPagesAreThere) {
  const std::string text = "One.\n\n\n\nThree.\n";
  StagedPart blank = page(text, "\n\n\n", 2);
  const auto sections = sections_of(text, {page(text, "One", 1), blank, page(text, "Three", 3)});
  ASSERT_EQ(sections.size(), 3U);
  EXPECT_EQ(sections[1].number, 2U);
}

TEST(Sections, AreReadBack) {
  const std::string text = "# \"A\" \\ \x01\n\nText.\n";
  auto sections = sections_of(text, {page(text, "Text", 7)});
  sections[1].label = "vii";
  const auto read = parse_sections(sections_json(sections));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ((*read)[1].label, "vii");
  EXPECT_EQ((*read)[1].unit, "page");
  EXPECT_EQ((*read)[0].heading, sections[0].heading);
  EXPECT_EQ((*read)[0].text, sections[0].text);
  EXPECT_FALSE(parse_sections("{\"v\":1}"));
  EXPECT_FALSE(parse_sections("not JSON"));
}

}  // namespace
}  // namespace sluice::owner
