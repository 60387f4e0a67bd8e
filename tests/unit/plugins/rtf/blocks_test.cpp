// Headings, lists, quotes, code and tables.
#include "rtf_run.h"

namespace sluice::rtf {
namespace {

TEST(RtfBlocks, HeadingsByStyleNameAndByOutlineLevel) {
  EXPECT_EQ(markdown("\\pard\\s1\\b One\\b0\\par\\pard\\s2 Two\\par\\pard\\outlinelevel2 "
                     "Three\\par\\pard text\\par"),
            "# One\n\n## Two\n\n### Three\n\ntext\n");
}

TEST(RtfBlocks, TitleIsAHeadingAndTheTitle) {
  Sample sample("{\\rtf1{\\stylesheet{\\s3 Title;}}\\pard\\s3 The Work\\par\\pard text\\par}");
  EXPECT_EQ(sample.run(), Outcome::kOk);
  EXPECT_EQ(sample.job.body(), "# The Work\n\ntext\n");
  EXPECT_EQ(sample.job.metadata().at("title"), "The Work");
}

TEST(RtfBlocks, StyleEndsWithTheParagraphDefaults) {
  EXPECT_EQ(markdown("{\\pard\\s1 One\\par}two\\par"), "# One\n\ntwo\n");
}

TEST(RtfBlocks, LastParagraphNeedsNoEnd) {
  EXPECT_EQ(markdown("a\\par\\pard\\s1 Last"), "a\n\n# Last\n");
}

TEST(RtfBlocks, NumberedListsCount) {
  EXPECT_EQ(markdown("\\pard\\ls1 one\\par\\pard\\ls1 two\\par\\pard\\ls1\\ilvl1 "
                     "deep\\par\\pard\\ls1 three\\par"),
            "1. one\n2. two\n   - a) deep\n3. three\n");
}

TEST(RtfBlocks, OverridesRestart) {
  EXPECT_EQ(markdown("\\pard\\ls3 five\\par\\pard\\ls3 six\\par"), "5. five\n6. six\n");
}

TEST(RtfBlocks, BulletsNest) {
  EXPECT_EQ(
      markdown(
          "\\pard\\ls2{\\listtext\\'b7\\tab}one\\par\\pard\\ls2\\ilvl1{\\listtext o\\tab}two\\par"),
      "- one\n  - two\n");
}

TEST(RtfBlocks, ParagraphWithoutALabelGoesOnInItsItem) {
  EXPECT_EQ(markdown("\\pard\\ls2{\\listtext\\'b7\\tab}one\\par\\pard\\ls2 "
                     "more\\par\\pard\\ls2{\\listtext\\'b7}two\\par"),
            "- one\n\n  more\n- two\n");
}

TEST(RtfBlocks, OldListsOfWord6) {
  EXPECT_EQ(markdown("{\\pntext 1.\\tab}{\\*\\pn\\pnlvlbody\\pndec\\pnstart1{\\pntxta "
                     ".}}A\\par{\\pntext 2.\\tab}B\\par"
                     "\\pard{\\pntext\\'b7\\tab}{\\*\\pn\\pnlvlblt{\\pntxtb\\'b7}}C\\par"),
            "1. A\n2. B\n\n- C\n");
  EXPECT_EQ(
      markdown("{\\*\\pn\\pnlvlbody\\pnlcltr{\\pntxta )}}{\\pntext a)}A\\par{\\pntext b)}B\\par"),
      "- a) A\n- b) B\n");
}

TEST(RtfBlocks, LabelsAloneMakeLists) {
  EXPECT_EQ(markdown("\\pard\\li360{\\pntext\\'b7\\tab}one\\par{\\pntext\\'b7\\tab}two\\par"),
            "- one\n- two\n");
  EXPECT_EQ(markdown("\\pard\\ls99{\\listtext 3.\\tab}three\\par"), "3. three\n");
}

TEST(RtfBlocks, TaskBoxes) {
  EXPECT_EQ(markdown("\\pard\\ls2 \\u9744 ? open\\par\\pard\\ls2 \\u9745 ? done\\par"),
            "- [ ] open\n- [x] done\n");
}

TEST(RtfBlocks, QuotesByStyleAndByIndent) {
  EXPECT_EQ(
      markdown("\\pard\\s4{\\i Said.}\\par\\pard\\li720\\ri720 Drawn in.\\par\\pard text\\par"),
      "> Said.\n>\n> Drawn in.\n\ntext\n");
}

TEST(RtfBlocks, CodeGoesOnOverEmptyLines) {
  EXPECT_EQ(markdown("Much ordinary text before it all, more than code\\par{\\f1 int x;\\par\\par  "
                     "y\\par}end\\par"),
            "Much ordinary text before it all, more than code\n\n```\nint x;\n\n y\n```\n\nend\n");
}

TEST(RtfBlocks, RulesAreEmptyParagraphsWithALineBelow) {
  EXPECT_EQ(markdown("a\\par\\pard\\brdrb\\brdrs\\brdrw10\\par\\pard b\\par"), "a\n\n---\n\nb\n");
  EXPECT_EQ(markdown("a\\par\\pard\\brdrb\\brdrr\\par\\pard b\\par"), "a\n\nb\n");
}

TEST(RtfBlocks, ContentsAreAListOfLinks) {
  EXPECT_EQ(markdown("\\pard\\s5 {\\field{\\*\\fldinst HYPERLINK \\\\l \"t\"}{\\fldrslt One\\tab "
                     "{\\field{\\*\\fldinst PAGEREF t}{\\fldrslt "
                     "7}}}}\\par\\pard\\s1{\\*\\bkmkstart t}One\\par"),
            "- [One](#one)\n\n# One\n");
}

TEST(RtfBlocks, TextBoxesFollowTheirParagraph) {
  EXPECT_EQ(markdown("a{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv 5}}{\\shptxt\\pard in the "
                     "box\\par}}{\\shprslt again}}b\\par c\\par"),
            "ab\n\nin the box\n\nc\n");
}

// --- tables ---

const char* const kRow = "\\trowd\\cellx1000\\cellx2000 ";

TEST(RtfTables, RowsAndCells) {
  EXPECT_EQ(markdown(std::string(kRow) + "\\pard\\intbl A\\cell B\\cell\\row " + kRow +
                     "\\pard\\intbl 1\\cell 2\\par 3\\cell\\row\\pard after\\par"),
            "| A | B |\n| --- | --- |\n| 1 | 2<br>3 |\n\nafter\n");
}

TEST(RtfTables, DefinitionMayFollowItsCells) {
  EXPECT_EQ(
      markdown(
          "\\pard\\intbl A\\cell B\\cell{\\trowd\\cellx1000\\cellx2000\\row}\\pard\\intbl 1\\cell "
          "2\\cell{\\trowd\\cellx1000\\cellx2000\\row}\\pard x\\par"),
      "| A | B |\n| --- | --- |\n| 1 | 2 |\n\nx\n");
}

TEST(RtfTables, CellsMergedToTheRight) {
  const std::string rows =
      "\\trowd\\clmgf\\cellx1000\\clmrg\\cellx2000\\cellx3000\\pard\\intbl A\\cell\\cell "
      "C\\cell\\row"
      "\\trowd\\cellx1000\\cellx2000\\cellx3000\\pard\\intbl 1\\cell 2\\cell 3\\cell\\row\\pard";
  EXPECT_EQ(markdown(rows), "| A | | C |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n");
  std::string repeat = kDefaults;
  repeat.replace(repeat.find("\"empty\""), 7, "\"repeat\"");
  EXPECT_EQ(markdown(rows, repeat), "| A | A | C |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n");
}

TEST(RtfTables, CellsMergedByTheirEdges) {
  EXPECT_EQ(markdown("\\trowd\\cellx2005\\cellx3000\\pard\\intbl A\\cell C\\cell\\row"
                     "\\trowd\\cellx1000\\cellx2000\\cellx3000\\pard\\intbl 1\\cell 2\\cell "
                     "3\\cell\\row\\pard"),
            "| A | | C |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n");
}

TEST(RtfTables, CellsMergedDownwards) {
  std::string repeat = kDefaults;
  repeat.replace(repeat.find("\"empty\""), 7, "\"repeat\"");
  EXPECT_EQ(markdown("\\trowd\\clvmgf\\cellx1000\\cellx2000\\pard\\intbl A\\cell B\\cell\\row"
                     "\\trowd\\clvmrg\\cellx1000\\cellx2000\\pard\\intbl\\cell 2\\cell\\row\\pard",
                     repeat),
            "| A | B |\n| --- | --- |\n| A | 2 |\n");
}

TEST(RtfTables, TextInAMergedCellIsKept) {
  EXPECT_EQ(
      markdown("\\trowd\\clvmgf\\cellx1000\\cellx2000\\pard\\intbl A\\cell B\\cell\\row"
               "\\trowd\\clvmrg\\cellx1000\\cellx2000\\pard\\intbl odd\\cell 2\\cell\\row\\pard"),
      "| A | B |\n| --- | --- |\n| odd | 2 |\n");
}

TEST(RtfTables, TablesWithinCells) {
  EXPECT_EQ(markdown("\\trowd\\cellx2000\\cellx4000\\pard\\intbl\\itap1 A\\par\\pard\\intbl\\itap2 "
                     "n1\\nestcell "
                     "n2\\nestcell{\\*\\nesttableprops\\trowd\\cellx500\\cellx900\\nestrow}{"
                     "\\nonesttables\\par}"
                     "\\pard\\intbl\\itap1\\cell "
                     "B\\cell\\row\\trowd\\cellx2000\\cellx4000\\pard\\intbl 1\\cell "
                     "2\\cell\\row\\pard"),
            "| A<br>n1 n2 | B |\n| --- | --- |\n| 1 | 2 |\n");
}

TEST(RtfTables, OneColumnIsAFrame) {
  EXPECT_EQ(markdown("\\trowd\\cellx2000\\pard\\intbl one\\par two\\cell\\row\\pard x\\par"),
            "one\n\ntwo\n\nx\n");
}

TEST(RtfTables, ColumnsHaveTheAlignmentOfTheirNumbers) {
  EXPECT_EQ(markdown(std::string(kRow) + "\\pard\\intbl A\\cell B\\cell\\row " + kRow +
                     "\\pard\\intbl 1\\cell\\qr 2\\cell\\row\\pard"),
            "| A | B |\n| --- | ---: |\n| 1 | 2 |\n");
}

TEST(RtfTables, RowWithoutAnEndIsKept) {
  EXPECT_EQ(
      markdown(std::string(kRow) + "\\pard\\intbl A\\cell B\\cell\\row\\pard\\intbl C\\cell D"),
      "| A | B |\n| --- | --- |\n| C | D |\n");
}

}  // namespace
}  // namespace sluice::rtf
