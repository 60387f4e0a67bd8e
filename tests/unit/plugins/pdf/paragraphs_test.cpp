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

// A note at the foot of the first of two pages, or columns.
std::string page_with_note(const std::vector<std::string>& last) {
  return show_lines(50, 740, 10, kProse) + show_lines(50, 700, 10, last) +
         "BT /F1 10 Tf 50 660 Td (It was noted by the keeper) Tj /F1 6 Tf 4 Ts (1) Tj 0 Ts ET\n" +
         "BT /F1 5 Tf 50 103 Td (1) Tj /F1 8 Tf 4 -3 Td (In a book that is now lost.) Tj ET\n";
}

TEST(PdfParagraphs, GoOnBehindTheNotesOfAPage) {
  PdfMaker maker;
  maker.add_page(
      show_lines(50, 740, 10, kProse) +
      "BT /F1 10 Tf 50 704 Td (It was noted by the keeper) Tj /F1 6 Tf 4 Ts (1) Tj 0 Ts /F1 10 Tf "
      "( in the book of the mill, and later by all the owners of) Tj ET\n" +
      "BT /F1 5 Tf 50 103 Td (1) Tj /F1 8 Tf 4 -3 Td (In a book that is now lost.) Tj ET\n");
  maker.add_page(show_lines(50, 740, 10, {"the lower weir, that the brook was dry.", ""}) +
                 show_lines(50, 700, 10, kProse));
  EXPECT_THAT(PdfRun(maker.make()).markdown(),
              HasSubstr("all the owners of the lower weir, that the brook was dry.\n\n[^1]: In a"));
}

TEST(PdfParagraphs, GoOnInTheNextColumnWithABracket) {
  PdfMaker maker;
  std::vector<std::string> lines = kProse;
  lines.back() =
      "In spring the gates are opened for a week so that all the salmon can pass the weirs";
  maker.add_page(show_lines(50, 740, 10, lines));
  lines.front() =
      "(27 of a hundred do so at night), and the keeper counts them for the board of it,";
  maker.add_page(show_lines(50, 740, 10, lines));
  EXPECT_THAT(PdfRun(maker.make()).markdown(), HasSubstr("pass the weirs (27 of a hundred"));
}

TEST(PdfParagraphs, EndBeforeTheNotesOfAPage) {
  PdfMaker maker;
  maker.add_page(page_with_note({"The mill was sold in the winter."}));
  maker.add_page(show_lines(50, 740, 10, kProse));
  EXPECT_THAT(PdfRun(maker.make()).markdown(), HasSubstr("is now lost.\n\nThe brook rises"));
}

// Codes a, b, c... are syllables; a line is full with 14 of them.
class Korean {
 public:
  Korean() {
    // 물 이 는 방 앗 간 을 연 다 그 리 고 매 일
    constexpr std::string_view kSyllables[] = {"BB3C", "C774", "B294", "BC29", "C557",
                                               "AC04", "C744", "C5F0", "B2E4", "ADF8",
                                               "B9AC", "ACE0", "B9E4", "C77C"};
    std::string chars;
    for (std::size_t i = 0; i < std::size(kSyllables); ++i) {
      char code[8];
      std::snprintf(code, sizeof code, "<%02X> ", static_cast<unsigned>('a' + i));
      chars.append(code).append("<").append(kSyllables[i]).append(">\n");
    }
    maker_.set_font("F9", font_for(maker_, chars, static_cast<int>(std::size(kSyllables))));
  }
  std::string markdown(const std::vector<std::string>& lines) {
    std::string content;
    double y = 740;
    for (const std::string& line : lines) {
      double x = 50;
      for (const char c : line) {
        if (c != ' ') {
          content += "BT /F9 10 Tf 1 0 0 1 " + std::to_string(x) + " " + std::to_string(y) +
                     " Tm (" + c + ") Tj ET\n";
        }
        x += c == ' ' ? 3 : 6;
      }
      y -= 12;
    }
    maker_.add_page(content);
    return PdfRun(maker_.make()).markdown();
  }

 private:
  PdfMaker maker_;
};

// "def" is a mill, "jkl" a word that joins, "mn" every day.
const std::vector<std::string> kKorean = {"abc defg hi jkl mn defg hi jkl abc mn defg",
                                          "abc defg mn hi jkl defg hi abc jkl defg mn",
                                          "jkl mn defg hi abc defg jkl mn defg hi abc"};

TEST(PdfParagraphs, KoreanWordsMayBeBrokenAtLineEnds) {
  std::vector<std::string> lines = kKorean;
  lines[0] += " d";
  lines[1] = "efg " + lines[1] + " jk";
  lines[2] = "l " + lines[2] + " de";
  lines.emplace_back("fg hi mn");
  const std::string text = Korean().markdown(lines);
  EXPECT_THAT(text, AllOf(HasSubstr("방앗간을 방앗간을 물이는"), HasSubstr("그리고 그리고 매일"),
                          HasSubstr("물이는 방앗간을 연다 매일")));
}

TEST(PdfParagraphs, KoreanLinesThatEndWithWordsAreJoinedByBlanks) {
  std::vector<std::string> lines = kKorean;
  lines.emplace_back("defg hi mn");
  const std::string text = Korean().markdown(lines);
  EXPECT_THAT(text, AllOf(HasSubstr("방앗간을 물이는"), HasSubstr("매일 그리고"),
                          HasSubstr("물이는 방앗간을 연다 매일")));
}

}  // namespace
}  // namespace sluice::test
