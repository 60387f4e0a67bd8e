// SPDX-License-Identifier: Apache-2.0
//
// Headings, paragraphs, lists, tables, footnotes, code: what a reader sees in the lines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pdf_maker.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::vector<std::string> kProse = {
    "The brook rises in the hills above the old mill and runs for miles through meadows,",
    "before it reaches the weir, where the water has been measured since the first winter.",
    "In spring the gates are opened for a week so that the salmon can pass the old weir."};

TEST(PdfStructure, LargerAndBolderLinesAreHeadings) {
  const std::string text = page_markdown(
      show(50, 750, 20, "The Mill") + show(50, 720, 14, "First Part") +
      show_lines(50, 700, 10, kProse) + show(50, 640, 10, "A closer look", Font::kBold) +
      show_lines(50, 620, 10, kProse) + show(50, 560, 14, "Second Part") +
      show_lines(50, 540, 10, kProse));
  EXPECT_THAT(text, HasSubstr("# The Mill\n\n## First Part\n\nThe brook"));
  EXPECT_THAT(text, HasSubstr("\n### A closer look\n"));
  EXPECT_THAT(text, HasSubstr("\n## Second Part\n"));
}

TEST(PdfStructure, ABoldWordInRunningTextIsNoHeading) {
  const std::string text = page_markdown(
      show_lines(50, 700, 10, kProse) +
      "BT /F2 10 Tf 1 0 0 1 50 664 Tm (Never) Tj /F1 10 Tf ( open them against ice.) Tj ET\n");
  EXPECT_THAT(text, HasSubstr("**Never** open them against ice."));
  EXPECT_THAT(text, Not(HasSubstr("#")));
}

TEST(PdfStructure, ALargePassageIsNoRowOfHeadings) {
  std::string content;
  for (int i = 0; i < 6; ++i) {
    content += show(50, 760 - 30 * i, 14,
                    "A line of a large passage that warns of the flood and of the ice");
  }
  content += show_lines(50, 500, 10, kProse) + show_lines(50, 400, 10, kProse) +
             show_lines(50, 300, 10, kProse);
  EXPECT_THAT(page_markdown(content), Not(HasSubstr("#")));
}

TEST(PdfStructure, TheOutlineDecidesTheLevels) {
  PdfMaker maker;
  const int page = maker.add_page(show(50, 740, 12, "Alpha") + show_lines(50, 700, 10, kProse) +
                                  show(50, 640, 12, "Beta") + show_lines(50, 600, 10, kProse));
  const std::string on_page = "/Dest [" + std::to_string(page) + " 0 R /Fit]";
  const int root = page + 1;
  maker.add("<< /Type /Outlines /First " + std::to_string(root + 1) + " 0 R /Last " +
            std::to_string(root + 1) + " 0 R /Count 2 >>");
  maker.add("<< /Title (Alpha) /Parent " + std::to_string(root) + " 0 R /First " +
            std::to_string(root + 2) + " 0 R /Last " + std::to_string(root + 2) + " 0 R /Count 1 " +
            on_page + " >>");
  maker.add("<< /Title (Beta) /Parent " + std::to_string(root + 1) + " 0 R " + on_page + " >>");
  maker.set_catalog("/Outlines " + std::to_string(root) + " 0 R");
  const std::string text = PdfRun(maker.make()).markdown();
  EXPECT_THAT(text, HasSubstr("# Alpha\n"));
  EXPECT_THAT(text, HasSubstr("\n## Beta\n"));
}

TEST(PdfStructure, TagsDecideWhatIsAHeadingAndWhatIsDecoration) {
  PdfMaker maker;
  const int page =
      maker.add_page("/H2 << /MCID 0 >> BDC\n" + show(50, 740, 10, "A tagged heading") +
                         "EMC\n/P << /MCID 1 >> BDC\n" + show_lines(50, 700, 10, kProse) +
                         "EMC\n/Artifact << /Type /Pagination >> BDC\n" +
                         show(50, 100, 10, "Page decoration") + "EMC\n",
                     "", "/StructParents 0");
  const int root = page + 1;
  const std::string r = std::to_string(root) + " 0 R";
  maker.add("<< /Type /StructTreeRoot /K [" + std::to_string(root + 1) + " 0 R " +
            std::to_string(root + 2) + " 0 R] /ParentTree << /Nums [0 [" +
            std::to_string(root + 1) + " 0 R " + std::to_string(root + 2) +
            " 0 R]] >> /RoleMap << /Chapter /H2 >> >>");
  maker.add("<< /Type /StructElem /S /Chapter /P " + r + " /K 0 >>");
  maker.add("<< /Type /StructElem /S /P /P " + r + " /K 1 >>");
  maker.set_catalog("/StructTreeRoot " + r + " /MarkInfo << /Marked true >>");
  const std::string text = PdfRun(maker.make()).markdown();
  EXPECT_THAT(text, HasSubstr("## A tagged heading\n"));
  EXPECT_THAT(text, Not(HasSubstr("decoration")));
}

