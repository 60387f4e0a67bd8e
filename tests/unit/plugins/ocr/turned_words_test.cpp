// SPDX-License-Identifier: Apache-2.0
//
// Words that stand turned among level ones.
#include "ocr/turned_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drawn_page.h"

namespace sluice::test {
namespace {

using ocr::Area;
using ocr::PixPtr;
using ocr::ReadWord;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Running up the page from (x, y), or down.
std::string show_turned(double x, double y, double size, const std::string& text, bool is_up) {
  std::string content = show(0, 0, size, text);
  const std::string level = "1 0 0 1 0 0 Tm";
  const std::string turned =
      (is_up ? "0 1 -1 0 " : "0 -1 1 0 ") + std::to_string(x) + ' ' + std::to_string(y) + " Tm";
  return content.replace(content.find(level), level.size(), turned);
}

TEST(OcrTurnedWords, TheHeadOfANarrowColumnIsRead) {
  for (const bool is_up : {true, false}) {
    std::string content = some_text(60, 740) + show(60, 640, 10, "Ship") +
                          show(260, 640, 10, "Draught") +
                          show_turned(is_up ? 214 : 206, is_up ? 634 : 666, 10, "Pilot", is_up);
    const std::vector<std::string> ships = {"Northern Star", "Grey Gull", "Maid of the Bay"};
    for (std::size_t i = 0; i < ships.size(); ++i) {
      const double y = 618 - 16 * static_cast<double>(i);
      content += show(60, y, 10, ships[i]) + show(260, y, 10, std::to_string(i + 4) + ".20");
    }
    const OcrRun run(packed(drawn(content + some_text(60, 500), 300)));
    EXPECT_THAT(run.text, AllOf(HasSubstr("Pilot"), HasSubstr("Draught"), HasSubstr("Grey Gull")))
        << is_up;
  }
}

// Eight marks above each other, so many pixels apart.
std::vector<Area> places_of_column(int apart) {
  ocr::PageImage page;
  page.ink = PixPtr(pixCreate(600, 600, 1));
  for (int i = 0; i < 8; ++i) {
    pixRasterop(page.ink.get(), 300, 20 + i * (28 + apart), 20, 28, PIX_SET, nullptr, 0, 0);
  }
  return ocr::turned_places(page, {}, 38);
}

// Figures of a column are as close as lines of text are; letters of a word are closer.
TEST(OcrTurnedWords, AColumnOfFiguresIsNoTurnedWord) {
  EXPECT_THAT(places_of_column(20), IsEmpty());
  EXPECT_THAT(places_of_column(6), SizeIs(1));
}

ReadWord word_at(int x, int y, int width, int height, const std::string& text, float confidence) {
  ReadWord word;
  word.text = text;
  word.x0 = x;
  word.y0 = y;
  word.x1 = x + width;
  word.y1 = y + height;
  word.confidence = confidence;
  return word;
}

const Area kPlace = {100, 100, 30, 120};

std::vector<ReadWord> letters_of_place() {
  return {word_at(105, 105, 20, 25, "Q", 60), word_at(105, 140, 20, 25, "f", 70),
          word_at(300, 140, 90, 25, "harbour", 95)};
}

TEST(OcrTurnedWords, ASureTurnedWordReplacesItsLetters) {
  std::vector<ReadWord> words = letters_of_place();
  ocr::choose_turned(kPlace, {word_at(100, 100, 30, 120, "Info", 95)}, words);
  ASSERT_THAT(words, SizeIs(2));
  EXPECT_EQ(words[0].text, "harbour");
  EXPECT_EQ(words[1].text, "Info");
}

TEST(OcrTurnedWords, DoubtfulOnesAndFiguresDoNot) {
  std::vector<ReadWord> words = letters_of_place();
  ocr::choose_turned(kPlace, {word_at(100, 100, 30, 120, "Pid", 60)}, words);
  ocr::choose_turned(kPlace, {word_at(100, 100, 30, 120, "ab", 99)}, words);
  EXPECT_THAT(words, SizeIs(3));
  std::vector<ReadWord> figures = {word_at(105, 100, 20, 25, "12", 96),
                                   word_at(105, 130, 20, 25, "15", 96)};
  ocr::choose_turned(kPlace, {word_at(100, 100, 30, 120, "NLn", 90)}, figures);
  EXPECT_THAT(figures, SizeIs(2));
}

}  // namespace
}  // namespace sluice::test
