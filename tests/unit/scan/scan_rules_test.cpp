// What ignore files, default rules and globs leave out of a scan.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/scan/scanner_fixture.h"

namespace sluice::scan {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(ScannerTest, IgnoreFilesLeaveOutFilesAndDirectories) {
  tree.file(".sluiceignore", "draft*\nold/\n");
  for (const char* path : {"a.md", "draft1.md", "x/draft.md", "old/b.md", "x/old/c.md", "x/d.md"}) {
    tree.file(path);
  }
  EXPECT_THAT(scan({""}), ElementsAre("a.md", "x/d.md"));
}

TEST_F(ScannerTest, ADeeperIgnoreFileWins) {
  tree.file(".sluiceignore", "*.txt\n!keep.txt\n");
  tree.file("x/.sluiceignore", "!*.txt\nkeep.txt\n/anchored.txt");
  for (const char* path : {"a.txt", "keep.txt", "x/a.txt", "x/keep.txt", "x/anchored.txt"}) {
    tree.file(path);
  }
  EXPECT_THAT(scan({""}), ElementsAre("keep.txt", "x/a.txt"));
}

TEST_F(ScannerTest, NothingComesBackFromAnIgnoredDirectory) {
  tree.file(".sluiceignore", "x/\n!x/a.md\n");
  tree.file("x/a.md");
  EXPECT_THAT(scan({""}), IsEmpty());
}

TEST_F(ScannerTest, IgnoreFilesCanBeTurnedOff) {
  tree.file(".sluiceignore", "*");
  tree.file("a.md");
  options.ignore_files = false;
  EXPECT_THAT(scan({""}), ElementsAre("a.md"));
}

TEST_F(ScannerTest, AnIgnoreFileIsNoSource) {
  tree.file(".sluiceignore", "");
  options.hidden = true;
  options.takes_extension = nullptr;
  EXPECT_THAT(scan({""}), IsEmpty());
}

TEST_F(ScannerTest, WhereRulesCannotBeReadNothingIsTaken) {
  tree.folder("x/.sluiceignore");
  tree.file("x/a.md");
  tree.file("y/.sluiceignore", std::string(1 << 20, 'a'));
  tree.file("y/a.md");
  tree.file("b.md");
  EXPECT_THAT(scan({""}), ElementsAre("b.md"));
  ASSERT_THAT(problems, SizeIs(2));
  EXPECT_THAT(problems[0].reason, HasSubstr(".sluiceignore"));
}

TEST_F(ScannerTest, GitIgnoreFilesCountBelowThoseOfSluice) {
  tree.file(".gitignore", "*.txt\nbuild/\n");
  tree.file("x/.gitignore", "!kept.txt\n");
  tree.file("x/.sluiceignore", "!also.txt\nnot.md\n");
  for (const char* path : {"a.txt", "build/b.md", "x/kept.txt", "x/also.txt", "x/not.md"}) {
    tree.file(path);
  }
  EXPECT_THAT(scan({""}), ElementsAre("x/also.txt", "x/kept.txt"));
  EXPECT_EQ(reason("a.txt"), "ignored");
  EXPECT_EQ(rules[tree.path("build")], tree.path(".gitignore") + ":2: build/");
  EXPECT_EQ(rules[tree.path("x/not.md")], tree.path("x/.sluiceignore") + ":2: not.md");
}

TEST_F(ScannerTest, OfARepositoryTheRulesAboveTheDirectoryGivenCount) {
  tree.file("repo/.git/info/exclude", "mine.md\n");
  tree.file("repo/.gitignore", "/docs/out\n");
  tree.file("repo/docs/.gitignore", "*.txt\n");
  for (const char* path :
       {"repo/docs/d/a.md", "repo/docs/d/mine.md", "repo/docs/d/b.txt", "repo/docs/out/c.md"}) {
    tree.file(path);
  }
  EXPECT_THAT(scan({"repo/docs/d"}), ElementsAre("repo/docs/d/a.md"));
  EXPECT_EQ(reason("repo/docs/d/mine.md"), "ignored");
  EXPECT_THAT(scan({"repo/docs"}), ElementsAre("repo/docs/d/a.md"));
  EXPECT_EQ(reason("repo/docs/out"), "ignored");
  options.ignore_files = false;
  EXPECT_THAT(scan({"repo/docs"}), SizeIs(4));
}

TEST_F(ScannerTest, AGitIgnoreThatIsALinkOrAFolderIsNoRuleFile) {
  tree.file("rules", "*.md\n");
  tree.symlink(".gitignore", "rules");
  tree.folder("x/.gitignore");
  for (const char* path : {"a.md", "x/b.md"}) tree.file(path);
  EXPECT_THAT(scan({""}), ElementsAre("a.md", "x/b.md"));
  EXPECT_THAT(problems, IsEmpty());
}

TEST_F(ScannerTest, DefaultRulesAreWeakerThanAnyIgnoreFile) {
  options.ignore = {"node_modules/", "~$*"};
  tree.file("y/.sluiceignore", "!node_modules/\n");
  for (const char* path : {"x/node_modules/a.md", "y/node_modules/b.md", "~$c.md", "d.md"}) {
    tree.file(path);
  }
  EXPECT_THAT(scan({""}), ElementsAre("d.md", "y/node_modules/b.md"));
  EXPECT_EQ(rules[tree.path("x/node_modules")], "[ingest] ignore: node_modules/");
  EXPECT_EQ(reason("~$c.md"), "ignored");
  EXPECT_THAT(scan({"x/node_modules"}), ElementsAre("x/node_modules/a.md"));
}

TEST_F(ScannerTest, GlobsAreRelativeToTheDirectoryGiven) {
  for (const char* path : {"d/x/a.md", "d/x/b.txt", "d/y/x/c.md"}) tree.file(path);
  options.globs = {"x/*.md"};
  EXPECT_THAT(scan({"d"}), ElementsAre("d/x/a.md"));
}

TEST_F(ScannerTest, ExcludingGlobsPruneDirectories) {
  for (const char* path : {"x/a.md", "y/a.md"}) tree.file(path);
  options.globs = {"!x"};
  EXPECT_THAT(scan({""}), ElementsAre("y/a.md"));
}

TEST_F(ScannerTest, GlobsDoNotBringBackIgnoredOrHiddenFiles) {
  tree.file(".sluiceignore", "a.md");
  for (const char* path : {"a.md", ".b.md", "c.md"}) tree.file(path);
  options.globs = {"*.md"};
  EXPECT_THAT(scan({""}), ElementsAre("c.md"));
}

}  // namespace
}  // namespace sluice::scan