TEST(PdfStructure, HyphensOfLinesGoAndThoseOfWordsStay) {
  const std::string text = page_markdown(
      show_lines(50, 700, 10,
                 {"The keeper of the mill is a well-known man who has been meas-",
                  "uring the brook with great care, as a well-", "known man would, from 1950-",
                  "1960 at the weir of the Anglo-", "Saxon mill."}));
  EXPECT_THAT(text, HasSubstr("has been measuring the brook"));
  EXPECT_THAT(text, HasSubstr("as a well-known man would"));
  EXPECT_THAT(text, HasSubstr("1950-1960"));
  EXPECT_THAT(text, HasSubstr("Anglo-Saxon"));
}

TEST(PdfStructure, ParagraphsGoOnOverThePage) {
  PdfMaker maker;
  maker.add_page(
      show_lines(50, 700, 10, {kProse[0], kProse[1]}) +
      show_lines(50, 676, 10,
                 {"In spring the gates are opened for a week or more so that all of the salmon"}));
  maker.add_page(show_lines(
      50, 700, 10,
      {"can pass the old weir.", "A new paragraph begins here, and it is about something else."}));
  PdfOptions options;
  options.page_markers = true;
  EXPECT_THAT(PdfRun(maker.make(), options).markdown(),
              HasSubstr("so that all of the salmon can pass the old weir.\n\n<!-- page 2 -->\n\nA "
                        "new paragraph"));
}

TEST(PdfStructure, IndentedFirstLinesBeginParagraphs) {
  const std::string text = page_markdown(
      show_lines(50, 700, 10, kProse) +
      show(65, 664, 10,
           "A second paragraph begins with an indented line and goes on in the next line,") +
      show(50, 652, 10, "which is not indented."));
  EXPECT_THAT(text, HasSubstr("pass the old weir.\n\nA second paragraph begins"));
  EXPECT_THAT(text, HasSubstr("in the next line, which is not"));
}

TEST(PdfStructure, LinesOfAnAddressStayLines) {
  EXPECT_THAT(
      page_markdown(show_lines(50, 700, 10, {"Lower Brook Society", "Mill Lane 4", "Lower Brook"}) +
                    show_lines(50, 640, 10, kProse)),
      HasSubstr("Lower Brook Society\\\nMill Lane 4\\\nLower Brook\n"));
}

TEST(PdfStructure, LinesOfAnAddressStayLinesThoughNoneIsWider) {
  PdfMaker maker;
  maker.add_page(show_lines(50, 700, 10, {"Mr. Smith", "Brookside 5", "Upper Brook"}));
  EXPECT_THAT(PdfRun(maker.make()).markdown(),
              HasSubstr("Mr. Smith\\\nBrookside 5\\\nUpper Brook"));
}

TEST(PdfStructure, ListsKeepTheirNumbersAndNesting) {
  const std::string text = page_markdown(
      show(50, 740, 10,
           "What to do at the weir when the water rises in the night, in this order:") +
      show(60, 720, 10, "1.") + show(75, 720, 10, "Open the middle gate.") +
      show(75, 706, 10, "\x95") + show(90, 706, 10, "slowly") + show(75, 692, 10, "\x95") +
      show(90, 692, 10, "not against ice, which would break the boards and") +
      show(90, 680, 10, "carry them away") + show(60, 666, 10, "2.") +
      show(75, 666, 10, "Wait for the level to settle."));
  EXPECT_THAT(text, HasSubstr("1. Open the middle gate.\n   - slowly\n   - not against ice, which "
                              "would break the boards and carry them away\n2. Wait for the level"));
}

