// SPDX-License-Identifier: Apache-2.0
//
// Filled boxes: what parts the cells of a table is the end of a colour, and letters on it may be
// white.
#include "ocr/fills.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drawn_page.h"

namespace sluice::test {
namespace {

using ocr::Fill;
using ocr::PixPtr;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string filled(const std::string& grey, double x, double y, double width, double height) {
  return grey + " g " + std::to_string(x) + ' ' + std::to_string(y) + ' ' + std::to_string(width) +
         ' ' + std::to_string(height) + " re f 0 g\n";
}

const std::vector<std::vector<std::string>> kRows = {{"Harbour", "Depth", "Berths", "Light"},
                                                     {"Northern basin", "12 metres", "31", "red"},
                                                     {"Southern basin", "9 metres", "44", "green"},
                                                     {"Fish dock", "6 metres", "12", "white"}};

// A dark head with white letters, grey cells, and a point of paper between all of them.
std::string table_of_fills(double x, double y) {
  std::string content;
  for (std::size_t row = 0; row < kRows.size(); ++row) {
    for (std::size_t column = 0; column < kRows[row].size(); ++column) {
      const double left = x + 110 * static_cast<double>(column);
      const double bottom = y - 21 * static_cast<double>(row);
      content += filled(row == 0 ? "0.2" : column == 0 ? "0.9" : "0.94", left, bottom, 109, 20);
      content += row == 0 ? "1 g " : "";
      content += show(left + 5, bottom + 6, 10, kRows[row][column]) + " 0 g\n";
    }
  }
  return content;
}

void expect_rows(const std::string& text) {
  for (const auto& row : kRows) {
    std::string expected = "|";
    for (const std::string& cell : row) expected += " " + cell + " |";
    EXPECT_THAT(text, HasSubstr(expected + "\n"));
  }
}

TEST(OcrFills, ColoursPartTheCellsOfATable) {
  const OcrRun run(packed(drawn(table_of_fills(60, 650) + some_text(60, 500), 300)));
  expect_rows(run.text);
}

TEST(OcrFills, AlsoOnASkewedPage) {
  const PixPtr page = drawn(some_text(60, 740) + table_of_fills(60, 650) + some_text(60, 500) +
                                some_text(60, 440) + some_text(60, 380),
                            300);
  const PixPtr skewed(
      pixRotate(page.get(), 0.7F * 3.14159F / 180, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
  expect_rows(OcrRun(packed(skewed)).text);
}

TEST(OcrFills, LettersMayBeWhiteOrBlack) {
  const OcrRun run(packed(drawn(
      filled("0.15", 40, 690, 500, 40) + "1 g " + show(60, 705, 16, "Tides of the outer harbour") +
          " 0 g\n" + filled("0.6", 40, 640, 500, 30) +
          show(60, 650, 11, "High water in the evening") + some_text(60, 560),
      300)));
  EXPECT_THAT(run.text, AllOf(HasSubstr("Tides of the outer harbour"),
                              HasSubstr("High water in the evening")));
}

PixPtr paper() {
  PixPtr page(pixCreate(1200, 900, 8));
  pixSetAllArbitrary(page.get(), 255);
  return page;
}

void paint(const PixPtr& page, int x, int y, int width, int height, l_uint32 level) {
  Box* box = boxCreate(x, y, width, height);
  pixSetInRectArbitrary(page.get(), box, level);
  boxDestroy(&box);
}

TEST(OcrFills, ABoxIsFoundWithItsPlaceAndItsGrey) {
  const PixPtr page = paper();
  paint(page, 100, 200, 300, 60, 210);
  const std::vector<Fill> fills = ocr::fills_in(page.get(), 300);
  ASSERT_THAT(fills, SizeIs(1));
  EXPECT_EQ(fills[0].level, 210);
  EXPECT_EQ(fills[0].area.x, 100);
  EXPECT_EQ(fills[0].area.y, 200);
  EXPECT_EQ(fills[0].area.width, 300);
  EXPECT_EQ(fills[0].area.height, 60);
  EXPECT_THAT(ocr::edges_of(fills, page.get()), SizeIs(4));
}

TEST(OcrFills, LettersRulesAndRoundAreasAreNoBoxes) {
  const PixPtr page = paper();
  for (int x = 100; x < 1100; x += 20) paint(page, x, 100, 9, 140, 0);  // stems
  paint(page, 100, 300, 900, 8, 0);                                     // a rule
  for (int y = -100; y <= 100; ++y) {                                   // a diamond
    paint(page, 500 - (100 - std::abs(y)), 600 + y, 2 * (100 - std::abs(y)) + 1, 1, 128);
  }
  EXPECT_THAT(ocr::fills_in(page.get(), 300), IsEmpty());
}

// All greys, as in a photo: none of them is that of a box.
TEST(OcrFills, APhotoHasNone) {
  const PixPtr page = paper();
  std::uint32_t noise = 1;
  for (int y = 200; y < 700; ++y) {
    for (int x = 200; x < 1000; ++x) {
      noise = noise * 1664525 + 1013904223;
      pixSetPixel(page.get(), x, y, noise >> 24);
    }
  }
  EXPECT_THAT(ocr::fills_in(page.get(), 300), IsEmpty());
}

TEST(OcrFills, ABackgroundHasNoEdges) {
  const PixPtr page = paper();
  paint(page, 20, 20, 1160, 860, 40);
  paint(page, 100, 100, 1000, 700, 255);  // most of the page: the paper
  const std::vector<Fill> frame = {{{20, 20, 1160, 860}, 40}};
  EXPECT_THAT(ocr::edges_of(frame, page.get()), IsEmpty());
}

l_uint32 level_at(const PixPtr& page, int x, int y) {
  l_uint32 value = 0;
  pixGetPixel(page.get(), x, y, &value);
  return value;
}

TEST(OcrFills, AWhitenedBoxHasBlackLettersAndNoEdge) {
  const PixPtr page = paper();
  paint(page, 99, 99, 302, 62, 180);  // the soft edge that drawing leaves
  paint(page, 100, 100, 300, 60, 50);
  paint(page, 150, 115, 10, 30, 255);  // a white letter
  ocr::whiten_fills(ocr::fills_in(page.get(), 300), page.get());
  EXPECT_EQ(level_at(page, 155, 130), 0U);
  EXPECT_EQ(level_at(page, 300, 130), 255U);
  EXPECT_EQ(level_at(page, 99, 130), 255U);
  EXPECT_EQ(level_at(page, 400, 130), 255U);
}

}  // namespace
}  // namespace sluice::test
