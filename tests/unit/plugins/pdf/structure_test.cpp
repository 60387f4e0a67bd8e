// SPDX-License-Identifier: Apache-2.0
//
// Headings, paragraphs, footnotes, code: what a reader sees in the lines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pdf_maker.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

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
  const std::string text = tagged_markdown(marked(0, show(50, 740, 10, "A tagged heading")) +
                                               marked(1, show_lines(50, 700, 10, kProse)) +
                                               "/Artifact << /Type /Pagination >> BDC\n" +
                                               show(50, 100, 10, "Page decoration") + "EMC\n",
                                           {{"Chapter", 0}, {"P", 0}}, {1, 2}, "/Chapter /H2");
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

TEST(PdfStructure, ALongSentenceIsNoHeadingHoweverLarge) {
  const std::string text = page_markdown(
      show_lines(50, 740, 12,
                 {"Open the window of the mill, and look for all the boats that come up the brook",
                  "from the sea in the morning, as it is shown in a picture here."}) +
      show_lines(50, 690, 8, kProse) + show_lines(50, 640, 8, kProse));
  EXPECT_THAT(text, Not(HasSubstr("#")));
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

TEST(PdfStructure, HeadingsAreWithoutTheirBullets) {
  EXPECT_THAT(tagged_markdown(
                  marked(0, show(50, 740, 10, "\x95 The Mill")) + show_lines(50, 700, 10, kProse),
                  {{"H1", 0}}, {1}),
              HasSubstr("# The Mill\n"));
}

TEST(PdfStructure, PunctuationBehindEmphasisIsOutsideIt) {
  const std::string text = page_markdown(
      show_lines(50, 740, 10, kProse) +
      "BT 50 690 Td /F1 10 Tf (with ) Tj /F3 10 Tf (emphasis) Tj /F1 10 Tf (, and ) Tj /F2 10 Tf "
      "(strong) Tj /F1 10 Tf (\\() Tj /F2 10 Tf (est) Tj /F1 10 Tf (\\) ) Tj /F2 10 Tf (words) Tj "
      "/F1 10 Tf (.) Tj ET\n");
  EXPECT_THAT(text, HasSubstr("with *emphasis*, and **strong(est) words**."));
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

// A picture stands before its last line.
TEST(PdfStructure, TheLastLineOfALargePassageIsNoHeading) {
  std::string content =
      show_lines(50, 760, 13,
                 {"It is known to all in the valley, and has been so since the mill",
                  "was built, that its keeper will open the gates of the lower weir in",
                  "the first week of spring and will close them by the end of all",
                  "floods of the brook, as those do who keep the other weirs and so",
                  "have always done, wherever it is seen to be the right thing in"});
  content += "q 30 0 0 30 60 650 cm BI /W 1 /H 1 /BPC 8 /CS /G ID a EI Q\n" +
             show(50, 632, 13, "this valley");
  for (int i = 0; i < 8; ++i) content += show_lines(50, 600 - 40 * i, 10, kProse);
  EXPECT_THAT(page_markdown(content), AllOf(HasSubstr("\n\nthis valley\n"), Not(HasSubstr("#"))));
}

// Two headings in the text's own face and size, and what stands between paragraphs.
std::string lone_lines(double between) {
  std::vector<std::string> text = kProse;
  text.insert(text.end(), kProse.begin(), kProse.end());
  std::string content;
  double y = 760;
  for (const char* name : {"Cosmid and plasmids", "Manipulations of the brook"}) {
    content += show(50, y, 10, name) + show_lines(50, y - 24, 10, text);
    y -= 24 + 6 * 12 + between;
    content += show(50 + (between > 0 ? 0 : 12), y, 10, kProse[1].substr(7)) +
               show_lines(50, y - 12, 10, {kProse[2], kProse[0]});
    y -= 72;
  }
  return content;
}

TEST(PdfStructure, ShortLinesThatStandAloneAreHeadings) {
  const std::string text = page_markdown(lone_lines(0));
  EXPECT_THAT(text, HasSubstr("# Cosmid and plasmids\n\nThe brook"));
  EXPECT_THAT(text, HasSubstr("# Manipulations of the brook\n\nThe brook"));
}

TEST(PdfStructure, WhereParagraphsStandAloneShortOnesAreNoHeadings) {
  EXPECT_THAT(page_markdown(lone_lines(20)), Not(HasSubstr("#")));
}

}  // namespace
}  // namespace sluice::test