// The last line of the item is full and ends no sentence: only its indentation tells.
TEST(PdfStructure, AParagraphCloseBelowAListIsNoPartOfIt) {
  const std::string text = page_markdown(
      show(50, 740, 10,
           "The mill stands on the left bank, below the two weirs of the Lower Brook, and") +
      show(50, 728, 10, "has these wheels:") + show(50, 714, 10, "\x95") +
      show(65, 714, 10, "one that turns the stones, which the miller bought when the first of") +
      show(65, 702, 10,
           "them had been carried away by the flood of the winter before the long war") +
      show(50, 688, 10,
           "Grain is brought on the water as far as the bridge, and from there by cart to") +
      show(50, 676, 10, "the yard."));
  EXPECT_THAT(text, HasSubstr("the winter before the long war\n\nGrain is brought on the water"));
}

TEST(PdfStructure, ItemsAreCountedInLettersOfOtherScripts) {
  PdfMaker maker;
  // a: Cyrillic a, b: be, c: a closing bracket.
  maker.set_font("F9", font_for(maker, "<61> <0430>\n<62> <0431>\n<63> <0029>\n", 3));
  maker.add_page(
      "BT /F9 10 Tf 1 0 0 1 60 640 Tm (ac) Tj 1 0 0 1 80 640 Tm (abba) Tj "
      "1 0 0 1 60 626 Tm (bc) Tj 1 0 0 1 80 626 Tm (bab) Tj ET\n");
  EXPECT_THAT(PdfRun(maker.make()).markdown(),
              HasSubstr("- \u0430) \u0430\u0431\u0431\u0430\n- \u0431) \u0431\u0430\u0431\n"));
}

TEST(PdfStructure, AYearAtTheStartOfALineIsNoListNumber) {
  const std::string text = page_markdown(show_lines(
      50, 700, 10,
      {"The weir was built in a long and cold winter by the people of the village in the year",
       "19. They had no other work and were paid in bread, as was the custom at the time."}));
  EXPECT_THAT(text, HasSubstr("in the year 19. They had"));
}

// A table of three rows and columns, 100 points a column.
std::string cells(double x, double y) {
  const char* const kText[3][3] = {
      {"gate", "width", "opens"}, {"north", "1.20", "40 cm"}, {"middle", "2.40", "55 cm"}};
  std::string content;
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      content += show(x + 100 * column, y - 20 * row, 10, kText[row][column]);
    }
  }
  return content;
}
const char* const kTable =
    "| gate | width | opens |\n| --- | --- | --- |\n| north | 1.20 | 40 cm |\n| middle | 2.40 | 55 "
    "cm |\n";

TEST(PdfStructure, RuledTablesKeepTheirCells) {
  std::string rules;
  for (int i = 0; i <= 3; ++i) {
    rules += rule(45, 715 - 20 * i, 345, 715 - 20 * i) + rule(45 + 100 * i, 715, 45 + 100 * i, 655);
  }
  EXPECT_THAT(page_markdown(rules + cells(50, 700) + show_lines(50, 600, 10, kProse)),
              HasSubstr(kTable));
}

TEST(PdfStructure, TablesMayBeRuledWithThinBoxesAndFrames) {
  std::string rules;
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      rules += std::to_string(45 + 100 * column) + " " + std::to_string(695 - 20 * row) +
               " 100 20 re S\n";
    }
  }
  EXPECT_THAT(page_markdown(rules + cells(50, 700)), HasSubstr(kTable));
  std::string thin;
  for (int i = 0; i <= 3; ++i) {
    thin += "45 " + std::to_string(715 - 20 * i) + " 300 0.5 re f\n";
    thin += std::to_string(45 + 100 * i) + " 655 0.5 60 re f\n";
  }
  EXPECT_THAT(page_markdown(thin + cells(50, 700)), HasSubstr(kTable));
}

TEST(PdfStructure, ACellMaySpanColumns) {
  std::string rules = rule(45, 715, 345, 715) + rule(45, 695, 345, 695) + rule(45, 675, 345, 675) +
                      rule(45, 715, 45, 675) + rule(345, 715, 345, 675) + rule(145, 695, 145, 675) +
                      rule(245, 695, 245, 675);
  const std::string text =
      page_markdown(rules + show(50, 700, 10, "over all") + show(50, 680, 10, "a") +
                    show(150, 680, 10, "b") + show(250, 680, 10, "c"));
  EXPECT_THAT(text, HasSubstr("| over all | | |\n| --- | --- | --- |\n| a | b | c |\n"));
}

