// SPDX-License-Identifier: Apache-2.0
//
// What real pages showed: text at the edges of what it belongs to. Captions, notes with numbers of
// lists, keywords, formulas in large type, heads of the paper, rules behind a clip.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pdf_maker.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(PdfCases, ACaptionIsAParagraphOverAllItsLines) {
  const std::string text = page_markdown(
      show_lines(50, 740, 10, kProse) +
      show_lines(50, 680, 12,
                 {"Figure 1-1. The gates of the upper mill and of all", "Weirs below the brook"},
                 Font::kBold, 1.3) +
      show_lines(50, 640, 10, kProse));
  EXPECT_THAT(text, AllOf(HasSubstr("**Figure 1-1. The gates of the upper mill and of all Weirs"),
                          Not(HasSubstr("#"))));
}

TEST(PdfCases, TextBelowACaptionIsNoneOfIt) {
  const std::string text =
      page_markdown(show_lines(50, 740, 10, {"Table 2 Gates of the mills"}, Font::kBold) +
                    show_lines(50, 728, 10, kProse));
  EXPECT_THAT(text, HasSubstr("**Table 2 Gates of the mills**\n\nThe brook rises"));
}

// A raised number of 6 points behind a word.
std::string call(double x, double y, const std::string& word, const std::string& mark) {
  return "BT /F1 10 Tf " + std::to_string(x) + " " + std::to_string(y) + " Td (" + word +
         ") Tj /F1 6 Tf 4 Ts (" + mark + ") Tj 0 Ts ET\n";
}

TEST(PdfCases, NumbersOfNotesMayLookLikeThoseOfAList) {
  const std::string text = page_markdown(
      show_lines(50, 740, 10, kProse) + call(50, 690, "by the board of the mill", "3\\)") +
      call(50, 670, "and by the owner of the weir", "4\\)") +
      show(50, 120, 8, "3) The board met in the spring of the year of the flood.") +
      show(50, 108, 8, "4) The owner had left the mill by then."));
  EXPECT_THAT(text, AllOf(HasSubstr("mill[^3]"), HasSubstr("[^3]: The board met"),
                          HasSubstr("[^4]: The owner had left")));
}

TEST(PdfCases, ANoteAsLargeAsTheTextIsTheLastOfItsPage) {
  const std::string page =
      show_lines(50, 740, 10, kProse) + call(50, 690, "by the board of the mill", "1");
  const std::string note = "1. The board met in the spring of the year of the flood.";
  EXPECT_THAT(page_markdown(page + show(50, 120, 10, note) + show(50, 40, 10, "12 Annals")),
              HasSubstr("[^1]: The board met"));
  // A list with text below it, or close to the text above, is one.
  EXPECT_THAT(page_markdown(page + show(50, 320, 10, note) + show_lines(50, 280, 10, kProse)),
              HasSubstr("1. The board met"));
  EXPECT_THAT(page_markdown(show_lines(50, 740, 10, kProse) + call(50, 690, "as follows", "1") +
                            show(50, 674, 10, note)),
              HasSubstr("1. The board met"));
}

// References are called by raised numbers, too; here the second is not.
TEST(PdfCases, AListOfWhichOneIsNotCalledIsAList) {
  const std::string text = page_markdown(
      show_lines(50, 740, 10, kProse) + call(50, 690, "by the board of the mill", "1") +
      show(50, 120, 8, "1. The board met in the spring of the year of the flood.") +
      show(50, 108, 8, "2. The owner had left the mill by then."));
  EXPECT_THAT(text, AllOf(HasSubstr("1. The board met"), HasSubstr("2. The owner had left")));
}

TEST(PdfCases, ADotThatPartsKeywordsIsNoBullet) {
  const std::string text = page_markdown(
      show_lines(50, 740, 10, kProse) +
      show_lines(50, 680, 10,
                 {"Keywords: mills and brooks \xB7 gates of oak and of elm \xB7 weirs in the hills",
                  "\xB7 wheels of mills \xB7 gates."}));
  EXPECT_THAT(text, AllOf(HasSubstr("weirs in the hills \u00B7 wheels"), Not(HasSubstr("\n- "))));
}

