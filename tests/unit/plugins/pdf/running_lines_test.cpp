// SPDX-License-Identifier: Apache-2.0
//
// Headers, footers and page numbers: what is left out, what must stay, and that it is said.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pdf_maker.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// Pages with this at their head, prose, and this at their foot; the text for page 1, 2...
using PageText = std::string (*)(int page);
std::string none(int) {
  return "";
}
std::string pages_with(int count, PageText head, PageText foot = none) {
  PdfMaker maker;
  for (int page = 1; page <= count; ++page) {
    maker.add_page(head(page) + show_lines(50, 600, 10, kProse) + foot(page));
  }
  return PdfRun(maker.make()).markdown();
}

TEST(PdfRunningLines, RepeatedHeadersAndPageNumbersAreLeftOut) {
  PdfMaker maker;
  for (int i = 1; i <= 4; ++i) {
    maker.add_page(show(50, 780, 8, "Annals of the Brook") + show_lines(50, 600, 10, kProse) +
                   show(290, 30, 8, "Page " + std::to_string(i)));
  }
  const std::string pdf = maker.make();
  const std::string text = PdfRun(pdf).markdown();
  EXPECT_THAT(text, Not(HasSubstr("Annals")));
  EXPECT_THAT(text, Not(HasSubstr("Page 2")));
  PdfOptions options;
  options.headers_and_footers = true;
  EXPECT_THAT(PdfRun(pdf, options).markdown(), HasSubstr("Annals of the Brook"));
}

TEST(PdfRunningLines, TwoPagesOfOneFormKeepWhatTheyShare) {
  PdfMaker maker;
  for (int i = 1; i <= 2; ++i) {
    maker.add_page(show(50, 780, 8, "Mill Bank") + show(50, 760, 10, "Account 4711 of the mill") +
                   show_lines(50, 700, 10, kProse) + show(290, 30, 8, std::to_string(i)));
  }
  const std::string text = PdfRun(maker.make()).markdown();
  EXPECT_THAT(text, HasSubstr("Account 4711 of the mill"));
  EXPECT_THAT(text, Not(HasSubstr("\n2\n")));
}

TEST(PdfRunningLines, NumberedTitlesAtTheTopOfTheirPagesAreNoHeaders) {
  PdfMaker maker;
  for (int i = 1; i <= 4; ++i) {
    maker.add_page(show(50, 780, 18, "Chapter " + std::to_string(i)) +
                   show_lines(50, 700, 10, kProse));
  }
  EXPECT_THAT(PdfRun(maker.make()).markdown(), HasSubstr("# Chapter 3\n"));
}

TEST(PdfRunningLines, WhatIsLeftOutIsSaidOnce) {
  PdfMaker maker;
  for (int i = 1; i <= 4; ++i) {
    maker.add_page(show(50, 780, 8, "Annals of the Brook") + show_lines(50, 600, 10, kProse) +
                   show(290, 30, 8, "Page " + std::to_string(i)));
  }
  const PdfRun run(maker.make());
  ASSERT_EQ(run.job->warnings().size(), 1U);
  EXPECT_EQ(run.job->warnings()[0].code, "running-lines-left-out");
  EXPECT_THAT(run.job->warnings()[0].message,
              AllOf(HasSubstr("8 header, footer"), HasSubstr("Annals of the Brook"),
                    HasSubstr("Page 1"), HasSubstr("headers_and_footers")));
}

TEST(PdfRunningLines, APageNumberSetApartFromItsHeaderIsLeftOut) {
  PdfMaker maker;
  maker.add_page(show_lines(50, 700, 10, kProse));
  for (int i = 2; i <= 3; ++i) {
    maker.add_page(show(50, 780, 10, "Annals of the Brook") +
                   show(520, 780, 10, std::to_string(i)) + show_lines(50, 700, 10, kProse));
  }
  EXPECT_THAT(PdfRun(maker.make()).markdown(), Not(HasSubstr("Annals")));
}

TEST(PdfRunningLines, ALabelThatCountsIsNoPageNumber) {
  const std::string text = pages_with(4, [](int page) {
    return show(50, 780, 10, "Task " + std::to_string(page)) + show(50, 766, 10, "Invoice No.") +
           show(300, 766, 10, std::to_string(1000 + page));
  });
  EXPECT_THAT(
      text, AllOf(HasSubstr("Task 1"), HasSubstr("Task 4"), HasSubstr("1001"), HasSubstr("1004")));
}