TEST(PdfStructure, TablesWithoutRulesAreFoundByTheirColumns) {
  EXPECT_THAT(page_markdown(show_lines(50, 780, 10, kProse) + cells(50, 700) +
                            show_lines(50, 600, 10, kProse)),
              HasSubstr(kTable));
}

TEST(PdfStructure, WrappedCellsStayInTheirRow) {
  const std::string text =
      page_markdown(cells(50, 740) + show(50, 670, 10, "south") + show(150, 670, 10, "1.20") +
                    show(250, 670, 10, "40 cm, if the") + show(250, 658, 10, "ice allows"));
  EXPECT_THAT(text, HasSubstr("| south | 1.20 | 40 cm, if the ice allows |"));
}

TEST(PdfStructure, FootnotesAreLinkedToTheirCalls) {
  const std::string text =
      page_markdown(show_lines(50, 700, 10, kProse) +
                    "BT /F1 10 Tf 1 0 0 1 50 664 Tm (It was noted by the keeper) Tj /F1 6 Tf 4 Ts "
                    "(1) Tj 0 Ts /F1 10 Tf ( every day.) Tj ET\n" +
                    "BT /F1 5 Tf 1 0 0 1 50 103 Tm (1) Tj /F1 8 Tf 1 0 0 1 54 100 Tm (In a book "
                    "that is now lost.) Tj ET\n");
  EXPECT_THAT(text, HasSubstr("by the keeper[^1] every day."));
  EXPECT_THAT(text, HasSubstr("[^1]: In a book that is now lost.\n"));
}

TEST(PdfStructure, MonospacedLinesAreCode) {
  const std::string text = page_markdown(
      show_lines(50, 740, 10, kProse) + show(50, 690, 10, "for gate in gates:", Font::kMono) +
      show(74, 678, 10, "gate.open()", Font::kMono) + show_lines(50, 650, 10, kProse));
  EXPECT_THAT(text, HasSubstr("```\nfor gate in gates:\n    gate.open()\n```\n"));
}

TEST(PdfStructure, GapsInCodeAreBlanksAndNoColumns) {
  const std::string text = page_markdown(
      show_lines(50, 740, 10, kProse) + show(50, 690, 10, "usage: gate [options]", Font::kMono) +
      show(62, 678, 10, "-h", Font::kMono) + show(92, 678, 10, "help", Font::kMono) +
      show(62, 666, 10, "-v", Font::kMono) + show(92, 666, 10, "version", Font::kMono) +
      show(62, 654, 10, "-w", Font::kMono) + show(92, 654, 10, "weir", Font::kMono) +
      show_lines(50, 620, 10, kProse));
  EXPECT_THAT(
      text,
      HasSubstr("```\nusage: gate [options]\n  -h   help\n  -v   version\n  -w   weir\n```\n"));
}

TEST(PdfStructure, OptionsOfAProgramAreNoHeadings) {
  const std::string text =
      page_markdown(show_lines(50, 740, 10, kProse) + show(50, 690, 10, "--author", Font::kBold) +
                    show(80, 678, 10, "print the author of each file, which is of no use here") +
                    show_lines(50, 650, 10, kProse));
  EXPECT_THAT(text, HasSubstr("**--author**"));
}

TEST(PdfStructure, FootnotesBelowEachOtherAreOneEach) {
  const auto raised = [](int x, int y, const std::string& mark) {
    return "BT 4 Ts /F1 6 Tf " + std::to_string(x) + " " + std::to_string(y) + " Td (" + mark +
           ") Tj 0 Ts /F1 8 Tf ";
  };
  const std::string text = page_markdown(
      show_lines(50, 700, 10, kProse) +
      "BT /F1 10 Tf 50 640 Td (The name) Tj 4 Ts /F1 6 Tf (1) Tj 0 Ts /F1 10 Tf "
      "( is older) Tj 4 Ts /F1 6 Tf (2) Tj 0 Ts /F1 10 Tf ( than the mill.) Tj ET\n" +
      raised(50, 100, "1") + "( a book) Tj ET\n" + raised(50, 90, "2") + "( another book) Tj ET\n");
  EXPECT_THAT(text, HasSubstr("[^1]: a book\n\n[^2]: another book\n"));
}

