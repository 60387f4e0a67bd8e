#include "cli/text.h"

#include <gtest/gtest.h>

#include "cli_world.h"

namespace sluice::cli {
namespace {

TEST(Text, ControlCharactersAreShown) {
  EXPECT_EQ(visible("a\x1b[2Jb\r\n\t\x7f"), "a\\x1b[2Jb\\x0d\\n\\t\\x7f");
}
TEST(Text, OverridesOfDirectionAreShown) {
  EXPECT_EQ(visible("a\u202egpj.exe"), "a\\u202egpj.exe");
}
TEST(Text, InvisibleCharactersAreShown) {
  EXPECT_EQ(visible("a\u200bb\u2028"), "a\\u200bb\\u2028");
}
TEST(Text, EightBitControlsAreShown) {
  EXPECT_EQ(visible("\u009b2J"), "\\u009b2J");
}
TEST(Text, InvalidUtf8IsShownByteByByte) {
  EXPECT_EQ(visible("\xff"
                    "a\xc3"),
            "\\xffa\\xc3");
}
TEST(Text, OrdinaryNamesAreLeftAlone) {
  EXPECT_EQ(visible("Résumé 日本 €.md"), "Résumé 日本 €.md");
}

TEST(Text, WideCharactersTakeTwoColumns) {
  EXPECT_EQ(display_width("日本"), 4U);
}
TEST(Text, CombiningMarksTakeNone) {
  EXPECT_EQ(display_width("e\u0301"), 1U);
}

TEST(Text, SizesAreShort) {
  EXPECT_EQ(human_size(812), "812 B");
  EXPECT_EQ(human_size(1536), "1.5 KiB");
  EXPECT_EQ(human_size(2ULL << 30), "2.0 GiB");
  EXPECT_EQ(human_size(~0ULL), "16777215.9 TiB");
}
TEST(Text, DurationsAreShort) {
  EXPECT_EQ(human_duration(350), "350 ms");
  EXPECT_EQ(human_duration(4250), "4.2 s");
  EXPECT_EQ(human_duration(185'000), "3 min 5 s");
  EXPECT_EQ(human_duration(3'660'000), "1 h 1 min");
}

class PaintTest : public ::testing::Test {
 protected:
  bool paints(When color, bool terminal) {
    const Io io = world_.io();
    return Paint(color, terminal, io).red("x") != "x";
  }
  World world_;
};

TEST_F(PaintTest, ATerminalGetsColour) {
  EXPECT_TRUE(paints(When::kAuto, true));
}
TEST_F(PaintTest, AFileGetsNone) {
  EXPECT_FALSE(paints(When::kAuto, false));
}
TEST_F(PaintTest, NoColorIsHonoured) {
  world_.env["NO_COLOR"] = "1";
  EXPECT_FALSE(paints(When::kAuto, true));
}
TEST_F(PaintTest, DumbTerminalsGetNone) {
  world_.env["TERM"] = "dumb";
  EXPECT_FALSE(paints(When::kAuto, true));
}
TEST_F(PaintTest, TheFlagBeatsAllElse) {
  world_.env["NO_COLOR"] = "1";
  EXPECT_TRUE(paints(When::kAlways, false));
  EXPECT_FALSE(paints(When::kNever, true));
}

TEST_F(PaintTest, ColumnsLineUpByWidth) {
  Table table;
  table.add({"日本", "x"});
  table.add({"abc\n", "y"});
  EXPECT_EQ(table.text(Paint(When::kNever, false, world_.io())), "日本   x\nabc\\n  y\n");
}

}  // namespace
}  // namespace sluice::cli
