// SPDX-License-Identifier: Apache-2.0
//
// Dots that lead from a label to its value are no text; dots to write on, and an ellipsis, are.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pdf_maker.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Dots as words of their own, from one place to another.
std::string dots(double from, double to, double y, double pitch = 5) {
  std::string content;
  for (double x = from; x + 2 < to; x += pitch) content += show(x, y, 10, ".");
  return content;
}

std::string line(double y, const std::string& label, double label_end, const std::string& value) {
  return show(50, y, 10, label) + dots(label_end, 290, y) + show(300, y, 10, value);
}

TEST(PdfLeaders, AListOfPricesIsATable) {
  EXPECT_EQ(page_markdown(line(740, "Coffee", 90, "3.50") + line(726, "Tea", 72, "2.80") +
                          line(712, "Cake of apples", 130, "4.00 EUR")),
            "| Coffee | 3.50 |\n| --- | --- |\n| Tea | 2.80 |\n| Cake of apples | 4.00 EUR |\n");
}

TEST(PdfLeaders, AWholeAmountIsNoPage) {
  EXPECT_EQ(page_markdown(line(740, "Coffee", 90, "3.50") + line(726, "Tea", 72, "2") +
                          line(712, "Cake of apples", 130, "4.00")),
            "| Coffee | 3.50 |\n| --- | --- |\n| Tea | 2 |\n| Cake of apples | 4.00 |\n");
}

TEST(PdfLeaders, EntriesOfContentsKeepThree) {
  EXPECT_EQ(page_markdown(line(740, "Rivers", 90, "3") + line(726, "Weirs", 80, "12") +
                          line(712, "Mills and gates", 130, "40")),
            "Rivers ... 3\\\nWeirs ... 12\\\nMills and gates ... 40\n");
}

TEST(PdfLeaders, AreDroppedWithinOneWord) {
  EXPECT_EQ(page_markdown(show(50, 740, 10, "Coffee..........3.50") +
                          show(50, 726, 10, "Cake of apples...4.00") +
                          show(50, 712, 10, "Tea.............2.80")),
            "Coffee 3.50\\\nCake of apples...4.00\\\nTea 2.80\n");
}

TEST(PdfLeaders, ADotThatTouchesTheLabelIsOneOfThem) {
  const std::string page =
      page_markdown(show(50, 740, 10, "Total.") + dots(78, 290, 740) + show(300, 740, 10, "3.50") +
                    line(726, "Tea", 72, "2.80") + line(712, "Cake", 80, "4.00"));
  EXPECT_THAT(page, HasSubstr("| Total | 3.50 |"));
}

TEST(PdfLeaders, WordsMayStandOverThem) {
  const auto row = [](double y, const std::string& first, const std::string& second, double at,
                      const std::string& figures) {
    return show(50, y, 10, first) + show(at, y, 10, second) + dots(50, 290, y, 3.2) +
           show(300, y, 10, figures) + show(360, y, 10, figures);
  };
  EXPECT_EQ(page_markdown(row(740, "Upper", "Mill", 80, "33 003") +
                          row(726, "Lower", "Mill", 82, "33 461") +
                          row(712, "Outer", "Weir", 80, "33 961")),
            "| Upper Mill | 33 003 | 33 003 |\n| --- | --- | --- |\n"
            "| Lower Mill | 33 461 | 33 461 |\n| Outer Weir | 33 961 | 33 961 |\n");
}

// "Maurice" with a raised a, dots below it.
TEST(PdfLeaders, ARaisedMarkMayStandOverThem) {
  const std::string page =
      page_markdown(line(740, "Coffee", 50, "3.50") + line(726, "Tea", 50, "2.80") +
                    show(67.2, 729, 6, "a") + line(712, "Cake of apples", 50, "4.00"));
  EXPECT_THAT(page, HasSubstr("| Tea<sup>a</sup> | 2.80 |"));
}

// White paper hides what is behind the value and below the words (CSS).
TEST(PdfLeaders, MayGoOnBehindTheValue) {
  const auto row = [](double y, const std::string& label, const std::string& value) {
    return dots(50, 400, y, 3.2) + show(50, y, 10, label) + show(260, y, 10, value);
  };
  EXPECT_EQ(page_markdown(row(740, "Soup of the day", "4.50") + row(726, "Bread", "1.20") +
                          row(712, "Cake with cream", "5.10")),
            "| Soup of the day | 4.50 |\n| --- | --- |\n| Bread | 1.20 |\n"
            "| Cake with cream | 5.10 |\n");
}

TEST(PdfLeaders, ARowWithoutAValueHasNone) {
  const std::string page =
      page_markdown(line(740, "Coffee", 90, "3.50") + show(50, 726, 10, "Teas of the day") +
                    dots(130, 290, 726) + line(712, "Cake of apples", 130, "4.00"));
  EXPECT_THAT(page, HasSubstr("Teas of the day"));
  EXPECT_THAT(page, Not(HasSubstr("...")));
  EXPECT_THAT(page, Not(HasSubstr(". .")));
}

TEST(PdfLeaders, APlaceToWriteOnStays) {
  const std::string page =
      page_markdown(show(50, 740, 10, "Name:") + dots(85, 290, 740) + show(300, 740, 10, "Date:") +
                    dots(330, 450, 740) + show(50, 700, 10, "Signature") + dots(100, 290, 700));
  EXPECT_THAT(page, HasSubstr("Name: . . . . . ."));
  EXPECT_THAT(page, HasSubstr("Date: . . . . . ."));
  EXPECT_THAT(page, HasSubstr("Signature . . . . . ."));
}

TEST(PdfLeaders, AnEllipsisStays) {
  EXPECT_EQ(page_markdown(show(50, 740, 10, "He went away ... and never came back ....")),
            "He went away ... and never came back ....\n");
}

}  // namespace
}  // namespace sluice::test
