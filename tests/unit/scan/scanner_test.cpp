// What a scan hands out, from real folders.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/scan/scanner_fixture.h"

namespace sluice::scan {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(ScannerTest, OrdersBytewiseByPath) {
  for (const char* path : {"b.md", "a.md", "a/z.md", "a-b.md", "a0.md", "B.md", "é.md"}) {
    tree.file(path);
  }
  EXPECT_THAT(scan({""}), ElementsAre("B.md", "a-b.md", "a.md", "a/z.md", "a0.md", "b.md", "é.md"));
}

TEST_F(ScannerTest, TakesOnlyExtensionsThatAreConvertedAndNamesTheRest) {
  tree.file("a.md");
  tree.file("b.MD");
  tree.file("c.exe");
  tree.file("README");
  EXPECT_THAT(scan({""}), ElementsAre("a.md", "b.MD"));
  EXPECT_EQ(reason("c.exe"), "unsupported");
  EXPECT_EQ(reason("README"), "unsupported");
}

TEST_F(ScannerTest, ADirectoryWithoutDocumentsGivesNothing) {
  tree.folder("x/y");
  EXPECT_THAT(scan({"x"}), IsEmpty());
  EXPECT_THAT(problems, IsEmpty());
}

TEST_F(ScannerTest, ShowsSourcesAsTheUserWroteTheirRoot) {
  tree.file("d/x/a.md");
  scan_paths({tree.path("d") + "//"});
  EXPECT_THAT(shown, ElementsAre(tree.path("d") + "/x/a.md"));
}

TEST_F(ScannerTest, RelativePathsAreTakenFromTheWorkingDirectory) {
  tree.file("d/a.md");
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(tree.path("d"));
  EXPECT_THAT(scan_paths({"."}), ElementsAre("d/a.md"));
  EXPECT_THAT(shown, ElementsAre("./a.md"));
  EXPECT_THAT(scan_paths({"a.md"}), ElementsAre("d/a.md"));
  EXPECT_THAT(shown, ElementsAre("a.md"));
  std::filesystem::current_path(before);
}

TEST_F(ScannerTest, SkipsHiddenNamesUnlessAsked) {
  tree.file(".a.md");
  tree.file(".d/b.md");
  tree.file("c.md");
  EXPECT_THAT(scan({""}), ElementsAre("c.md"));
  options.hidden = true;
  EXPECT_THAT(scan({""}), ElementsAre(".a.md", ".d/b.md", "c.md"));
}

TEST_F(ScannerTest, AGivenFileIsAlwaysTaken) {
  tree.file(".hidden.xyz");
  tree.file(".sluiceignore", "*");
  options.globs = {"*.md"};
  EXPECT_THAT(scan({".hidden.xyz"}), ElementsAre(".hidden.xyz"));
}

TEST_F(ScannerTest, AGivenHiddenDirectoryIsWalked) {
  tree.file(".d/a.md");
  EXPECT_THAT(scan({".d"}), ElementsAre(".d/a.md"));
}

TEST_F(ScannerTest, NamesInOddBytesWork) {
  const std::string odd = "a\xFF\n\x01 '\".md";
  tree.file(odd);
  tree.file("d\xFE/b.md");
  EXPECT_THAT(scan({""}), ElementsAre(odd, "d\xFE/b.md"));
  EXPECT_THAT(scan({odd}), ElementsAre(odd));
}

TEST_F(ScannerTest, FollowsASymlinkToAFileInside) {
  tree.file("x/a.md");
  tree.symlink("link.md", "x/a.md");
  EXPECT_THAT(scan({""}), ElementsAre("link.md", "x/a.md"));
}

TEST_F(ScannerTest, PassesOverSymlinksThatLeadOut) {
  tree.file("secret.md");
  tree.folder("d");
  tree.symlink("d/up.md", "../secret.md");
  tree.symlink("d/absolute.md", tree.path("secret.md"));
  tree.symlink("d/dangling.md", "nowhere");
  tree.symlink("d/loop.md", "loop.md");
  EXPECT_THAT(scan({"d"}), IsEmpty());
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(reason("d/up.md"), "link-outside");
  EXPECT_EQ(reason("d/absolute.md"), "link-outside");
  EXPECT_EQ(reason("d/dangling.md"), "broken-link");
  EXPECT_EQ(reason("d/loop.md"), "broken-link");
}

TEST_F(ScannerTest, DoesNotDescendIntoSymlinkedDirectories) {
  tree.file("d/a.md");
  tree.symlink("d/loop", ".");
  tree.symlink("d/again.md", "../d");
  EXPECT_THAT(scan({"d"}), ElementsAre("d/a.md"));
}

TEST_F(ScannerTest, AGivenSymlinkToADirectoryIsThatDirectory) {
  tree.file("d/a.md");
  tree.symlink("link", "d");
  EXPECT_THAT(scan({"link"}), ElementsAre("d/a.md"));
}

TEST_F(ScannerTest, AGivenSymlinkThatLeadsOutStandsForItsTarget) {
  tree.file("elsewhere/a.md");
  tree.folder("d");
  tree.symlink("d/link.md", "../elsewhere/a.md");
  EXPECT_THAT(scan({"d/link.md"}), ElementsAre("elsewhere/a.md"));
}

TEST_F(ScannerTest, AGivenSymlinkThatStaysKeepsItsName) {
  tree.file("d/a.md");
  tree.symlink("d/link.md", "a.md");
  EXPECT_THAT(scan({"d/link.md"}), ElementsAre("d/link.md"));
}

TEST_F(ScannerTest, PassesOverPipesAndSockets) {
  ASSERT_EQ(::mkfifo(tree.path("pipe.md").c_str(), 0600), 0);
  tree.symlink("link.md", "pipe.md");
  EXPECT_THAT(scan({""}), IsEmpty());
}

// --- the knowledge base itself ---

TEST_F(ScannerTest, WithinAKbOnlyTheUsersOwnFilesAreTaken) {
  make_kb("kb");
  tree.file("kb/notes/n.md");
  tree.file("kb/top.md");
  options.hidden = true;
  EXPECT_THAT(scan({"kb"}), ElementsAre("notes/n.md", "top.md"));
}

TEST_F(ScannerTest, FromAboveAKbItsSourcesHaveTheKeysTheyHaveWithin) {
  make_kb("all/kb");
  tree.file("all/kb/notes/n.md");
  tree.file("all/z.md");
  EXPECT_THAT(scan({"all"}), ElementsAre("notes/n.md", "all/z.md"));
  EXPECT_THAT(shown, ElementsAre(tree.path("all/kb/notes/n.md"), tree.path("all/z.md")));
}

TEST_F(ScannerTest, BelowAKbKeysAreRelativeToIt) {
  make_kb("kb");
  tree.file("kb/notes/x/n.md");
  EXPECT_THAT(scan({"kb/notes/x"}), ElementsAre("notes/x/n.md"));
  EXPECT_THAT(scan({"kb/notes/x/n.md"}), ElementsAre("notes/x/n.md"));
}

TEST_F(ScannerTest, AFolderBesideTheKbWithTheSameBeginningIsOutside) {
  make_kb("kb");
  tree.file("kb2/n.md");
  EXPECT_THAT(scan({"kb2"}), ElementsAre("kb2/n.md"));
}

TEST_F(ScannerTest, ASymlinkedSpellingOfTheKbDoesNotFoolIt) {
  make_kb("kb");
  tree.file("kb/n.md");
  tree.symlink("alias", "kb");
  EXPECT_THAT(scan({"alias"}), ElementsAre("n.md"));
  options.kb_path = tree.path("alias");
  EXPECT_THAT(scan({"kb"}), ElementsAre("n.md"));
}

TEST_F(ScannerTest, ASymlinkToTheKbsOwnFileIsPassedOver) {
  make_kb("kb");
  tree.symlink("kb/link.md", "wiki/sources/a.md");
  EXPECT_THAT(scan({"kb"}), IsEmpty());
  tree.symlink("outside.md", "kb/raw/a.md");
  EXPECT_THAT(scan({""}), IsEmpty());
}

TEST_F(ScannerTest, TheKbsOwnFoldersAndFilesAreRefused) {
  make_kb("kb");
  tree.symlink("alias", "kb/wiki");
  tree.file("z.md");
  for (const char* path : {"kb/wiki", "kb/wiki/sources", "kb/raw", "kb/.sluice", "kb/raw/a.md",
                           "alias", "alias/index.md"}) {
    EXPECT_THAT(scan({path, "z.md"}), ElementsAre("z.md")) << path;
    ASSERT_THAT(problems, SizeIs(1)) << path;
    EXPECT_THAT(problems[0].reason, HasSubstr("belongs to the knowledge base itself")) << path;
  }
}

TEST_F(ScannerTest, IgnoreFilesOfTheKbCountBelowIt) {
  make_kb("kb");
  tree.file("kb/.sluiceignore", "notes/drafts/\n");
  tree.file("kb/notes/.sluiceignore", "*.txt\n");
  for (const char* path : {"kb/notes/drafts/a.md", "kb/notes/b.txt", "kb/notes/c.md"}) {
    tree.file(path);
  }
  EXPECT_THAT(scan({"kb/notes"}), ElementsAre("notes/c.md"));
}

// --- several paths ---

TEST_F(ScannerTest, RootsComeInTheOrderGiven) {
  for (const char* path : {"a/1.md", "b/2.md", "c.md"}) tree.file(path);
  EXPECT_THAT(scan({"c.md", "b", "a"}), ElementsAre("c.md", "b/2.md", "a/1.md"));
}

TEST_F(ScannerTest, APathGivenTwiceComesOnce) {
  tree.file("a/1.md");
  EXPECT_THAT(scan({"a", "a/", "a/1.md", "a/../a/1.md"}), ElementsAre("a/1.md"));
}

TEST_F(ScannerTest, AFileGivenBeforeItsDirectoryComesOnce) {
  for (const char* path : {"a/1.md", "a/2.md"}) tree.file(path);
  EXPECT_THAT(scan({"a/2.md", "a"}), ElementsAre("a/2.md", "a/1.md"));
}

TEST_F(ScannerTest, NestedRootsHandOutEachFileOnce) {
  for (const char* path : {"a/1.md", "a/b/2.md", "a/b/c/3.md", "a/d/4.md"}) tree.file(path);
  EXPECT_THAT(scan({"a/b", "a"}), ElementsAre("a/b/2.md", "a/b/c/3.md", "a/1.md", "a/d/4.md"));
  EXPECT_THAT(scan({"a", "a/b", "a/b/c"}),
              ElementsAre("a/1.md", "a/b/2.md", "a/b/c/3.md", "a/d/4.md"));
  EXPECT_THAT(scan({"a/b/c", "a", "a/b"}),
              ElementsAre("a/b/c/3.md", "a/1.md", "a/b/2.md", "a/d/4.md"));
}

TEST_F(ScannerTest, ANestedRootBringsWhatRulesAboveItLeftOut) {
  tree.file("a/.sluiceignore", "*.txt\n!kept.txt\nb/c\n");
  for (const char* path : {"a/b/1.md", "a/b/2.txt", "a/b/kept.txt", "a/b/c/3.md", "a/.h/4.md"}) {
    tree.file(path);
  }
  EXPECT_THAT(scan({"a", "a/b", "a/.h"}),
              ElementsAre("a/b/1.md", "a/b/kept.txt", "a/b/2.txt", "a/b/c/3.md", "a/.h/4.md"));
}

TEST_F(ScannerTest, OneFileOfALongListSharesItsDirectorysHandle) {
  tree.file("x/1.md");
  tree.file("x/2.md");
  tree.file("y/1.md");
  Scanner scanner(files, {tree.path("x/1.md"), tree.path("y/1.md"), tree.path("x/2.md")}, options);
  const auto first = scanner.next();
  const auto second = scanner.next();
  const auto third = scanner.next();
  ASSERT_TRUE(first && second && third);
  EXPECT_EQ(first->root, third->root);
  EXPECT_NE(first->root, second->root);
}

// --- errors and problems ---

TEST_F(ScannerTest, AMissingPathFailsInItsPlaceAndTheRestGoesOn) {
  tree.file("a.md");
  tree.file("b.md");
  Scanner scanner(files, {tree.path("a.md"), tree.path("missing"), tree.path("b.md")}, options);
  EXPECT_EQ(scanner.next()->relative, "a.md");
  const auto missing = scanner.next();
  ASSERT_TRUE(missing && missing->problem);
  EXPECT_EQ(missing->given, tree.path("missing"));
  EXPECT_EQ(missing->problem->reason, "no such file or directory");
  EXPECT_FALSE(missing->problem->hint.empty());
  EXPECT_FALSE(missing->problem->on_record);
  EXPECT_EQ(scanner.next()->relative, "b.md");
  EXPECT_FALSE(scanner.next());
}

TEST_F(ScannerTest, AnEmptyPathAndOneWithNulAreMissing) {
  EXPECT_THAT(scan_paths({""}), IsEmpty());
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_THAT(problems[0].reason, HasSubstr("no such file"));
  EXPECT_THAT(scan_paths({tree.path() + std::string("\0x", 2)}), IsEmpty());
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_THAT(problems[0].reason, HasSubstr("no such file"));
}

TEST_F(ScannerTest, AGivenPipeIsRefused) {
  ASSERT_EQ(::mkfifo(tree.path("pipe").c_str(), 0600), 0);
  EXPECT_THAT(scan({"pipe"}), IsEmpty());
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_THAT(problems[0].reason, HasSubstr("neither a file nor a directory"));
}

TEST_F(ScannerTest, AnUnreadableDirectoryIsAProblemAndTheRestGoesOn) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  tree.file("a/1.md");
  tree.file("b/2.md");
  std::filesystem::permissions(tree.path("a"), std::filesystem::perms::none);
  EXPECT_THAT(scan({""}), ElementsAre("b/2.md"));
  std::filesystem::permissions(tree.path("a"), std::filesystem::perms::owner_all);
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_EQ(problems[0].given, tree.path("a"));
}

