// SPDX-License-Identifier: Apache-2.0
//
// Where a paragraph, an item, a title or a note goes on in the next line, and where it does not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pdf_maker.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// Manuals of which each chapter is an entry of the table of contents, by their tags.
TEST(PdfParagraphs, SectionsWithinContentsEntriesAreText) {
  EXPECT_THAT(tagged_markdown(marked(0, show_lines(50, 700, 10, kProse)),
                              {{"TOCI", 0}, {"TOCI", 1}, {"Sect", 2}, {"P", 3}, {"P", 4}}, {5}),
              HasSubstr("meadows, before it reaches"));
}

TEST(PdfParagraphs, ParagraphsOfAQuotationStayApart) {
  EXPECT_THAT(tagged_markdown(marked(0, show_lines(50, 700, 10, kProse)) +
                                  marked(1, show_lines(50, 664, 10, kProse)),
                              {{"BlockQuote", 0}, {"P", 1}, {"P", 1}}, {2, 3}),
              HasSubstr("pass the old weir.\n\nThe brook"));
}

TEST(PdfParagraphs, TagsThatMakeALineAParagraphSayNothing) {
  std::string content;
  std::vector<Element> elements;
  std::vector<int> owners;
  for (int i = 0; i < 12; ++i) {
    const std::string line = i % 6 == 5
                                 ? "as it always has been."
                                 : "and the water of the brook has been measured there for years,";
    content += marked(i, show(50, 700 - 12 * i, 10, i % 6 == 0 ? "The keeper knows," : line));
    elements.push_back({"P", 0});
    owners.push_back(i + 1);
  }
  EXPECT_THAT(tagged_markdown(content, elements, owners),
              AllOf(HasSubstr("for years, and the water"), HasSubstr("for years, as it always")));
}

// A group that must not be broken moves to the next line as a whole.
TEST(PdfParagraphs, ANearlyFullLineGoesOnWithACapitalOrABracket) {
  const std::string text = page_markdown(
      show_lines(50, 700, 10,
                 {"The keeper of the mill opens the gates of the weir by means of the upper wheel,",
                  "which only those may use who keep the books of the Lower Brook in a",
                  "PXC ID configuration, or in what is called the internal cross connection",
                  "(loopback) of the mill. It has been so since the flood of the first winter."}));
  EXPECT_THAT(text, AllOf(HasSubstr("in a PXC ID"), HasSubstr("connection (loopback)")));
}

TEST(PdfParagraphs, ShortLinesStayBroken) {
  EXPECT_THAT(page_markdown(
                  show_lines(50, 740, 10, kProse) +
                  show_lines(50, 680, 10,
                             {"The Keeper of the Lower Brook Mill", "Weir Lane 4", "Upper Brook"})),
              HasSubstr("Mill\\\nWeir Lane 4\\\nUpper Brook"));
}

// References have the number of the volume in bold.
TEST(PdfParagraphs, ABoldNumberBeginsNoParagraph) {
  const std::string text = page_markdown(
      show_lines(
          50, 700, 10,
          {"15. G. Volandri, F. Di Puccio and C. Carmignani, Mechanics of the brook, J. Brook.",
           ""}) +
      show(66, 688, 10, "44", Font::kBold) + show(77.2, 688, 10, "(7), 1219-1236 (2011).") +
      show_lines(50, 676, 10, {"16. J. Aernouts and J. Aerts, Properties of the weir."}));
  EXPECT_THAT(text, HasSubstr("J. Brook. **44**(7), 1219"));
}

TEST(PdfParagraphs, LinesWithFormulasStandFartherApart) {
  const std::string text = page_markdown(
      show_lines(50, 740, 10, kProse) +
      show(50, 680, 10,
           "158. The new position of the upper gate is then given by s(t), which gives the "
           "distance of all") +
      show(70, 662, 10, "that is in the water, in miles, where east is the positive direction."));
  EXPECT_THAT(text, HasSubstr("the distance of all that is"));
}