TEST(PdfCases, AFormulaInLargeTypeIsNoHeading) {
  const std::string text =
      page_markdown(show(50, 770, 14, "Flow", Font::kBold) + show_lines(50, 740, 10, kProse) +
                    show(200, 690, 14, "Q = v A") + show_lines(50, 660, 10, kProse));
  EXPECT_THAT(text, AllOf(HasSubstr("# Flow"), HasSubstr("\n\nQ = v A\n")));
}

TEST(PdfCases, APageNumberInBoldIsNoHeading) {
  const std::string text =
      page_markdown(show(290, 780, 10, "A-6", Font::kBold) + show_lines(50, 740, 10, kProse));
  EXPECT_THAT(text, AllOf(HasSubstr("A-6"), Not(HasSubstr("#"))));
}

TEST(PdfCases, TheFieldsOfAFormAreNoHeadings) {
  const std::string text =
      page_markdown(show_lines(50, 740, 8, kProse) + show(50, 690, 10, "Note", Font::kBold) +
                    show(120, 690, 10, "Minor repair of the upper gate") +
                    show_lines(50, 660, 8, kProse) + show(50, 620, 10, "3") +
                    show(90, 620, 10, "Gates of the mill") + show_lines(50, 600, 8, kProse));
  EXPECT_THAT(text, AllOf(HasSubstr("**Note** Minor repair"), Not(HasSubstr("# Note")),
                          Not(HasSubstr("# **Note")), HasSubstr("# 3 Gates of the mill")));
}

// A browser's head of the paper, larger than the text of a table.
TEST(PdfCases, TheHeadOfThePaperIsNoHeading) {
  const std::string text =
      page_markdown(show(50, 785, 12, "10/22/21, 2:53 AM") +
                    show(320, 785, 12, "Gates of the Mill") + show_lines(50, 740, 8, kProse));
  EXPECT_THAT(text, AllOf(HasSubstr("Gates of the Mill"), Not(HasSubstr("#"))));
}

TEST(PdfCases, AHeadingMayDifferByItsFaceAndALittleSize) {
  PdfMaker maker;
  maker.set_font("F9", "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>");
  maker.add_page(show_lines(50, 740, 10, kProse) +
                 "BT /F9 10.8 Tf 50 680 Td (\\(1\\) The gates of the mill) Tj ET\n" +
                 show_lines(50, 664, 10, kProse));
  EXPECT_THAT(PdfRun(maker.make()).markdown(), HasSubstr("# (1) The gates of the mill\n"));
}

// Exercises: their texts go on below their numbers.
TEST(PdfCases, AnItemGoesOnBelowItsNumber) {
  const std::string text = page_markdown(
      show_lines(50, 740, 10, kProse) +
      show_lines(
          50, 690, 10,
          {"1.   A gate is opened at noon by the miller, who then goes to the lower weir again.",
           "The time that the water needs to reach the weir is measured by the miller."}) +
      show_lines(
          50, 650, 10,
          {"2.   A wheel of oak is turned by the brook below the weir and drives both stones."}));
  EXPECT_THAT(text, HasSubstr("weir again. The time that the water"));
}

TEST(PdfCases, AParagraphGoesOnInTheNextColumnWithACapital) {
  std::string content;
  const std::vector<std::string> left = {"The brook rises in the hills above the old mill",
                                         "and runs for miles through meadows of oats and",
                                         "rye, before it reaches the weir, where the water",
                                         "has been measured in each of the winters by the"};
  const std::vector<std::string> right = {"Lower Brook Company, which keeps the upper gates",
                                          "in order and has the brook cleared of its leaves",
                                          "and of its ice, so that the salmon can pass the",
                                          "old weir in each of the springs to come by then."};
  content += show_lines(50, 740, 10, left) + show_lines(310, 740, 10, right);
  EXPECT_THAT(page_markdown(content), HasSubstr("winters by the Lower Brook Company"));
}

