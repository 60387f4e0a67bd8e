// .sluiceignore files and -g, line by line as git and ripgrep read them.
#include "scan/ignore.h"

#include <gtest/gtest.h>

#include "platform/error.h"

namespace sluice::scan {
namespace {

using Verdict = IgnoreRules::Verdict;

bool ignores(std::string_view rules, std::string_view path, PathKind kind = PathKind::kFile) {
  return IgnoreRules(rules).verdict(path, kind) == Verdict::kIgnore;
}

TEST(IgnoreRules, PatternWithoutSlashMatchesAtAnyDepth) {
  EXPECT_TRUE(ignores("*.log", "a.log"));
  EXPECT_TRUE(ignores("*.log", "x/y/a.log"));
}

TEST(IgnoreRules, PatternWithASlashIsAnchored) {
  EXPECT_TRUE(ignores("/a.md", "a.md"));
  EXPECT_FALSE(ignores("/a.md", "x/a.md"));
  EXPECT_TRUE(ignores("x/*.md", "x/a.md"));
  EXPECT_FALSE(ignores("x/*.md", "y/x/a.md"));
}

TEST(IgnoreRules, TrailingSlashMatchesDirectoriesOnly) {
  EXPECT_TRUE(ignores("build/", "x/build", PathKind::kDirectory));
  EXPECT_FALSE(ignores("build/", "x/build"));
}

TEST(IgnoreRules, LaterRulesWin) {
  EXPECT_FALSE(ignores("*.md\n!keep.md", "keep.md"));
  EXPECT_TRUE(ignores("!keep.md\n*.md", "keep.md"));
}

TEST(IgnoreRules, SayNothingAboutOtherPaths) {
  EXPECT_EQ(IgnoreRules("*.log").verdict("a.md", PathKind::kFile), Verdict::kNone);
  EXPECT_EQ(IgnoreRules("!a.md").verdict("a.md", PathKind::kFile), Verdict::kKeep);
}

TEST(IgnoreRules, CommentsAndEmptyLinesSayNothing) {
  const std::string_view rules = "# a\n\n   \n#b";
  EXPECT_FALSE(ignores(rules, "a"));
  EXPECT_FALSE(ignores(rules, "#b"));
}

TEST(IgnoreRules, BackslashGuardsSpecialBeginnings) {
  EXPECT_TRUE(ignores("\\#a", "#a"));
  EXPECT_TRUE(ignores("\\!a", "!a"));
}

TEST(IgnoreRules, TrailingSpacesCountOnlyWhenGuarded) {
  EXPECT_TRUE(ignores("a.md   ", "a.md"));
  EXPECT_TRUE(ignores("a\\ ", "a "));
  EXPECT_FALSE(ignores("a\\ ", "a"));
  EXPECT_TRUE(ignores(" a", " a"));
}

TEST(IgnoreRules, ReadsWindowsLinesAndAByteOrderMark) {
  EXPECT_TRUE(
      ignores("\xEF\xBB\xBF"
              "a.md\r\nb.md\r\n",
              "a.md"));
  EXPECT_TRUE(ignores("a.md\r\nb.md\r\n", "b.md"));
}

TEST(IgnoreRules, AMalformedPatternMatchesNothingAndHarmsNoOther) {
  EXPECT_FALSE(ignores("a[\nb.md", "a["));
  EXPECT_TRUE(ignores("a[\nb.md", "b.md"));
  EXPECT_FALSE(ignores("/\n!\n", "a"));
}

TEST(IgnoreLevel, ANearerRuleWinsAndIsNamed) {
  const auto above =
      std::make_shared<IgnoreLevel>(IgnoreLevel{nullptr, IgnoreRules("\n*.md"), 0, "d/.gitignore"});
  const IgnoreLevel below{above, IgnoreRules("!/keep.md"), 2, "d/x/.gitignore"};
  const Decision keep = decide(&below, "x/keep.md", PathKind::kFile);
  EXPECT_EQ(keep.verdict, Verdict::kKeep);
  EXPECT_EQ(keep.text(), "d/x/.gitignore:1: !/keep.md");
  const Decision other = decide(&below, "x/other.md", PathKind::kFile);
  EXPECT_EQ(other.verdict, Verdict::kIgnore);
  EXPECT_EQ(other.text(), "d/.gitignore:2: *.md");
  EXPECT_EQ(decide(&below, "x/other.txt", PathKind::kFile).verdict, Verdict::kNone);
  EXPECT_EQ(decide(nullptr, "x/other.md", PathKind::kFile).verdict, Verdict::kNone);
}

bool takes(const std::vector<std::string>& globs, std::string_view path) {
  const Selection selection(globs);
  std::size_t match = Selection::kNone;
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/', slash + 1)) {
    match = selection.last_match(path.substr(0, slash), PathKind::kDirectory, match);
    if (!selection.enters_directory(match)) return false;
  }
  return selection.takes_file(selection.last_match(path, PathKind::kFile, match));
}

TEST(Selection, WithoutGlobsTakesAll) {
  EXPECT_TRUE(takes({}, "a/b.md"));
}

TEST(Selection, IncludingGlobsLeaveOutTheRest) {
  EXPECT_TRUE(takes({"*.md"}, "a/b.md"));
  EXPECT_FALSE(takes({"*.md"}, "a/b.txt"));
}

TEST(Selection, ExcludingGlobsLeaveTheRestIn) {
  EXPECT_FALSE(takes({"!*.md"}, "a/b.md"));
  EXPECT_TRUE(takes({"!*.md"}, "a/b.txt"));
}

TEST(Selection, TheLastMatchWins) {
  EXPECT_FALSE(takes({"*.md", "!draft*"}, "draft.md"));
  EXPECT_TRUE(takes({"!draft*", "*.md"}, "draft.md"));
}

TEST(Selection, AnExcludedDirectoryIsNotEntered) {
  EXPECT_FALSE(takes({"*.md", "!old"}, "old/x/b.md"));
  EXPECT_FALSE(takes({"*.md", "!old/"}, "old/b.md"));
}

TEST(Selection, AnIncludedDirectoryBringsAllInIt) {
  EXPECT_TRUE(takes({"docs/"}, "docs/x/a.csv"));
  EXPECT_FALSE(takes({"docs/"}, "other/a.csv"));
  EXPECT_FALSE(takes({"docs/", "!*.csv"}, "docs/x/a.csv"));
}

TEST(Selection, AGlobWithASlashIsAnchored) {
  EXPECT_TRUE(takes({"docs/*.md"}, "docs/a.md"));
  EXPECT_FALSE(takes({"docs/*.md"}, "x/docs/a.md"));
}

TEST(Selection, KnowsAlternatives) {
  EXPECT_TRUE(takes({"*.{md,txt}"}, "a.txt"));
  EXPECT_FALSE(takes({"*.{md,txt}"}, "a.csv"));
}

TEST(Selection, RefusesMalformedGlobsAsUsage) {
  for (const char* glob : {"a[", "", "!", "a{b", "a\\"}) {
    try {
      const Selection selection({glob});
      ADD_FAILURE() << glob;
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), ExitCode::kUsage) << glob;
      EXPECT_FALSE(error.next().empty());
    }
  }
}

}  // namespace
}  // namespace sluice::scan