TEST(PdfParagraphs, TheLastLineOfAParagraphMayBeCode) {
  const std::string text = page_markdown(
      show_lines(50, 700, 10,
                 {"The keeper of the mill has a program that tells him how high the water is, and",
                  "it has been installed by those who keep the weir, and it would be located at"}) +
      show(50, 676, 10, "mill/bin/", Font::kMono) + show(50, 664, 10, "weir/level", Font::kMono) +
      show_lines(50, 640, 10, kProse));
  EXPECT_THAT(text, HasSubstr("would be located at `mill/bin/"));
}

TEST(PdfParagraphs, CodeThatIsBrokenBehindASlashIsOne) {
  const std::string text = page_markdown(
      show_lines(50, 724, 10, {kProse[0], kProse[1]}) +
      show(50, 700, 10, "The keeper of the mill has a program that tells him what is in the file") +
      show(370, 700, 10, "brook/", Font::kMono) + show(50, 688, 10, "levels", Font::kMono) +
      show(92, 688, 10, "of the weir."));
  EXPECT_THAT(text, HasSubstr("`brook/levels` of the weir."));
}

TEST(PdfParagraphs, AnItalicLineBehindASentenceIsApart) {
  const std::string text = page_markdown(show_lines(50, 700, 10, kProse) +
                                         show(50, 664, 10, "Gates and Wheels", Font::kItalic) +
                                         show_lines(50, 652, 10, kProse));
  EXPECT_THAT(text, HasSubstr("old weir.\n\n*Gates and Wheels*"));
}

TEST(PdfParagraphs, ATitleGoesOnBehindANameInAnotherWeight) {
  EXPECT_THAT(page_markdown(show(50, 750, 16, "Weirbook:") +
                            show(130, 750, 16, "A Unified Record of Deep", Font::kBold) +
                            show(50, 731, 16, "Waters and of their Measurement", Font::kBold) +
                            show_lines(50, 700, 10, kProse)),
              HasSubstr("# Weirbook: A Unified Record of Deep Waters and of their Measurement\n"));
}

// A title page: most of its letters are those of the title.
TEST(PdfParagraphs, ATitleIsAHeadingWhereItHasMostLetters) {
  EXPECT_THAT(page_markdown(
                  show(134, 700, 26, "LOWER BROOK MILL CO.") + show(200, 650, 26, "ANNUAL REPORT") +
                  show(240, 300, 16, "Number 300218") + show(245, 250, 16, "27 March 2012")),
              AllOf(HasSubstr("# LOWER BROOK MILL CO.\n\n# ANNUAL REPORT"),
                    HasSubstr("\n\nNumber 300218")));
}

TEST(PdfParagraphs, AHeadingBelowAHeadingIsAnother) {
  EXPECT_THAT(
      page_markdown(show(50, 750, 12, "Materials and methods", Font::kBold) +
                    show(50, 732, 12, "The preparation of the weir and of its gates", Font::kBold) +
                    show_lines(50, 700, 10, kProse)),
      HasSubstr("# Materials and methods\n\n# The preparation of the weir"));
}

// Where the references have more letters than the text, the text is not larger than usual.
TEST(PdfParagraphs, TextIsNoHeadingWhereNotesAreMore) {
  std::string content =
      show_lines(50, 760, 12, kProse) + show(50, 700, 12, "A lemma follows here.");
  for (int i = 0; i < 8; ++i) content += show_lines(50, 660 - 40 * i, 10, kProse);
  EXPECT_THAT(page_markdown(content), Not(HasSubstr("#")));
}

TEST(PdfParagraphs, NotesMayHaveTheirNumbersInBrackets) {
  const std::string text = page_markdown(
      show_lines(50, 700, 10, kProse) +
      "BT /F1 10 Tf 50 640 Td (Source: the board of the mill, 2006 \\() Tj /F1 6 Tf 4 Ts (12) Tj "
      "/F1 10 Tf 0 Ts (\\).) Tj ET BT /F1 8 Tf 50 100 Td (\\() Tj /F1 5 Tf 3 Ts (12) Tj /F1 8 Tf "
      "0 Ts (\\) www.mill.example/levels) Tj ET\n");
  EXPECT_THAT(text, AllOf(HasSubstr("[^12]: www.mill.example/levels"), HasSubstr("([^12]).")));
}

}  // namespace
}  // namespace sluice::test
