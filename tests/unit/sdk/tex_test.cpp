// Characters, functions and prose on their way into a formula.
#include <gtest/gtest.h>

#include <sluice/tex.hpp>
#include <string>

namespace sluice {
namespace {

TEST(Tex, NamedCharactersBecomeCommands) {
  EXPECT_EQ(tex_text("α≤β"), "\\alpha\\leq\\beta");
  EXPECT_EQ(tex_text("∑"), "\\sum");
}

TEST(Tex, ALetterDoesNotRunIntoACommand) {
  EXPECT_EQ(tex_text("αx"), "\\alpha x");
  EXPECT_EQ(tex_text("α2"), "\\alpha2");
}

TEST(Tex, CharactersThatMeanSomethingToTexAreEscaped) {
  EXPECT_EQ(tex_text("{50% & #1}_$"), "\\{50\\% \\& \\#1\\}\\_\\$");
}

TEST(Tex, LettersOfTheMathematicalAlphabets) {
  EXPECT_EQ(tex_text("𝐀"), "\\mathbf{A}");
  EXPECT_EQ(tex_text("𝑥"), "x");
  EXPECT_EQ(tex_text("𝔸"), "\\mathbb{A}");
  EXPECT_EQ(tex_text("𝛼"), "\\alpha");
  EXPECT_EQ(tex_text("𝟙"), "\\mathbb{1}");
}

TEST(Tex, WhatOnlyGuidesALayoutIsLeftOut) {
  EXPECT_EQ(tex_text("f\xE2\x81\xA1x"), "fx");
}

TEST(Tex, UnknownAndBrokenCharactersStay) {
  EXPECT_EQ(tex_text("文\xFF"), "文\xFF");
}

TEST(Tex, FunctionsHaveCommands) {
  EXPECT_EQ(tex_function("sin"), "\\sin");
  EXPECT_EQ(tex_function("Pr"), "\\Pr");
  EXPECT_EQ(tex_function("sine"), "");
  EXPECT_EQ(tex_function(""), "");
}

TEST(Tex, SumsAndLimitsTakeWhatIsUnderThem) {
  EXPECT_TRUE(tex_takes_limits("\\sum"));
  EXPECT_TRUE(tex_takes_limits("\\lim"));
  EXPECT_FALSE(tex_takes_limits("\\sin"));
  EXPECT_FALSE(tex_takes_limits("x"));
}

TEST(Tex, ProseKeepsItsBlanks) {
  EXPECT_EQ(tex_prose(" if x_1 > 50% "), " if x\\_1 > 50\\% ");
  EXPECT_EQ(tex_prose("a\\b{c}"), "a\\textbackslash{}b\\{c\\}");
}

}  // namespace
}  // namespace sluice
