// SPDX-License-Identifier: Apache-2.0
//
// Pages that are read otherwise if one measure of the layout is another.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pdf_maker.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;

std::string grid(const std::vector<double>& xs, const std::vector<double>& ys) {
  std::string content;
  for (const double x : xs) content += rule(x, ys.front(), x, ys.back());
  for (const double y : ys) content += rule(xs.front(), y, xs.back(), y);
  return content;
}

// Two rows of a ruled table, with a column between whose cells are empty.
std::string table_with_an_empty_column(double width) {
  const double right = 150 + width;
  return grid({50, 150, right, right + 100}, {720, 700, 680}) + show(55, 706, 10, "gate") +
         show(right + 5, 706, 10, "1.20") + show(55, 686, 10, "weir") +
         show(right + 5, 686, 10, "2.40") + show(55, 600, 10, "below the table");
}

// Word draws the padding of a cell as a column of its own; a form has columns to write in.
TEST(PdfMeasures, AnEmptyColumnIsOneIfItIsWideEnoughToWriteIn) {
  EXPECT_THAT(page_markdown(table_with_an_empty_column(20)), HasSubstr("| gate | | 1.20 |"));
  EXPECT_THAT(page_markdown(table_with_an_empty_column(8)), HasSubstr("| gate | 1.20 |"));
}

std::string column_at(double x, const std::string& name) {
  return show_lines(x, 700, 10,
                    {name + " rises in the hills above the", "old mill and runs for miles through",
                     "meadows before it reaches the weir", "where its water has been measured."});
}

// A picture behind the whole page, as in a presentation, does not part what is on it.
TEST(PdfMeasures, APictureBehindTextStandsBeforeIt) {
  PdfMaker maker;
  const int image = maker.add_stream(
      "/Type /XObject /Subtype /Image /Width 32 /Height 32 /ColorSpace /DeviceRGB "
      "/BitsPerComponent 8",
      std::string(32 * 32 * 3, '\x40'));
  maker.add_page("q 540 0 0 760 30 20 cm /Im Do Q\n" + column_at(60, "The brook") +
                     column_at(320, "The river"),
                 "/XObject << /Im " + std::to_string(image) + " 0 R >>");
  EXPECT_THAT(
      PdfRun(maker.make()).markdown(),
      ::testing::MatchesRegex("!\\[\\]\\(images/paper/[^)]+\\)\n\nThe brook .*weir where its "
                              "water has been measured\\.\n\nThe river .*\n"));
}

}  // namespace
}  // namespace sluice::test
