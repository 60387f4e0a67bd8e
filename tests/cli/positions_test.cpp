// Where pages, slides and sections begin: <name>.parts.json beside the Markdown, right to the byte,
// whatever the host puts in front of and between them.
#include "cli/command_session.h"
#include "kit/box.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;

class PositionsTest : public CommandSession {
 protected:
  void SetUp() override { make_kb(); }

  std::vector<Json> add(const std::string& name, const std::string& text) {
    write(name, text);
    return add_docs({"--plugin", fixtures(), name});
  }
  Json parts(const std::string& name) const {
    return Json::parse(read("kb/wiki/sources/" + name + ".parts.json"))["parts"];
  }
  // The first word of the Markdown from where the part begins.
  std::string at(const std::string& name, const Json& part) const {
    const std::string text = read("kb/wiki/sources/" + name + ".md").substr(part["offset"]);
    return text.substr(0, text.find_first_of(" \n"));
  }
  void expect_sound() {
    EXPECT_EQ(run({"-C", "kb", "check"}), 0) << out_;
    EXPECT_THAT(out_, HasSubstr("damages 0, remarks 0"));
  }
};

TEST_F(PositionsTest, LeadToTheFirstWordOfEachPart) {
  add("a.script",
      "part page 1 i\nbody One\nbody \npart page 2 ii\ntext \\n\\nTwo\\r\\n\npart page 3\nbody "
      "Three\n");
  ASSERT_EQ(parts("a").size(), 3U);
  EXPECT_EQ(parts("a")[0]["unit"], "page");
  EXPECT_EQ(parts("a")[0]["label"], "i");
  EXPECT_FALSE(parts("a")[2].contains("label"));
  EXPECT_EQ(at("a", parts("a")[0]), "One");
  EXPECT_EQ(at("a", parts("a")[1]), "Two");
  EXPECT_EQ(at("a", parts("a")[2]), "Three");
  expect_sound();
}

TEST_F(PositionsTest, AreCountedInTheFileAsItIs) {
  // Broken characters, a byte-order mark and blanks that the host mends or leaves out.
  add("a.script",
      "text \\xEF\\xBB\\xBF\\n\\n\npart page 1\ntext A\\xFF\\0\\r\npart page 2\nbody B\n");
  EXPECT_EQ(at("a", parts("a")[0]).substr(0, 1), "A");
  EXPECT_EQ(at("a", parts("a")[1]), "B");
  expect_sound();
}

TEST_F(PositionsTest, APartWithNothingInItIsWhereTheNextOneBegins) {
  add("a.script", "body A\npart page 1\npart page 2\nbody B\npart page 3\n");
  EXPECT_EQ(parts("a")[0]["offset"], parts("a")[1]["offset"]);
  EXPECT_EQ(at("a", parts("a")[1]), "B");
  EXPECT_EQ(parts("a")[2]["offset"].get<std::size_t>(), read("kb/wiki/sources/a.md").size() - 1);
}

TEST_F(PositionsTest, FollowWhenLinksAndNamesChange) {
  // Its second document gets another name, and its picture's links another length.
  const std::string script =
      "asset a.png image/png x\npart page 1\ntext One ![](\nlink 1\nbody )\npart page 2\nbody "
      "Two\n";
  write("x/a.script", script);
  write("y/a.script", script + "body more\n");
  add_docs({"--plugin", fixtures(), "x", "y"});
  for (const auto& entry : std::filesystem::directory_iterator(work("kb/wiki/sources"))) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".parts.json")) continue;
    const std::string stem = name.substr(0, name.find('.'));
    EXPECT_EQ(at(stem, parts(stem)[0]), "One") << name;
    EXPECT_EQ(at(stem, parts(stem)[1]), "Two") << name;
  }
  EXPECT_TRUE(exists("kb/wiki/sources/a.parts.json"));
  expect_sound();
}

TEST_F(PositionsTest, FollowWhenLinksToDocumentsWithinAreFilledIn) {
  add("box.box", Box()
                     .line("part 1 ", "first")
                     .text("One")
                     .child("a-document-with-a-long-name.md", "A\n")
                     .line("part 2 ", "\"second\"")
                     .text("Two")
                     .bytes());
  EXPECT_EQ(at("box", parts("box")[0]), "One");
  EXPECT_EQ(at("box", parts("box")[1]), "Two");
  EXPECT_EQ(parts("box")[1]["label"], "\"second\"");
  expect_sound();
  // A new version without parts takes the file away.
  add("box.box", Box().text("Plain").bytes());
  EXPECT_FALSE(exists("kb/wiki/sources/box.parts.json"));
  expect_sound();
}

TEST_F(PositionsTest, WhatIsNoPartIsRefused) {
  const auto docs = add("a.script", "part Page 1\nbody x\n");
  EXPECT_EQ(docs[0]["attempts"][0]["outcome"], "internal");
  EXPECT_THAT(docs[0]["attempts"][0]["reason"].get<std::string>(),
              HasSubstr("1 to 32 of [a-z0-9-]"));
}

}  // namespace
}  // namespace sluice::test