// A browser prints the borders of a cell that begins on the page before in whole, behind a clip.
TEST(PdfCases, RulesBehindAClipAreNotThere) {
  std::string rules = "q 40 100 500 660 re W n\n";
  for (const double x : {45.0, 200.0, 400.0}) rules += rule(x, 800, x, 640);
  for (const double y : {760.0, 720.0, 680.0, 640.0}) rules += rule(45, y, 400, y);
  rules += rule(45, 799, 400, 799) + "Q\n";
  const std::string text = page_markdown(rules + show(60, 780, 8, "Printed at noon") +
                                         show(60, 740, 10, "Mill") + show(210, 740, 10, "Gates") +
                                         show(60, 700, 10, "Upper") + show(210, 700, 10, "Oak") +
                                         show(60, 660, 10, "Lower") + show(210, 660, 10, "Elm"));
  EXPECT_THAT(text, HasSubstr("Printed at noon\n\n| Mill | Gates |"));
}

// Boxes in a row, from each of which an arrow leads to the next.
std::string diagram(double y, const std::vector<std::string>& names) {
  std::string content;
  double x = 60;
  for (const std::string& name : names) {
    for (const double at : {y, y + 30}) content += rule(x, at, x + 70, at);
    for (const double at : {x, x + 70}) content += rule(at, y, at, y + 30);
    content += rule(x + 70, y + 15, x + 100, y + 15) + rule(x + 90, y + 20, x + 100, y + 15) +
               rule(x + 90, y + 10, x + 100, y + 15) + show(x + 8, y + 12, 9, name);
    x += 100;
  }
  return content;
}

// Axes, a line between them, and words in rows and columns.
TEST(PdfCases, WordsOfAPlotAreNoTable) {
  std::string plot = rule(60, 600, 60, 700) + rule(60, 600, 360, 600);
  for (int i = 0; i < 6; ++i)
    plot += rule(60 + 50 * i, i % 2 == 0 ? 600 : 640, 110 + 50 * i, i % 2 == 0 ? 640 : 600);
  plot += rule(110, 640, 110, 690) + rule(80, 665, 110, 690);
  const std::vector<std::string> words = {"Gates", "Weirs", "Mills", "Upper", "Lower", "Outer"};
  for (int i = 0; i < 6; ++i) plot += show(70 + 100 * (i % 3), 680 - 20 * (i / 3), 10, words[i]);
  plot += show(70, 640, 10, "12") + show(170, 640, 10, "14") + show(270, 640, 10, "16");
  const std::string text =
      page_markdown(show_lines(50, 750, 10, kProse) + plot + show_lines(50, 560, 10, kProse));
  EXPECT_THAT(text, AllOf(HasSubstr("Gates Weirs Mills\\\nUpper Lower Outer\\\n12 14 16\n"),
                          Not(HasSubstr("|"))));
}

// A frame with a drawing in it has labels at its edges; none is a heading.
TEST(PdfCases, LabelsInTheFrameOfADrawingAreNoHeadings) {
  const std::string text = page_markdown(
      show_lines(50, 740, 10, kProse) + rule(50, 690, 500, 690) + rule(50, 580, 500, 580) +
      rule(50, 580, 50, 690) + rule(500, 580, 500, 690) +
      show(200, 672, 12, "Ways of the", Font::kBold) + show(200, 658, 12, "Water", Font::kBold) +
      diagram(600, {"Brook", "Pond", "Weir", "Race"}) + show_lines(50, 560, 10, kProse));
  EXPECT_THAT(
      text, AllOf(HasSubstr("**Ways of the Water**\\\nBrook Pond Weir Race"), Not(HasSubstr("#"))));
}

TEST(PdfCases, HatchedCellsAreNoDrawing) {
  std::string hatch;
  for (int i = 0; i < 8; ++i) hatch += rule(205 + 10 * i, 705, 215 + 10 * i, 715);
  std::string grid = hatch;
  for (const double x : {45.0, 200.0, 400.0}) grid += rule(x, 760, x, 640);
  for (const double y : {760.0, 720.0, 680.0, 640.0}) grid += rule(45, y, 400, y);
  const std::string text = page_markdown(grid + show(60, 740, 10, "Mill") +
                                         show(210, 740, 10, "Gates") + show(60, 700, 10, "Upper") +
                                         show(60, 660, 10, "Lower") + show(210, 660, 10, "Elm"));
  EXPECT_THAT(text, HasSubstr("| Mill | Gates |"));
}

