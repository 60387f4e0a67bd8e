// SPDX-License-Identifier: Apache-2.0
//
// Lines that were drawn beside, under and through text are no letters.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drawn_page.h"
#include "ocr/strokes.hpp"

namespace sluice::test {
namespace {

using ocr::PixPtr;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string frame_of(const std::vector<double>& columns, double top, double height, int rows) {
  std::string content;
  for (int row = 0; row <= rows; ++row) {
    content += rule(columns.front(), top - row * height, columns.back(), top - row * height);
  }
  for (const double x : columns) content += rule(x, top - rows * height, x, top);
  return content;
}

// Rows of 13 points, text two points from the rules: "|" and "}" stood before dates, and words were
// lost.
TEST(OcrDrawnLines, RulesOfATightTableAreNoLetters) {
  const std::vector<double> columns = {40, 104, 168, 330, 400};
  std::string content = frame_of(columns, 700, 13, 9);
  const std::vector<std::vector<std::string>> rows = {
      {"Notice", "Received", "Company", "Crew"},
      {"06/22/2015", "07/01/2015", "Harbour Instruments", "150"},
      {"06/30/2015", "07/01/2015", "Bell and Sons Limited", "137"},
      {"07/01/2015", "07/02/2015", "Northern Mills", "90"},
      {"07/02/2015", "07/06/2015", "Lighthouse Supplies", "72"},
      {"07/06/2015", "07/07/2015", "Ferry Terminals", "55"},
      {"07/07/2015", "07/07/2015", "Island Fisheries", "41"},
      {"07/08/2015", "07/10/2015", "Ropes and Anchors", "99"},
      {"07/09/2015", "07/10/2015", "Pilots of the Bay", "60"}};
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t column = 0; column < rows[row].size(); ++column) {
      content +=
          show(columns[column] + 2, 690 - 13 * static_cast<double>(row), 10, rows[row][column]);
    }
  }
  const OcrRun run(packed(drawn(content, 300)));
  for (const auto& row : rows) {
    std::string expected = "|";
    for (const std::string& cell : row) expected += " " + cell + " |";
    EXPECT_THAT(run.text, HasSubstr(expected + "\n"));
  }
}

// Rows of figures without rules between them: each cell has several lines, and the lines of one row
// are at one height.
TEST(OcrDrawnLines, LinesOfCellsAreRowsAcrossThem) {
  const std::vector<double> columns = {40, 140, 200, 260, 320};
  std::string content = frame_of(columns, 700, 15, 1) + frame_of(columns, 685, 64, 1);
  const std::vector<std::vector<std::string>> rows = {{"State", "Permits", "Pistols", "Rifles"},
                                                      {"Georgia", "14,111", "758", "1,772"},
                                                      {"Guam", "0", "3", "1"},
                                                      {"Hawaii", "1,248", "0", "0"},
                                                      {"Idaho", "1,944", "189", "273"},
                                                      {"Illinois", "87,190", "1,032", "0"}};
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const double y = row == 0 ? 689 : 685 - 12 * static_cast<double>(row);
    for (std::size_t column = 0; column < 4; ++column) {
      content += show(columns[column] + 4, y, 9, rows[row][column]);
    }
  }
  const OcrRun run(packed(drawn(content, 300)));
  for (const auto& row : rows) {
    std::string expected = "|";
    for (const std::string& cell : row) expected += " " + cell + " |";
    EXPECT_THAT(run.text, HasSubstr(expected + "\n"));
  }
}

// The sides of the head's cells are shorter than many a letter's stem.
TEST(OcrDrawnLines, ALowHeadWithSidesIsARowOfCells) {
  const std::vector<double> columns = {40, 160, 250, 380, 520};
  std::string content = frame_of(columns, 700, 15, 1);
  content += rule(40, 670, 520, 670) + rule(40, 670, 40, 685) + rule(520, 670, 520, 685);
  const std::vector<std::string> head = {"Document type", "Name", "Updated on", "Visibility"};
  for (std::size_t i = 0; i < head.size(); ++i) content += show(columns[i] + 4, 689, 10, head[i]);
  content += show(44, 674, 10, "No results");
  const OcrRun run(packed(drawn(content + some_text(40, 620), 300)));
  EXPECT_THAT(run.text, HasSubstr("| Document type | Name | Updated on | Visibility |\n"));
  EXPECT_THAT(run.text, HasSubstr("| No results |"));
}