// Refuses to list one directory, as a disk error or a missing right would.
class FaultyFiles : public platform::Files {
 public:
  explicit FaultyFiles(std::string name) : name_(std::move(name)) {}
  using platform::Files::open_dir;
  std::optional<platform::Dir> open_dir(const platform::Dir& at, const std::string& name) override {
    if (name == name_) {
      throw SystemError("open", name, std::make_error_code(std::errc::permission_denied));
    }
    return platform::Files::open_dir(at, name);
  }

 private:
  std::string name_;
};

TEST_F(ScannerTest, ADirectoryThatCannotBeOpenedIsAProblemForAnyUser) {
  tree.file("a/1.md");
  tree.file("b/2.md");
  FaultyFiles faulty("a");
  Scanner scanner(faulty, {tree.path()}, options);
  const auto failed = scanner.next();
  ASSERT_TRUE(failed && failed->problem);
  EXPECT_EQ(failed->given, tree.path("a"));
  EXPECT_THAT(failed->problem->reason, HasSubstr("ermission"));
  EXPECT_TRUE(failed->problem->on_record);
  const auto only = scanner.next();
  ASSERT_TRUE(only);
  EXPECT_EQ(only->relative, "b/2.md");
  EXPECT_FALSE(scanner.next());
}

TEST_F(ScannerTest, ADirectoryThatVanishesWhileScanningIsGone) {
  for (const char* path : {"a/1.md", "b/2.md"}) tree.file(path);
  Scanner scanner(files, {tree.path()}, options);
  EXPECT_EQ(scanner.next()->relative, "a/1.md");
  std::filesystem::remove_all(tree.path("b"));
  EXPECT_FALSE(scanner.next());
  EXPECT_EQ(reason("b"), "gone");
}

TEST_F(ScannerTest, ATreeTooDeepIsAProblemAndTheRestGoesOn) {
  tree.file("z.md");
  platform::Dir dir = *files.open_dir(tree.path());
  for (int level = 0; level < 1000; ++level) {
    files.make_dir(dir, "d", platform::Access::kPrivate);
    dir = *files.open_dir(dir, "d");
  }
  EXPECT_THAT(scan({""}), ElementsAre("z.md"));
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_THAT(problems[0].reason, HasSubstr("directories deep"));
  // Deeper than the standard library deletes.
  platform::remove_tree(files, *files.open_dir(tree.path()), "d");
}

TEST_F(ScannerTest, APathTooLongIsAProblem) {
  platform::Dir dir = *files.open_dir(tree.path());
  const std::string name(250, 'd');
  for (int level = 0; level < 20; ++level) {
    files.make_dir(dir, name, platform::Access::kPrivate);
    dir = *files.open_dir(dir, name);
    files.create(dir, "a.md");
  }
  EXPECT_THAT(scan({""}), SizeIs(16));
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_THAT(problems[0].reason, HasSubstr("longer than"));
}

}  // namespace
}  // namespace sluice::scan
