// SPDX-License-Identifier: Apache-2.0
//
// What recognition drops on a whole page, and what the strokes of letters say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "drawn_page.h"
#include "ocr/bullets.hpp"
#include "ocr/page_words.hpp"
#include "ocr/unread.hpp"

namespace sluice::test {
namespace {

using ocr::PixPtr;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string square(double x, double y, double side) {
  return std::to_string(x) + ' ' + std::to_string(y) + ' ' + std::to_string(side) + ' ' +
         std::to_string(side) + " re f\n";
}

std::string row_of(const std::vector<std::string>& cells) {
  std::string row = "|";
  for (const std::string& cell : cells) row += ' ' + cell + " |";
  return row;
}

TEST(OcrLeftOut, LoneFiguresOfATableWithoutRulesAreRead) {
  const std::vector<std::vector<std::string>> rows = {
      {"Vessel", "Crew", "Pilots", "Tugs"}, {"Northern Star", "24", "1", "2"},
      {"Island Ferry", "9", "4", "7"},      {"Harbour Queen", "31", "2", "5"},
      {"Lighthouse Tender", "6", "3", "4"}, {"Survey Vessel Two", "12", "5", "8"},
      {"Ropes and Anchors", "8", "2", "3"}};
  std::string content = some_text(60, 740);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t k = 0; k < 4; ++k) {
      content += show(k == 0 ? 60 : 160 + 110.0 * static_cast<double>(k),
                      650 - 20.0 * static_cast<double>(i), 10, rows[i][k]);
    }
  }
  const OcrRun run(packed(drawn(content, 300)));
  for (const auto& row : rows) EXPECT_THAT(run.text, HasSubstr(row_of(row)));
}

TEST(OcrLeftOut, NumbersOfLinesStandBesideThem) {
  std::string content;
  const std::array<const char*, 6> lines = {
      "The court sat at ten in the morning.",     "Counsel for the harbour board was heard.",
      "The pilot said that the light was out.",   "Nobody had seen the second vessel then.",
      "The log of the outer light was read out.", "It was closed at four in the afternoon."};
  for (int i = 0; i < 24; ++i) {
    const double y = 740 - 26.0 * i;
    content += show(70, y, 12, std::to_string(i + 1));
    content += show(120, y, 12, lines.at(static_cast<std::size_t>(i % 6)));
  }
  const OcrRun run(packed(drawn(content, 300)));
  int found = 0;
  for (int i = 0; i < 24; ++i) {
    const std::string number = std::to_string(i + 1);
    const std::string line = lines.at(static_cast<std::size_t>(i % 6));
    const bool is_beside = run.text.find(number + ". " + line) != std::string::npos ||
                           run.text.find(number + " " + line) != std::string::npos ||
                           run.text.find("| " + number + " | " + line) != std::string::npos;
    found += is_beside ? 1 : 0;
  }
  EXPECT_GE(found, 22) << run.text;  // "1" and "7" alone may be misread
}

TEST(OcrLeftOut, SmallSquaresBeforeLinesAreBullets) {
  std::string content = some_text(60, 720);
  const std::array<const char*, 4> items = {
      "Explain why the light is kept all night.", "Name the parts of a pilot ladder in order.",
      "Describe three kinds of harbour tugs.", "Use the radio with care, inside and outside."};
  double y = 650;
  for (const char* item : items) {
    content += square(84, y + 2.8, 2) + show(96, y, 12, item);
    y -= 16;
  }
  const OcrRun run(packed(drawn(content, 300)));
  for (const char* item : items) EXPECT_THAT(run.text, HasSubstr(std::string("- ") + item + "\n"));
}

