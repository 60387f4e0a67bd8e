// What is published, and what of the user's is left alone.
#include "cli/real_program.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

namespace fs = std::filesystem;

class Published : public RealProgram {};

TEST_F(Published, LogHasALineForEachEvent) {
  write("in/a.md", "a");
  write("in/b.md", "a");
  ASSERT_EQ(add({"in"}).exit_code, 0);
  write("in/a.md", "changed");
  ASSERT_EQ(add({"in/a.md"}).exit_code, 0);
  std::istringstream log(read("kb/wiki/log.md"));
  std::vector<std::string> lines;
  for (std::string line; std::getline(log, line);) lines.push_back(line);
  EXPECT_THAT(lines, Each(MatchesRegex("## \\[[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}\\] "
                                       "[a-z]+ \\| [^ ]+ \\(.*\\)")));
  ASSERT_GE(lines.size(), 3U);
  EXPECT_THAT(lines[0], AllOf(HasSubstr("] added | a ("), EndsWith("/in/a.md)")));
  EXPECT_THAT(lines[1], AllOf(HasSubstr("] duplicate | a ("), EndsWith("/in/b.md)")));
  EXPECT_THAT(lines[2], AllOf(HasSubstr("] updated | a ("), EndsWith("/in/a.md)")));
}

TEST_F(Published, WindowsLineEndsBecomeLfInMarkdownAndStayInRaw) {
  const std::string text = "# A\r\n\r\none\r\ntwo\r\n";
  for (const char* name : {"a.md", "b.txt", "c.html", "d.csv", "e.json"}) {
    write(std::string("in/") + name, name + (" {}\r\n" + text));
  }
  ASSERT_EQ(add({"in"}).exit_code, 0);
  for (const auto& [name, document] : documents()) {
    EXPECT_THAT(read_file(kb() / document["markdown"].get<std::string>()), Not(HasSubstr("\r")))
        << name;
    EXPECT_THAT(read_file(kb() / document["raw"].get<std::string>()), EndsWith(text)) << name;
  }
  EXPECT_EQ(documents().size(), 5U);
}

TEST_F(Published, FilesElsewhereInTheWikiAreNeverTouched) {
  write("kb/wiki/index.md", "mine\r\n");
  write("kb/wiki/concepts/idea.md", "mine as well");
  write("kb/notes.md", "mine too");
  fs::permissions(kb() / "wiki/index.md", fs::perms(0400));
  const auto time = fs::last_write_time(kb() / "wiki/index.md");
  write("in/index.md", "another index");
  write("in/idea.md", "another idea");
  ASSERT_EQ(add({"in"}).exit_code, 0);
  ASSERT_EQ(add({"in"}).exit_code, 0);
  ASSERT_EQ(run({"recover"}).exit_code, 0);
  EXPECT_EQ(read("kb/wiki/index.md"), "mine\r\n");
  EXPECT_EQ(read("kb/wiki/concepts/idea.md"), "mine as well");
  EXPECT_EQ(read("kb/notes.md"), "mine too");
  EXPECT_EQ(fs::last_write_time(kb() / "wiki/index.md"), time);
}

TEST_F(Published, NothingOutsideItsFoldersIsWritten) {
  write("in/a.md", "![p](p.png)\n");
  write("in/p.png", png());
  const Tree before = tree_of(dir_.path());
  ASSERT_EQ(add({"in"}).exit_code, 0);
  for (const std::string& name : differences(before, tree_of(dir_.path()))) {
    EXPECT_TRUE(name.starts_with("kb/raw/") || name.starts_with("kb/wiki/sources/") ||
                name.starts_with("kb/wiki/log.md") || name.starts_with("kb/.sluice/"))
        << name;
  }
}

TEST_F(Published, AddingTheKnowledgeBaseItselfTakesOnlyTheUsersOwnFiles) {
  write("kb/notes.md", "my notes");
  write("kb/raw/dropped.md", "dropped into raw");
  write("kb/wiki/index.md", "index");
  write("in/a.md", "a");
  ASSERT_EQ(add({"in"}).exit_code, 0);
  const Finished run = sluice({"add", ".", "--json", "--hidden"}, {}, kb());
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const auto docs = objects(run.out, "doc");
  ASSERT_EQ(docs.size(), 1U) << run.out;
  EXPECT_EQ(docs[0]["path"], "notes.md");
  EXPECT_EQ(read("kb/raw/dropped.md"), "dropped into raw");
}

TEST_F(Published, AHandEditedDocumentIsKeptBesideTheNewOne) {
  write("a.md", "one");
  ASSERT_EQ(add({"a.md"}).exit_code, 0);
  write("kb/wiki/sources/a.md", "my own words");
  write("a.md", "two");
  const Finished run = add({"a.md"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("a.md.orig-"));
  std::vector<std::string> kept;
  for (const auto& entry : fs::directory_iterator(kb() / "wiki/sources")) {
    if (entry.path().string().find(".orig-") != std::string::npos) {
      kept.push_back(read_file(entry.path()));
    }
  }
  EXPECT_THAT(kept, ElementsAre("my own words"));
  EXPECT_THAT(read("kb/wiki/sources/a.md"), HasSubstr("two"));
}

TEST_F(Published, KeysOfSourcesWithinAreRelativeAndOthersAbsolute) {
  write("kb/inside/a.md", "a");
  write("outside/b.md", "b");
  ASSERT_EQ(add({"kb/inside", "outside"}).exit_code, 0);
  const auto known = documents();
  EXPECT_EQ(known.at("a")["path"], "inside/a.md");
  EXPECT_EQ(known.at("b")["path"], path("outside/b.md"));
}

TEST_F(Published, AMovedKnowledgeBaseStillKnowsItsOwnSources) {
  write("kb/inside/a.md", "a");
  ASSERT_EQ(add({"kb/inside"}).exit_code, 0);
  fs::rename(kb(), dir_ / "moved");
  const Finished run = sluice({"-C", path("moved"), "add", path("moved/inside")});
  EXPECT_THAT(run.out, StartsWith("added 0, updated 0, unchanged 1, "));
}

}  // namespace
}  // namespace sluice::test