TEST(PdfStructure, TheLetterOOfATypewriterIsABullet) {
  const std::string text = page_markdown(
      show_lines(50, 700, 10, kProse) + show(60, 650, 10, "1.") + show(80, 650, 10, "one") +
      show(80, 638, 10, "o", Font::kMono) + show(98, 638, 10, "open") +
      show(80, 626, 10, "o", Font::kMono) + show(98, 626, 10, "close") + show(60, 614, 10, "2.") +
      show(80, 614, 10, "two"));
  EXPECT_THAT(text, HasSubstr("1. one\n   - open\n   - close\n2. two\n"));
}

TEST(PdfStructure, ALongSentenceIsNoHeadingHoweverLarge) {
  const std::string text = page_markdown(
      show_lines(50, 740, 12,
                 {"Open the window of the mill, and look for all the boats that come up the brook",
                  "from the sea in the morning, as it is shown in a picture here."}) +
      show_lines(50, 690, 8, kProse) + show_lines(50, 640, 8, kProse));
  EXPECT_THAT(text, Not(HasSubstr("#")));
}

TEST(PdfStructure, RowsOfFiguresWithoutRulesBetweenThemAreRows) {
  const std::string text = page_markdown(
      rule(50, 700, 250, 700) + rule(50, 680, 250, 680) + rule(50, 630, 250, 630) +
      rule(50, 630, 50, 700) + rule(150, 630, 150, 700) + rule(250, 630, 250, 700) +
      show(55, 686, 10, "Gate") + show(155, 686, 10, "Flow") + show(55, 668, 10, "north") +
      show(155, 668, 10, "12.5") + show(55, 654, 10, "south") + show(155, 654, 10, "7") +
      show(55, 640, 10, "east") + show(155, 640, 10, "300"));
  EXPECT_THAT(text, HasSubstr("| north | 12.5 |\n| south | 7 |\n| east | 300 |\n"));
}

TEST(PdfStructure, SentencesGoOnInNarrowTextBesideWiderLines) {
  const std::string text = page_markdown(
      show(50, 720, 10,
           "A caption that is wider than the column of text below it, as it is over both columns") +
      show_lines(50, 690, 10,
                 {"The brook rises in the hills above the old mill and then",
                  "runs for miles through it,", "Lower Brook"}));
  EXPECT_THAT(text, HasSubstr("old mill and then runs for miles through it,\\\nLower Brook"));
}

TEST(PdfStructure, ASubsetOfDigitsIsNoCode) {
  PdfMaker maker;
  const int descriptor = maker.add(
      "<< /Type /FontDescriptor /FontName /ABCDEF+CMR10 /Flags 5 /ItalicAngle 0 /Ascent 700 "
      "/Descent -200 /CapHeight 700 /StemV 80 /FontBBox [0 0 600 700] >>");
  std::string font = font_for(maker, "<61> <0031>\n<62> <0032>\n", 2);
  font.replace(font.find("/Some"), 5,
               "/ABCDEF+CMR10 /FontDescriptor " + std::to_string(descriptor) + " 0 R");
  maker.set_font("F5", font);
  maker.add_page(show_lines(50, 700, 10, kProse) + "BT /F5 10 Tf 50 600 Td (ab) Tj ET\n" +
                 show_lines(50, 500, 10, kProse));
  EXPECT_THAT(PdfRun(maker.make()).markdown(), HasSubstr("\n12\n"));
}

TEST(PdfStructure, TheBulletsOfTexAreThereAsPictures) {
  PdfMaker maker;
  const int glyph = maker.add_stream("", "500 0 0 0 500 500 d1 100 100 300 300 re f");
  maker.set_font("F5",
                 "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 500] /FontMatrix [.001 0 "
                 "0 .001 0 0] /CharProcs << /a136 " +
                     std::to_string(glyph) +
                     " 0 R >> /Encoding << /Type /Encoding /Differences [136 /a136] >> "
                     "/FirstChar 136 /LastChar 136 /Widths [500] >>");
  maker.add_page(show_lines(50, 700, 10, kProse) + "BT /F5 10 Tf 60 650 Td (\x88) Tj ET\n" +
                 show(70, 650, 10, "the doors") + "BT /F5 10 Tf 60 638 Td (\x88) Tj ET\n" +
                 show(70, 638, 10, "the hinges"));
  EXPECT_THAT(PdfRun(maker.make()).markdown(), HasSubstr("- the doors\n- the hinges\n"));
}