// A line of text whose word recognition found, and not the signs that are drawn before it.
std::vector<ocr::ReadWord> words_beside(const std::string& signs) {
  const ocr::PageImage page =
      ocr::make_page_image(drawn(show(96, 640, 12, "Ladders") + signs, 300), 0);
  const auto pixels = [](double points) { return static_cast<int>(points * 300 / 72); };
  ocr::ReadWord word;
  word.text = "Ladders";
  word.x0 = pixels(96);
  word.x1 = pixels(141);
  word.y0 = pixels(800 - 649);
  word.y1 = pixels(800 - 640);
  word.baseline = static_cast<float>(word.y1);
  word.row_height = static_cast<float>(pixels(11));
  word.confidence = 95;
  std::vector<ocr::ReadWord> words = {word};
  ocr::add_bullets(page.ink.get(), ocr::unread_marks(page, words, {}), words);
  return words;
}

TEST(OcrLeftOut, DiscsAndDashesBeforeALineAreItsBullets) {
  const auto square_before = words_beside(square(82, 642.4, 2.6));
  ASSERT_EQ(square_before.size(), 2U);
  EXPECT_EQ(square_before[0].text, "\u2022");
  EXPECT_EQ(square_before[0].line, square_before[1].line);
  const auto dash_before = words_beside("82 642.5 6 0.8 re f\n");
  ASSERT_EQ(dash_before.size(), 2U);
  EXPECT_EQ(dash_before[0].text, "\u2013");
}

TEST(OcrLeftOut, OtherMarksBeforeALineAreNone) {
  EXPECT_EQ(words_beside(square(82, 640, 1)).size(), 1U) << "a full stop";
  EXPECT_EQ(words_beside(square(40, 642.4, 2.6)).size(), 1U) << "far away";
  EXPECT_EQ(words_beside(square(82, 650, 2.6)).size(), 1U) << "above the line";
  EXPECT_EQ(words_beside(square(82, 642.4, 2.6) + square(74, 642.4, 2.6)).size(), 1U)
      << "dots of a leader";
}

TEST(OcrLeftOut, LinesMayBeBoldInPart) {
  const OcrRun run(
      packed(drawn(some_text(60, 720) + show(60, 640, 12, "Date of arrival:", Font::kBold) +
                       show(165, 640, 12, "the second of March, in the morning") +
                       some_text(60, 600) + some_text(60, 540),
                   300)));
  EXPECT_THAT(run.text, AllOf(HasSubstr("**Date of arrival:** the second of March"),
                              Not(HasSubstr("# Date of"))));
}

float size_of_word(int blank_below) {
  ocr::PageImage page;
  page.ink = PixPtr(pixCreate(600, 400, 1));
  page.grey = PixPtr(pixConvertTo8(page.ink.get(), 0));
  page.letters = PixPtr(pixCopy(nullptr, page.grey.get()));
  page.dpi_is_known = true;
  pixRasterop(page.ink.get(), 100, 100, 120, 30, PIX_SET, nullptr, 0, 0);
  ocr::ReadWord word;
  word.text = "where";
  word.x0 = 100;
  word.y0 = 100;
  word.x1 = 220;
  word.y1 = 130 + blank_below;
  word.baseline = 130;
  word.row_height = 40;
  word.confidence = 95;
  ocr::Reading reading;
  reading.words = {word};
  return ocr::page_content(page, reading, 1).words.at(0).size;
}

TEST(OcrLeftOut, BlankBelowAWordDoesNotMakeItLarger) {
  EXPECT_FLOAT_EQ(size_of_word(15), size_of_word(0));
}

// Strokes of two pixels, as those of a light face are, have no inside.
TEST(OcrLeftOut, LinesOfALightFaceMayBeBoldInPart) {
  std::string content;
  for (int i = 0; i < 6; ++i) {
    content +=
        show(60, 700 - 14 * i, 10, "the pilot keeps a ledger for each of the vessels", Font::kMono);
  }
  content += show(60, 580, 10, "Purpose of the trip:", Font::kBold) +
             show(165, 580, 10, "a visit to the outer lights", Font::kMono);
  const OcrRun run(packed(drawn(content, 300)));
  EXPECT_THAT(run.text, HasSubstr("**Purpose of the trip:** a visit to the outer lights"));
}

}  // namespace
}  // namespace sluice::test