TEST(OcrDrawnLines, UnderlinesLeaveTheTailsOfLetters) {
  const OcrRun run(packed(drawn(show(60, 700, 14, "Going by ferry: a gypsy's quay, pages 6 to 9") +
                                    rule(60, 697.5, 345, 697.5) + some_text(60, 640),
                                300)));
  EXPECT_THAT(run.text, HasSubstr("Going by ferry: a gypsy's quay, pages 6 to 9"));
}

// Lines to write on, and one through the margin.
TEST(OcrDrawnLines, LinesToWriteOnAreLeftOut) {
  const OcrRun run(packed(drawn(show(60, 700, 12, "Name of the ship") + rule(160, 698, 400, 698) +
                                    show(60, 670, 12, "Home port") + rule(160, 668, 400, 668) +
                                    rule(50, 300, 50, 780) + some_text(60, 600),
                                300)));
  EXPECT_THAT(run.text, AllOf(HasSubstr("Name of the ship"), HasSubstr("Home port"),
                              Not(HasSubstr("_")), Not(HasSubstr("|"))));
}

PixPtr blank_ink() {
  return PixPtr(pixCreate(900, 900, 1));
}

void paint(const PixPtr& ink, int x, int y, int width, int height) {
  pixRasterop(ink.get(), x, y, width, height, PIX_SET, nullptr, 0, 0);
}

// How much of the ink is left once the strokes in it are erased.
int left_of(const PixPtr& ink) {
  const PixPtr grey(pixConvertTo8(ink.get(), 0));
  ocr::erase_strokes(ocr::strokes_in(ink.get(), 300), ink.get(), grey.get());
  l_int32 count = 0;
  pixCountPixels(ink.get(), &count, nullptr);
  return count;
}

TEST(OcrDrawnLines, StemsOfLargeLettersAreNoRules) {
  const PixPtr ink = blank_ink();
  paint(ink, 100, 100, 10, 140);  // an "l" of 46 points, in a light face
  EXPECT_EQ(left_of(ink), 10 * 140);
  const PixPtr thin = blank_ink();
  paint(thin, 100, 100, 4, 140);
  EXPECT_EQ(left_of(thin), 0);
}

// Serifs of a line of letters with hardly a gap between them.
TEST(OcrDrawnLines, FeetOfLettersAreNoRule) {
  const PixPtr ink = blank_ink();
  paint(ink, 100, 200, 400, 4);
  for (int x = 100; x < 500; x += 20) paint(ink, x, 160, 9, 40);
  EXPECT_EQ(left_of(ink), 400 * 4 + 20 * 9 * 40);
}

TEST(OcrDrawnLines, CornersOfAFrameAreErased) {
  const PixPtr ink = blank_ink();
  paint(ink, 100, 100, 300, 4);
  paint(ink, 100, 400, 300, 4);
  paint(ink, 100, 100, 4, 304);
  paint(ink, 398, 100, 4, 304);
  EXPECT_EQ(left_of(ink), 0);
}

TEST(OcrDrawnLines, LinesOfTurnedPagesAreTurnedWithThem) {
  const std::vector<double> columns = {60, 200, 340};
  std::string content = frame_of(columns, 700, 30, 3);
  const std::vector<std::vector<std::string>> rows = {
      {"Harbour", "Depth"}, {"Northern basin", "12 metres"}, {"Southern basin", "9 metres"}};
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t column = 0; column < 2; ++column) {
      content +=
          show(columns[column] + 6, 680 - 30 * static_cast<double>(row), 12, rows[row][column]);
    }
  }
  content += some_text(60, 560) + some_text(60, 500) + some_text(60, 440);
  for (int quarters = 1; quarters <= 3; ++quarters) {
    const OcrRun run(packed(PixPtr(pixRotateOrth(drawn(content, 200).get(), quarters))));
    EXPECT_THAT(run.text, HasSubstr("| Northern basin | 12 metres |")) << quarters;
  }
}

}  // namespace
}  // namespace sluice::test
