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

TEST(FrontMatter, FoldsAValueOfSeveralLines) {
  Sample run(
      "---\ntitle: a\n  b\ndescription: >\n  One\n  two.\n\nsubject: >-\n  three\nnote: \"x\n  "
      "y\"\n"
      "---\nBody\n");
  EXPECT_EQ(run.markdown(), "Body\n");
  EXPECT_THAT(run.job.metadata(), ElementsAre(Pair("description", "One two."), Pair("note", "x y"),
                                              Pair("subject", "three"), Pair("title", "a b")));
}

TEST(FrontMatter, ReadsEscapesOfYaml) {
  Sample run("---\ntitle: \"Caf\\u00e9 \\\"\\x41\\\"\"\nauthor: 'it''s'\n---\nBody\n");
  EXPECT_EQ(run.markdown(), "Body\n");
  EXPECT_THAT(run.job.metadata(), ElementsAre(Pair("author", "it's"), Pair("title", "Café \"A\"")));
}

TEST(FrontMatter, LosesOnlyTheFieldThatIsBroken) {
  const std::string yaml = "title: T\nauthor: a: b\nurl: http://x/y\nkeywords: [a, b\nisbn: 3\n";
  Sample run("---\n" + yaml + "---\nBody\n");
  EXPECT_EQ(run.markdown(), "```yaml\n" + yaml + "```\n\nBody\n");
  EXPECT_THAT(run.job.metadata(),
              ElementsAre(Pair("isbn", "3"), Pair("title", "T"), Pair("url", "http://x/y")));
}

TEST(FrontMatter, HasNoFieldForNothing) {
  Sample run("---\ntitle: ~\nauthor:\nisbn: null\nlang: ''\n---\nBody\n");
  EXPECT_EQ(run.markdown(), "Body\n");
  EXPECT_THAT(run.job.metadata(), IsEmpty());
}

// Each keeps its text: an anchor and its alias, tags, documents, directives, comments, control
// characters that the parser takes for the end of its input.
TEST(FrontMatter, KeepsWhatMetadataCannotSay) {
  for (const std::string entry :
       {"a: &x 1\n", "a: *x\n", "a: !!binary aGk=\n", "a: !t 1\n", "a: [b, [c]]\n", "a: {b: c}\n",
        "a: |\n  b\n  c\n", "a: \"b\\nc\"\n", "a: b\n# c\n", "a:\n  - b\n  # c\n  - d\n",
        "a: \x04\n", "a: \"\\a\"\n", "a: [b, \"\"]\n", "%YAML 1.2\n", "a: - b\n", "a: `b\n"}) {
    Sample run("---\ntitle: T\n" + entry + "---\nBody\n");
    EXPECT_EQ(run.markdown(), "```yaml\ntitle: T\n" + entry + "```\n\nBody\n") << entry;
    EXPECT_EQ(run.job.metadata().at("title"), "T") << entry;
  }
}

// What brought parsers of YAML down: each is read in time that grows no faster than its size.
TEST(FrontMatter, EndsSoonWhateverItHolds) {
  const auto repeat = [](const std::string& text, std::size_t bytes) {
    std::string out;
    while (out.size() < bytes) out += text;
    return out;
  };
  constexpr std::size_t kBytes = 60'000;
  for (const std::string unit :
       {"[",  "{", "{a: ", "[[]", "- ", "? ",      ": ",       "a: ", "!",  "&a ", "*a ", "'", "\"",
        "\\", "%", "@",    ",",   "a,", "\"a\": ", "\xC3\xA9", "#",   " #", "\t",  "|",   "> "}) {
    for (const std::string begin : {"a: ", "a: [", "a: \"", "a:\n  ", "a: |\n  "}) {
      Sample run("---\n" + begin + repeat(unit, kBytes) + "\ntitle: T\n---\nBody\n");
      EXPECT_THAT(run.markdown(), testing::HasSubstr("Body")) << begin << unit;
    }
  }
  for (const std::string unit : {"- a\n", "- [\n", "  - a\n", "  a: b\n", "a: b\n", "? a\n", "a:\n",
                                 "  - - -\n", "\n", " \n", "- &a b\n", "- *a\n"}) {
    Sample run("---\na:\n" + repeat(unit, kBytes) + "---\nBody\n");
    EXPECT_THAT(run.markdown(), testing::HasSubstr("Body")) << unit;
  }
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
