// Which front matter is handed over, and what stays in the text.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/plugins/markdown/markdown_run.h"

namespace sluice::markdown_plugin {
namespace {

// What tools write: Obsidian, Jekyll, Hugo, pandoc, with comments, anchors, tags and odd names.
TEST(FrontMatter, StaysAsItIs) {
  for (const std::string yaml :
       {"title: \"A: \\\"b\\\"\"\n", "tags: [x, 'y z']\naliases:\n  - one\n  - two\n",
        "tags:\n- a\n- b\ncssclasses: wide\n",
        "date: 2024-02-03\nupdated: 2024-02-03T10:00:00+02:00\n",
        "draft: true # yet\nweight: 007\nbig: 12345678901234567890\nhex: 0x1F\n",
        "nested:\n  a: 1\n  b:\n    - c: [d, {e: f}]\ntext: |\n  ```\n  more\n\n  --- end\n",
        "title: a\n  b\ndescription: >-\n  One\n  two.\n\nsubject: x\n",
        "title: ~\nauthor:\nisbn: null\nlang: ''\n", "a: &x 1\nb: *x\nc: !!binary aGk=\nd: !t 1\n",
        "# a comment\na: b\n\n# c\n\nd: e\n", "a: [\n  b,\n]\nc: {\n  d: e,\n}\n",
        "'quoted: name': 1\n\"other\": 2\n", "Author: O'Neil\nMy Key: 1\n\xC3\x9C\x62\x65r: 2\n",
        "source: s\nsha256: h\nconverter: c\ncreated: tomorrow\n", "author: a\nauthors: b\n",
        "url: http://x/y\nkey:\tvalue\n"}) {
    Sample run("---\n" + yaml + "---\n\nBody\n");
    EXPECT_EQ(run.markdown(), "Body\n") << yaml;
    EXPECT_EQ(run.job.front_matter(), yaml);
  }
}

// A field that is broken, or whose name is there already, costs itself, and the whole block stays
// in sight.
TEST(FrontMatter, LosesOnlyTheFieldThatIsBroken) {
  struct Case {
    std::string yaml, entries;
  };
  for (const Case& given : {
           Case{"title: T\nauthor: a: b\nurl: http://x/y\nkeywords: [a, b\nisbn: 3\n",
                "title: T\nurl: http://x/y\nisbn: 3\n"},
           Case{"author: a\nauthor: b\n", "author: a\n"},
           Case{"date: {{date}}\ntitle: T\n", "title: T\n"},
           Case{"a: *x\ntitle: T\n", "title: T\n"},
           Case{"title: T\n%YAML 1.2\n", "title: T\n"},
           Case{"title: T\na: `b\n", "title: T\n"},
           Case{"title: T\na: \x04\n", "title: T\n"},
           Case{"title: \"a\nb\"\n", ""},
           Case{"title: T\njust words\nb: c\n", "title: T\nb: c\n"},
       }) {
    Sample run("---\n" + given.yaml + "---\nBody\n");
    EXPECT_EQ(run.markdown(), "```yaml\n" + given.yaml + "```\n\nBody\n");
    EXPECT_EQ(run.job.front_matter(), given.entries) << given.yaml;
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
  for (const std::string unit : {"a.", "[a.a]\n", "a = [", "a = {", "[[a]]\n", "\"", "'''", "#"}) {
    Sample run("+++\n" + repeat(unit, kBytes) + "\n+++\nBody\n");
    EXPECT_THAT(run.markdown(), testing::HasSubstr("Body")) << unit;
  }
}

TEST(FrontMatter, StaysInTheTextWithTheOption) {
  Sample run("---\ntitle: T\n---\nBody\n", R"({"images": true, "front_matter": "keep"})");
  EXPECT_EQ(run.markdown(), "```yaml\ntitle: T\n```\n\nBody\n");
  EXPECT_EQ(run.job.front_matter(), "");
}

TEST(FrontMatter, IsOnlyWhatLooksLikeIt) {
  for (const std::string source :
       {"---\n\ntext\n\n---\n", "---\ntitle: T\nno end\n", "text\n---\ntitle: T\n---\n",
        "--- \n***\n---\n", "----\ntitle: T\n----\n", "---\n# a\n---\n", "+++\na = 1\n",
        "---\n- a: b\n---\nText\n"}) {
    Sample run(source);
    EXPECT_EQ(run.markdown(), source);
    EXPECT_EQ(run.job.front_matter(), "");
  }
}

TEST(FrontMatter, MayBeEmpty) {
  Sample run("---\n---\n# Page of Jekyll\n");
  EXPECT_EQ(run.markdown(), "# Page of Jekyll\n");
}

TEST(FrontMatter, TheHeadingIsTheTitle) {
  Sample run("---\nlang: en\n...\n# H\n");
  EXPECT_EQ(run.markdown(), "# H\n");
  EXPECT_EQ(run.job.metadata().at("title"), "H");
}

TEST(FrontMatter, AloneIsEmpty) {
  Sample run("---\ntitle: T\n---\n");
  EXPECT_EQ(run.markdown(), "");
  EXPECT_EQ(run.outcome, Outcome::kEmpty);
  EXPECT_EQ(run.job.front_matter(), "title: T\n");
}

}  // namespace
}  // namespace sluice::markdown_plugin