TEST(PdfStructure, HeadingsAreWithoutTheirBullets) {
  PdfMaker maker;
  const int page = maker.add_page("/H1 << /MCID 0 >> BDC\n" + show(50, 740, 10, "\x95 The Mill") +
                                      "EMC\n" + show_lines(50, 700, 10, kProse),
                                  "", "/StructParents 0");
  const std::string root = std::to_string(page + 1) + " 0 R";
  const std::string heading = std::to_string(page + 2) + " 0 R";
  maker.add("<< /Type /StructTreeRoot /K [" + heading + "] /ParentTree << /Nums [0 [" + heading +
            "]] >> >>");
  maker.add("<< /Type /StructElem /S /H1 /P " + root + " /K 0 >>");
  maker.set_catalog("/StructTreeRoot " + root + " /MarkInfo << /Marked true >>");
  EXPECT_THAT(PdfRun(maker.make()).markdown(), HasSubstr("# The Mill\n"));
}

TEST(PdfStructure, PunctuationBehindEmphasisIsOutsideIt) {
  const std::string text = page_markdown(
      show_lines(50, 740, 10, kProse) +
      "BT 50 690 Td /F1 10 Tf (with ) Tj /F3 10 Tf (emphasis) Tj /F1 10 Tf (, and ) Tj /F2 10 Tf "
      "(strong) Tj /F1 10 Tf (\\() Tj /F2 10 Tf (est) Tj /F1 10 Tf (\\) ) Tj /F2 10 Tf (words) Tj "
      "/F1 10 Tf (.) Tj ET\n");
  EXPECT_THAT(text, HasSubstr("with *emphasis*, and **strong(est) words**."));
}

TEST(PdfStructure, AListingBelowATableIsNoneOfItsRows) {
  std::string content = show_lines(50, 760, 10, kProse);
  const std::vector<std::string> gates = {"Gate", "North", "South", "East"};
  const std::vector<std::string> widths = {"Width", "6.0", "12.5", "7.25"};
  for (int i = 0; i < 4; ++i) {
    content += show(50, 700 - 14 * i, 10, gates[i]) + show(150, 700 - 14 * i, 10, widths[i]) +
               show(210, 700 - 14 * i, 10, "of oak");
  }
  content += show(50, 640, 10, "if gate:", Font::kMono) +
             show(62, 628, 10, "open()    # slow", Font::kMono);
  EXPECT_THAT(page_markdown(content),
              HasSubstr("| East | 7.25 | of oak |\n\n```\nif gate:\n  open()    # slow\n```\n"));
}

TEST(PdfStructure, AListingDoesNotTakeColumnsFromTheTableAbove) {
  std::string content = show_lines(50, 760, 10, kProse);
  for (int i = 0; i < 4; ++i) {
    const int y = 700 - 14 * i;
    content += show(50, y, 10, "gate") + show(100, y, 10, "7.25") + show(320, y, 10, "of oak");
  }
  for (int i = 0; i < 9; ++i) {
    content += show(50, 640 - 12 * i, 10, "gate.open(slowly)", Font::kMono);
  }
  EXPECT_THAT(page_markdown(content), HasSubstr("| gate | 7.25 | of oak |\n\n```\ngate.open"));
}

TEST(PdfStructure, ALineThatEndsLikeATitleOfTheOutlineIsNoHeading) {
  PdfMaker maker;
  const int page =
      maker.add_page(show(50, 740, 12, "1.1 The weir") + show(50, 700, 10, "Here is the weir") +
                     show(50, 660, 12, "Appendix A The mill") + show_lines(50, 600, 10, kProse));
  const int root = page + 1;
  const auto entry = [&](const std::string& title, const std::string& more) {
    maker.add("<< /Title (" + title + ") /Parent " + std::to_string(root) + " 0 R /Dest [" +
              std::to_string(page) + " 0 R /Fit] " + more + " >>");
  };
  maker.add("<< /Type /Outlines /First " + std::to_string(root + 1) + " 0 R /Last " +
            std::to_string(root + 2) + " 0 R /Count 2 >>");
  entry("The weir", "/Next " + std::to_string(root + 2) + " 0 R");
  entry("The mill", "/Prev " + std::to_string(root + 1) + " 0 R");
  maker.set_catalog("/Outlines " + std::to_string(root) + " 0 R");
  const std::string text = PdfRun(maker.make()).markdown();
  EXPECT_THAT(text, HasSubstr("# 1.1 The weir\n\nHere is the weir\n\n# Appendix A The mill\n"));
}

