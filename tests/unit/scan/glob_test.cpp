// Patterns of .gitignore against paths.
#include "scan/glob.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace sluice::scan {
namespace {

using ::testing::UnorderedElementsAre;

bool matches(std::string_view pattern, std::string_view path) {
  const auto glob = Glob::parse(pattern);
  return glob && glob->matches(path);
}

TEST(Glob, LiteralMatchesItselfOnly) {
  EXPECT_TRUE(matches("a/b.md", "a/b.md"));
  EXPECT_FALSE(matches("a/b.md", "a/b.mdx"));
  EXPECT_FALSE(matches("a/b.md", "x/a/b.md"));
}

TEST(Glob, StarStaysWithinAPart) {
  EXPECT_TRUE(matches("*.md", "a.md"));
  EXPECT_TRUE(matches("*.md", ".md"));
  EXPECT_FALSE(matches("*.md", "a/b.md"));
  EXPECT_TRUE(matches("a*b*c", "aXbYbZc"));
  EXPECT_FALSE(matches("a*b*c", "aXbY"));
}

TEST(Glob, QuestionMarkTakesOneCharacter) {
  EXPECT_TRUE(matches("a?c", "abc"));
  EXPECT_TRUE(matches("a?c", "aéc"));
  EXPECT_FALSE(matches("a?c", "ac"));
  EXPECT_FALSE(matches("a?c", "a/c"));
}

TEST(Glob, AByteThatIsNotUtf8IsOneCharacter) {
  EXPECT_TRUE(matches("a?c",
                      "a\xFF"
                      "c"));
  EXPECT_TRUE(matches("a\xFF*", "a\xFF\xFE"));
  EXPECT_FALSE(matches("a\xFF", "a\xFE"));
}

TEST(Glob, ClassTakesItsCharactersAndRanges) {
  EXPECT_TRUE(matches("[abc]", "b"));
  EXPECT_TRUE(matches("[a-c0-9]x", "7x"));
  EXPECT_FALSE(matches("[a-c]", "d"));
  EXPECT_TRUE(matches("[а-я]", "ж"));
  EXPECT_TRUE(matches("[]a]", "]"));
  EXPECT_TRUE(matches("[a-]", "-"));
  EXPECT_TRUE(matches("[\\]]", "]"));
}

TEST(Glob, ClassIsNegatedByEitherSign) {
  EXPECT_TRUE(matches("[!a]", "b"));
  EXPECT_TRUE(matches("[^a]", "é"));
  EXPECT_FALSE(matches("[!a]", "a"));
  EXPECT_FALSE(matches("a[!x]b", "a/b"));
  EXPECT_FALSE(matches("[!]]", "]"));
}

TEST(Glob, ClassKnowsPosixNames) {
  EXPECT_TRUE(matches("[[:digit:]_]", "7"));
  EXPECT_TRUE(matches("[[:digit:]_]", "_"));
  EXPECT_FALSE(matches("[[:upper:]]", "a"));
  EXPECT_FALSE(Glob::parse("[[:nonsense:]]"));
}

TEST(Glob, DoubleStarInFrontTakesAnyDirectories) {
  EXPECT_TRUE(matches("**/a", "a"));
  EXPECT_TRUE(matches("**/a", "x/y/a"));
  EXPECT_FALSE(matches("**/a", "x/ya"));
}

TEST(Glob, DoubleStarBehindTakesAllWithin) {
  EXPECT_TRUE(matches("a/**", "a/b/c"));
  EXPECT_FALSE(matches("a/**", "a"));
  EXPECT_TRUE(matches("**", "a"));
}

TEST(Glob, DoubleStarBetweenTakesNoneOrMore) {
  EXPECT_TRUE(matches("a/**/b", "a/b"));
  EXPECT_TRUE(matches("a/**/b", "a/x/y/b"));
  EXPECT_FALSE(matches("a/**/b", "a/x/bc"));
  EXPECT_TRUE(matches("a/**/m/**/z", "a/m/m/x/z"));
}

TEST(Glob, DoubleStarWithinAPartIsAStar) {
  EXPECT_TRUE(matches("a**b", "axxb"));
  EXPECT_FALSE(matches("a**b", "a/b"));
}

TEST(Glob, BackslashTakesTheNextCharacterAsItIs) {
  EXPECT_TRUE(matches("\\*.md", "*.md"));
  EXPECT_FALSE(matches("\\*.md", "a.md"));
  EXPECT_TRUE(matches("a\\\\b", "a\\b"));
}

TEST(Glob, MalformedPatternsAreNone) {
  EXPECT_FALSE(Glob::parse("a["));
  EXPECT_FALSE(Glob::parse("a[]"));
  EXPECT_FALSE(Glob::parse("a[b-"));
  EXPECT_FALSE(Glob::parse("a\\"));
}

TEST(Glob, EmptyPartsMatchNothing) {
  EXPECT_FALSE(matches("a//b", "a/b"));
  EXPECT_FALSE(matches("a/", "a"));
}

TEST(Glob, ManyStarsCostNoMoreThanTheProductOfTheLengths) {
  std::string stars;
  std::string folders;
  for (int i = 0; i < 2000; ++i) stars += "a*";
  for (int i = 0; i < 100; ++i) folders += "**/a*/";
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "aa/";
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_FALSE(matches(stars + "b", std::string(4000, 'a')));
  EXPECT_FALSE(matches(folders + "b", deep + "a"));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST(ExpandBraces, GivesEveryAlternative) {
  EXPECT_THAT(*expand_braces("a{b,c}d"), UnorderedElementsAre("abd", "acd"));
  EXPECT_THAT(*expand_braces("{a,b}{c,d}"), UnorderedElementsAre("ac", "ad", "bc", "bd"));
  EXPECT_THAT(*expand_braces("x{a,{b,c}y}"), UnorderedElementsAre("xa", "xby", "xcy"));
  EXPECT_THAT(*expand_braces("plain"), UnorderedElementsAre("plain"));
}

TEST(ExpandBraces, LeavesEscapedAndBracketedBraces) {
  EXPECT_THAT(*expand_braces("a\\{b,c}"), UnorderedElementsAre("a\\{b,c}"));
  EXPECT_THAT(*expand_braces("[{]a,b[}]"), UnorderedElementsAre("[{]a,b[}]"));
}

TEST(ExpandBraces, RefusesAnUnclosedBrace) {
  EXPECT_FALSE(expand_braces("a{b,c"));
}

TEST(ExpandBraces, RefusesTooManyAlternatives) {
  std::string pattern;
  for (int i = 0; i < 40; ++i) pattern += "{a,b}";
  EXPECT_FALSE(expand_braces(pattern));
}

}  // namespace
}  // namespace sluice::scan