TEST(PdfCases, TextInABoxWithArrowsIsText) {
  const std::string text =
      page_markdown(diagram(640, {"Brook", "Pond", "Weir", "Race"}) + rule(50, 690, 560, 690) +
                    rule(50, 560, 560, 560) + rule(50, 560, 50, 690) + rule(560, 560, 560, 690) +
                    show_lines(55, 610, 10, kProse));
  EXPECT_THAT(text, HasSubstr("through meadows, before it reaches"));
}

TEST(PdfCases, RowAfterRowOfCellsIsATableThoughSignsAreDrawnInIt) {
  std::string content = rule(45, 770, 45, 560) + rule(45, 560, 400, 560);
  for (int i = 0; i < 8; ++i) {
    const double y = 740 - 20 * i;
    content += show(60, y, 10, "Mill") + show(160, y, 10, "Gate") +
               show(260, y, 10, std::to_string(10 + i)) + rule(45, y, 52, y + 8);
  }
  EXPECT_THAT(page_markdown(content), HasSubstr("| Mill | Gate | 12 |"));
}

TEST(PdfCases, LabelsThatAreDrawnTwiceAreReadOnce) {
  const std::string twice = show(208.2, 672, 12, "Ways", Font::kBold);
  const std::string text = page_markdown(
      show_lines(50, 750, 10, kProse) + rule(50, 690, 500, 690) + rule(50, 580, 500, 580) +
      rule(50, 580, 50, 690) + rule(500, 580, 500, 690) + show(208, 672, 12, "Ways", Font::kBold) +
      twice + diagram(600, {"Brook", "Pond", "Weir", "Race"}));
  EXPECT_EQ(text.find("Ways"), text.rfind("Ways"));
}

// In the fonts of a paper's text, with keywords in bold.
TEST(PdfCases, LinesOfAnAlgorithmStayLinesWithTheirIndents) {
  const auto line = [](double x, double y, const std::string& keyword, const std::string& rest) {
    return show(x, y, 10, keyword, Font::kBold) + show(x + 45, y, 10, rest);
  };
  const std::string algorithm =
      show(50, 680, 10, "water = gate + weir") + show(330, 680, 10, "// all that comes down") +
      line(50, 668, "while", "water > weir") + show(62, 656, 10, "water = water - gate") +
      show(330, 656, 10, "// opened at noon") + line(62, 644, "if", "water < 3") +
      show(74, 632, 10, "gate = 0") + show(330, 632, 10, "// closed") +
      show(62, 620, 10, "end if", Font::kBold) + show(50, 608, 10, "end while", Font::kBold);
  const std::string text =
      page_markdown(show_lines(50, 750, 10, kProse) + algorithm + show_lines(50, 570, 10, kProse));
  EXPECT_THAT(text, AllOf(HasSubstr("```\nwater = gate + weir // all that comes down\nwhile water"),
                          HasSubstr("\n  water = water - gate // opened at noon\n  if water < 3\n"),
                          HasSubstr("\n  end if\nend while\n```")));
}

TEST(PdfCases, BoldWordsThatBeginLinesOfProseAreNoAlgorithm) {
  const std::string text =
      page_markdown(show_lines(50, 750, 10, kProse) + show(50, 690, 10, "return", Font::kBold) +
                    show(95, 690, 10, "gives back the water.") + show_lines(50, 660, 10, kProse));
  EXPECT_THAT(text, Not(HasSubstr("```")));
}

TEST(PdfCases, TheNumberOfAHeadingMayHangBesideTheText) {
  const std::string text = page_markdown(
      show(50, 740, 14, "1.2", Font::kBold) + show(130, 740, 14, "The gates", Font::kBold) +
      show_lines(130, 715, 10, kProse) + show_lines(130, 665, 10, kProse) +
      show(50, 560, 10, "By the mill"));
  EXPECT_THAT(text, HasSubstr("# 1.2 The gates"));
}

}  // namespace
}  // namespace sluice::test