TEST(PdfStructure, EntriesOfATableOfContentsStayLines) {
  std::string dots;
  for (int i = 0; i < 60; ++i) dots += ". ";
  const std::string text = page_markdown(
      show(50, 700, 10, "1", Font::kBold) + show(65, 700, 10, "First Things", Font::kBold) +
      show(535, 700, 10, "2", Font::kBold) + show(65, 688, 10, "1.1") +
      show(88, 688, 10, "Origins") + show(135, 688, 10, dots) + show(535, 688, 10, "2") +
      show(65, 676, 10, "1.2") +
      show(88, 676, 10, "Later....................................................3") +
      show(50, 664, 10, "2", Font::kBold) + show(65, 664, 10, "Second Things", Font::kBold) +
      show(535, 664, 10, "4", Font::kBold));
  EXPECT_THAT(text, HasSubstr("**1 First Things 2**\\\n1.1 Origins ... 2\\\n1.2 Later ... 3\\\n"
                              "**2 Second Things 4**\n"));
}

TEST(PdfStructure, MarkersFarFromTheirItemsAreNoColumn) {
  const std::string text = page_markdown(
      show_lines(50, 700, 10, kProse) + show(60, 650, 10, "1.") + show(84, 650, 10, "one") +
      show(60, 636, 10, "2.") + show(84, 636, 10, "two") + show(96, 622, 10, "a.") +
      show(120, 622, 10, "alpha") + show(96, 608, 10, "b.") + show(120, 608, 10, "beta") +
      show(96, 594, 10, "c.") + show(120, 594, 10, "gamma"));
  EXPECT_THAT(text, HasSubstr("1. one\n2. two\n   - a. alpha\n   - b. beta\n   - c. gamma\n"));
}

TEST(PdfStructure, BrowsersRaiseTheirSuperscriptsLittleSmaller) {
  const std::string text =
      page_markdown(show_lines(50, 700, 10.5, kProse) +
                    "BT /F1 10.5 Tf 50 640 Td (It has a density of 10) Tj 4 Ts /F1 9 Tf (3) Tj "
                    "0 Ts /F1 10.5 Tf ( units, as water has.) Tj ET\n");
  EXPECT_THAT(text, HasSubstr("of 10<sup>3</sup> units, as"));
}

TEST(PdfStructure, LinesAreFullWhereOthersEndWhateverIsWider) {
  // Of the same words, so that they end at one place.
  const std::string text = page_markdown(
      show(50, 720, 10,
           "A caption that is wider than the column of text below it, as it is over both columns") +
      show_lines(50, 700, 10,
                 {"Every mill has a gate of oak and the Brook",
                  "the Brook has a gate of oak and Every mill",
                  "Brook and mill Every gate has the a of oak", "Easter gave to the town."}));
  EXPECT_THAT(text, HasSubstr("and the Brook the Brook has"));
  EXPECT_THAT(text, HasSubstr("a of oak Easter gave"));
}

TEST(PdfStructure, ListsGoOnAtTheirDepthOnTheNextPage) {
  PdfMaker maker;
  maker.add_page(show_lines(50, 700, 10, kProse) + show(70, 640, 10, "1.") +
                 show(84, 640, 10, "Look at the doors:") + show(90, 628, 10, "\x95") +
                 show(104, 628, 10, "the hinges"));
  maker.add_page(show(90, 760, 10, "\x95") + show(104, 760, 10, "the seals") +
                 show(70, 748, 10, "2.") + show(84, 748, 10, "Open them slowly.") +
                 show_lines(50, 700, 10, kProse));
  EXPECT_THAT(PdfRun(maker.make()).markdown(),
              HasSubstr("1. Look at the doors:\n   - the hinges\n   - the seals\n2. Open them"));
}

TEST(PdfStructure, BoxesToTickAreTasks) {
  PdfMaker maker;
  maker.set_font("F5", font_for(maker, "<61> <2610>\n<62> <2611>\n", 2));
  const auto box = [](int y, const std::string& which) {
    return "BT /F5 10 Tf 50 " + std::to_string(y) + " Td (" + which + ") Tj ET\n";
  };
  maker.add_page(box(700, "a") + show(65, 700, 10, "Open the gate") + box(686, "b") +
                 show(65, 686, 10, "Look at the doors") + show_lines(50, 650, 10, kProse));
  EXPECT_THAT(PdfRun(maker.make()).markdown(),
              HasSubstr("- [ ] Open the gate\n- [x] Look at the doors\n"));
}