TEST(PdfRunningLines, AmountsNamesAndDatesThatDifferStay) {
  const std::string text = pages_with(
      4,
      [](int page) {
        return show(50, 785, 10, "0" + std::to_string(page) + ".03.2024") +
               show(50, 770, 10, "Customer number: " + std::to_string(70000 + 13 * page));
      },
      [](int page) {
        return show(50, 40, 10, "Net pay " + std::to_string(2000 + 7 * page) + ".00 EUR");
      });
  EXPECT_THAT(text, AllOf(HasSubstr("01.03.2024"), HasSubstr("04.03.2024"), HasSubstr("70013"),
                          HasSubstr("70052")));
  EXPECT_THAT(text, AllOf(HasSubstr("2007.00 EUR"), HasSubstr("2028.00 EUR")));
}

TEST(PdfRunningLines, WhatStandsBehindTextThatStaysStays) {
  const std::string text = pages_with(4, [](int page) {
    return show(50, 785, 8, "Mill Bank") +
           show(50, 772, 10, "Account " + std::string(static_cast<std::size_t>(page), 'B')) +
           show(50, 758, 10, "All amounts in crowns");
  });
  EXPECT_THAT(text, Not(HasSubstr("Mill Bank")));
  EXPECT_THAT(text, AllOf(HasSubstr("Account BBB"), HasSubstr("All amounts in crowns")));
}

TEST(PdfRunningLines, NothingFarFromThePapersEdgeIsOne) {
  const std::string text = pages_with(
      4, none, [](int) { return show_lines(50, 400, 10, {"The same on every page of this."}); });
  std::size_t count = 0;
  for (std::size_t at = text.find("The same"); at != std::string::npos;
       at = text.find("The same", at + 1)) {
    ++count;
  }
  EXPECT_EQ(count, 4U);
}

TEST(PdfRunningLines, PagesThatAreAlikeKeepTheBeginningOfTheirText) {
  std::string text;
  for (int i = 0; i < 20; ++i) text += show_lines(50, 750 - 36 * i, 10, kProse);
  PdfMaker maker;
  for (int i = 0; i < 3; ++i) maker.add_page(text);
  PdfOptions options;
  options.page_markers = true;
  EXPECT_THAT(PdfRun(maker.make(), options).markdown(),
              HasSubstr("<!-- page 2 -->\n\nThe brook rises"));
}

TEST(PdfRunningLines, APageKeepsWhatIsAllItHas) {
  PdfMaker maker;
  for (int i = 0; i < 3; ++i) {
    maker.add_page(show(50, 780, 10, "Ticket of the Brook") + show(50, 766, 10, "Gate 4"));
  }
  EXPECT_THAT(PdfRun(maker.make()).markdown(),
              AllOf(HasSubstr("Ticket of the Brook"), HasSubstr("Gate 4")));
}

TEST(PdfRunningLines, ADocumentOfNumbersIsNotBlank) {
  PdfMaker maker;
  for (int i = 1; i <= 3; ++i) maker.add_page(show(290, 780, 10, std::to_string(i)));
  EXPECT_THAT(PdfRun(maker.make()).markdown(), AllOf(HasSubstr("1"), HasSubstr("3")));
}

TEST(PdfRunningLines, TheLabelOfAFormStaysOnEveryPage) {
  const std::string text = pages_with(4, none, [](int page) {
    return show(50, 90, 10, "Answer:") + show(290, 30, 8, std::to_string(page));
  });
  EXPECT_THAT(text, HasSubstr("Answer:"));
}

TEST(PdfRunningLines, PagesOfLettersAreCountedAnew) {
  const std::string text = pages_with(6, [](int page) {
    return show(480, 785, 8, "Page " + std::to_string(1 + (page - 1) % 2) + " of 2");
  });
  EXPECT_THAT(text, Not(HasSubstr("of 2")));
}

TEST(PdfRunningLines, RomanNumbersAndLettersOfPartsCountPages) {
  const std::vector<std::string> roman = {"i", "ii", "iii", "iv"};
  PdfMaker maker;
  for (int i = 1; i <= 4; ++i) {
    maker.add_page(show_lines(50, 700, 10, kProse) + show(50, 50, 8, "Guide to the Weir") +
                   show(480, 50, 8, "Page " + roman[static_cast<std::size_t>(i - 1)] + " of iv") +
                   show(290, 30, 8, "A-" + std::to_string(i)));
  }
  const std::string text = PdfRun(maker.make()).markdown();
  EXPECT_THAT(text, AllOf(Not(HasSubstr("Guide")), Not(HasSubstr("iii")), Not(HasSubstr("A-"))));
}

TEST(PdfRunningLines, AStampInTheMarginIsOne) {
  const std::string text = pages_with(4, [](int) {
    return std::string("BT /F1 12 Tf 0 1 -1 0 25 300 Tm (brook-00555588, version 1) Tj ET\n");
  });
  EXPECT_THAT(text, Not(HasSubstr("00555588")));
}

