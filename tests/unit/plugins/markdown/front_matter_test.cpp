#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/plugins/markdown/markdown_run.h"

namespace sluice::markdown_plugin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(FrontMatter, BecomesMetadata) {
  Sample run(
      "---\ntitle: \"A: \\\"b\\\"\"\nauthor: 'O''Neil'\ndate: 2024-02-03\ntags: [x, 'y z']\n"
      "Draft: true # yet\nkeywords_2:\n  - one\n  - two\n---\n\n# Heading\n");
  EXPECT_EQ(run.markdown(), "# Heading\n");
  EXPECT_THAT(run.job.metadata(),
              ElementsAre(Pair("author", "O'Neil"), Pair("created", "2024-02-03"),
                          Pair("draft", "true"), Pair("keywords", "x, y z"),
                          Pair("keywords_2", "one, two"), Pair("title", "A: \"b\"")));
}

TEST(FrontMatter, KeepsWhatIsNotFlatInTheText) {
  const std::string yaml = "title: T\nnested:\n  a: 1\ntext: |\n  ```\n  more\n";
  Sample run("---\n" + yaml + "---\nBody\n");
  EXPECT_EQ(run.markdown(), "````yaml\n" + yaml + "````\n\nBody\n");
  EXPECT_THAT(run.job.metadata(), ElementsAre(Pair("title", "T")));
}

TEST(FrontMatter, KeepsAValueThatGoesOnOnTheNextLine) {
  Sample run("---\ntitle: a\n  b\n---\nBody\n");
  EXPECT_EQ(run.markdown(), "```yaml\ntitle: a\n  b\n```\n\nBody\n");
  EXPECT_THAT(run.job.metadata(), IsEmpty());
}

TEST(FrontMatter, KeepsTwoFieldsOfOneName) {
  Sample run("---\nauthor: a\nauthors: b\n---\nBody\n");
  EXPECT_EQ(run.markdown(), "```yaml\nauthor: a\nauthors: b\n```\n\nBody\n");
}

TEST(FrontMatter, NeverSetsTheHostsFields) {
  Sample run("---\nsource: s\nsha256: h\nconverter: c\ncreated: tomorrow\n---\nBody\n");
  EXPECT_EQ(run.markdown(), "Body\n");
  EXPECT_THAT(run.job.metadata(),
              ElementsAre(Pair("created_as_written", "tomorrow"), Pair("original_converter", "c"),
                          Pair("original_sha256", "h"), Pair("original_source", "s")));
}

TEST(FrontMatter, StaysWithTheOption) {
  Sample run("---\ntitle: T\n---\nBody\n", R"({"images": true, "front_matter": "keep"})");
  EXPECT_EQ(run.markdown(), "```yaml\ntitle: T\n```\n\nBody\n");
}

TEST(FrontMatter, IsOnlyWhatLooksLikeIt) {
  for (const std::string source :
       {"---\n\ntext\n\n---\n", "---\ntitle: T\nno end\n", "text\n---\ntitle: T\n---\n",
        "--- \n***\n---\n", "---\n---\n", "----\ntitle: T\n----\n", "---\n# a\n---\n"}) {
    Sample run(source);
    EXPECT_EQ(run.markdown(), source);
  }
}

TEST(FrontMatter, WinsOverTheHeading) {
  Sample run("---\ntitle: T\n...\n# H\n");
  EXPECT_EQ(run.markdown(), "# H\n");
  EXPECT_EQ(run.job.metadata().at("title"), "T");
}

TEST(FrontMatter, AloneIsEmpty) {
  Sample run("---\ntitle: T\n---\n");
  EXPECT_EQ(run.markdown(), "");
  EXPECT_EQ(run.outcome, Outcome::kEmpty);
  EXPECT_EQ(run.job.metadata().at("title"), "T");
}

}  // namespace
}  // namespace sluice::markdown_plugin