TEST(PdfStructure, ListsMayBeginWithAnyNumberThatCountsOn) {
  const std::string text = page_markdown(
      show_lines(50, 700, 10, kProse) + show(60, 650, 10, "8.") + show(75, 650, 10, "eight") +
      show(60, 638, 10, "9.") + show(75, 638, 10, "nine") + show_lines(50, 610, 10, kProse) +
      show(50, 560, 10, "1999. It was the year of the flood."));
  EXPECT_THAT(text, HasSubstr("8. eight\n9. nine\n"));
  EXPECT_THAT(text, Not(HasSubstr("\n1999. It")));
}

TEST(PdfStructure, ItemsMayHaveNumbersOfSeveralParts) {
  const std::string text = page_markdown(
      show_lines(50, 700, 10, kProse) + show(60, 650, 10, "1.") + show(100, 650, 10, "one") +
      show(60, 636, 10, "2.") + show(100, 636, 10, "two") + show(70, 622, 10, "2.1.") +
      show(110, 622, 10, "a part") + show(70, 608, 10, "2.2.") + show(110, 608, 10, "another") +
      show(60, 594, 10, "3.") + show(100, 594, 10, "three"));
  EXPECT_THAT(text, HasSubstr("1. one\n2. two\n   - 2.1. a part\n   - 2.2. another\n3. three\n"));
}

TEST(PdfStructure, QuestionsAnswersAndStarsAreNoItems) {
  const std::string text =
      page_markdown(show_lines(50, 700, 10, kProse) + show(50, 650, 10, "A: It is a gate.") +
                    show(280, 620, 10, "* * *"));
  EXPECT_THAT(text, HasSubstr("\nA: It is a gate.\n"));
  EXPECT_THAT(text, Not(HasSubstr("- ")));
}

TEST(PdfStructure, FootnotesAsLargeAsTheTextHaveRaisedMarks) {
  const std::string text = page_markdown(
      show_lines(50, 700, 10, kProse) +
      "BT /F1 10 Tf 50 640 Td (The name is old,) Tj 4 Ts /F1 6 Tf (1) Tj 0 Ts /F1 10 Tf "
      "( and covers a m) Tj 4 Ts /F1 6 Tf (1) Tj 0 Ts /F1 10 Tf ( only.) Tj ET\n"
      "BT 4 Ts /F1 6 Tf 50 100 Td (1) Tj 0 Ts /F1 10 Tf ( In a book that is lost.) Tj ET\n");
  EXPECT_THAT(text, HasSubstr("is old,[^1] and covers a m<sup>1</sup> only."));
  EXPECT_THAT(text, HasSubstr("[^1]: In a book that is lost.\n"));
}

TEST(PdfStructure, ASecondPagesNumberIsLeftOutThoughTheFirstHasNone) {
  PdfMaker maker;
  maker.add_page(show_lines(50, 700, 10, kProse));
  maker.add_page(show(290, 780, 10, "-2-") + show_lines(50, 700, 10, kProse));
  EXPECT_THAT(PdfRun(maker.make()).markdown(), Not(HasSubstr("2-")));
}

TEST(PdfStructure, ParagraphsOfOneLineEachStayApart) {
  PdfMaker maker;
  maker.add_page(show_lines(50, 700, 10, kProse) + show_lines(50, 600, 10, kProse));
  maker.add_page(show(50, 720, 10, "The account of the mill is kept in the book of 1254") +
                 show(50, 698, 10, "Yours sincerely, the keeper of the brook") +
                 show(50, 676, 10, "Jane Miller") + show(50, 654, 10, "The mill on the brook"));
  EXPECT_THAT(PdfRun(maker.make()).markdown(), HasSubstr("of 1254\n\nYours"));
}

TEST(PdfStructure, LinksKeepTheirAddresses) {
  PdfMaker maker;
  maker.add_page(show(50, 700, 10, "See the brook's own page for more."), "",
                 "/Annots [<< /Type /Annot /Subtype /Link /Rect [68 698 160 712] /A << /S /URI "
                 "/URI (https://example.org/brook) >> >>]");
  EXPECT_THAT(PdfRun(maker.make()).markdown(), HasSubstr("](https://example.org/brook)"));
}

}  // namespace
}  // namespace sluice::test