TEST(PdfRunningLines, ChangingHeadsThatAreReadElsewhereAreLeftOut) {
  const std::vector<std::string> heads = {"Of mills", "Of brooks", "Of the weir", "Of its gates"};
  PdfMaker maker;
  for (int i = 0; i < 4; ++i) {
    const std::string& head = heads[static_cast<std::size_t>(i)];
    const std::string number = std::to_string(11 + i);
    maker.add_page(show(50, 780, 10, i % 2 == 0 ? head + " " + number : number + " " + head) +
                   show(50, 640, 14, head) + show_lines(50, 600, 10, kProse));
  }
  const std::string text = PdfRun(maker.make()).markdown();
  EXPECT_THAT(text, AllOf(Not(HasSubstr("Of mills 11")), Not(HasSubstr("12 Of brooks")),
                          Not(HasSubstr("14 Of its"))));
  EXPECT_THAT(text, AllOf(HasSubstr("Of mills"), HasSubstr("Of its gates")));
}

TEST(PdfRunningLines, NamesBesideThePagesNumberStay) {
  const std::vector<std::string> names = {"Ann Smith", "Bob Jones", "Cid Brown", "Dan White"};
  PdfMaker maker;
  for (int i = 0; i < 4; ++i) {
    maker.add_page(show(50, 780, 10, names[static_cast<std::size_t>(i)]) +
                   show(500, 780, 10, std::to_string(i + 1)) + show_lines(50, 600, 10, kProse));
  }
  EXPECT_THAT(PdfRun(maker.make()).markdown(),
              AllOf(HasSubstr("Ann Smith"), HasSubstr("Dan White")));
}

TEST(PdfRunningLines, AHeadThatIsRuledLikeATableIsOne) {
  const std::string box = rule(50, 790, 550, 790) + rule(50, 774, 550, 774) +
                          rule(50, 758, 550, 758) + rule(50, 790, 50, 758) +
                          rule(300, 790, 300, 758) + rule(550, 790, 550, 758);
  PdfMaker maker;
  for (int i = 1; i <= 4; ++i) {
    maker.add_page(box + show(55, 778, 8, "Journal of the Brook") + show(305, 778, 8, "Vol. 5") +
                   show(55, 762, 8, "Lower Brook") + show(305, 762, 8, "ISSN 2039-2117") +
                   show_lines(50, 600, 10, kProse));
  }
  EXPECT_THAT(PdfRun(maker.make()).markdown(), Not(HasSubstr("Journal")));
}

TEST(PdfRunningLines, TheHeadOfATableThatGoesOnIsThereOnce) {
  PdfMaker maker;
  for (int page = 1; page <= 4; ++page) {
    std::string content;
    for (int row = 0; row < 30; ++row) {
      const double y = 780 - 20 * row;
      content += rule(50, y + 14, 550, y + 14);
      content +=
          show(55, y, 10, row == 0 ? "Day" : std::to_string(page) + "." + std::to_string(row));
      content += show(305, y, 10, row == 0 ? "Amount" : std::to_string(page * row));
    }
    content += rule(50, 194, 550, 194) + rule(50, 794, 50, 194) + rule(300, 794, 300, 194) +
               rule(550, 794, 550, 194);
    maker.add_page(content);
  }
  const std::string text = PdfRun(maker.make()).markdown();
  std::size_t heads = 0;
  for (std::size_t at = text.find("| Day"); at != std::string::npos;
       at = text.find("| Day", at + 1))
    ++heads;
  EXPECT_EQ(heads, 1U);  // the table is one over all pages
}

// Parts of a document count their own pages, and name themselves.
TEST(PdfRunningLines, TheFootOfAPartOfOnePageGoesToo) {
  const std::string text = pages_with(3, none, [](int page) {
    return show(50, 30, 8,
                page < 3 ? "Form 101 of the mill, edition 11 - Guidelines Page " +
                               std::string(page == 1 ? "ii" : "iii") + " of iii"
                         : "Form 101 of the mill, edition 11 - Application Page 1 of 7");
  });
  EXPECT_THAT(text, AllOf(Not(HasSubstr("Guidelines")), Not(HasSubstr("Application"))));
}

TEST(PdfRunningLines, AnotherTextWithAPageNumberStays) {
  const std::string text = pages_with(3, none, [](int page) {
    return show(50, 30, 8,
                page < 3 ? "Form 101 of the mill, edition 11 - Guidelines Page " +
                               std::string(page == 1 ? "ii" : "iii") + " of iii"
                         : "Seen by the keeper of the lower weir, see Page 1 of 7");
  });
  EXPECT_THAT(text, AllOf(Not(HasSubstr("Guidelines")), HasSubstr("Seen by the keeper")));
}

}  // namespace
}  // namespace sluice::test
