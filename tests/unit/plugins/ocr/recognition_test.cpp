// SPDX-License-Identifier: Apache-2.0
//
// Clean pages, and what scanners and cameras do to them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

#include "drawn_page.h"
#include "ocr/recognize.hpp"

namespace sluice::test {
namespace {

using ocr::PixPtr;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kSentence =
    "The harbour office keeps two ledgers for all vessels that pass the outer light, with the "
    "hour and the name of the pilot.";

TEST(OcrRecognition, ReadsLinesAsOneParagraph) {
  const OcrRun run(packed(drawn(some_text(80, 600))));
  EXPECT_EQ(run.outcome, Outcome::kOk) << run.job->reason();
  EXPECT_EQ(run.text, std::string(kSentence) + "\n");
}

TEST(OcrRecognition, LargerLinesAreHeadings) {
  const OcrRun run(
      packed(drawn(show(80, 700, 24, "Harbour report", Font::kBold) + some_text(80, 650) +
                   show(80, 580, 16, "PILOTS", Font::kBold) + some_text(80, 550))));
  EXPECT_THAT(run.text, AllOf(HasSubstr("# Harbour report\n"), HasSubstr("## PILOTS\n")));
}

TEST(OcrRecognition, CapitalsOfTheSameSizeAreNoHeading) {
  const OcrRun run(
      packed(drawn(some_text(80, 700) + show(80, 650, 12, "NO ENTRY WITHOUT A PASS TODAY") +
                   some_text(80, 620))));
  EXPECT_THAT(run.text, AllOf(HasSubstr("NO ENTRY WITHOUT A PASS TODAY"), Not(HasSubstr("#"))));
}

TEST(OcrRecognition, BoldLinesOfTheSameSizeAreHeadings) {
  const OcrRun run(packed(drawn(
      show(80, 720, 12, "Pumps and valves", Font::kBold) + some_text(80, 695) + some_text(80, 645) +
          show(80, 590, 12, "Spare parts", Font::kBold) + some_text(80, 565) + some_text(80, 515),
      300)));
  EXPECT_THAT(run.text, AllOf(HasSubstr("# Pumps and valves\n"), HasSubstr("# Spare parts\n")));
}

TEST(OcrRecognition, ColumnsAreReadOneAfterAnother) {
  const OcrRun run(
      packed(drawn(some_text(40, 700, 10) +
                   show_lines(330, 700, 10,
                              {"Right of it stands the mill, which",
                               "ground rye until the last miller", "left for the city."}))));
  EXPECT_LT(run.text.find("name of the pilot."), run.text.find("Right of it")) << run.text;
  EXPECT_THAT(run.text, HasSubstr("stands the mill, which ground rye until the last miller left"));
}

TEST(OcrRecognition, DiscsBeforeLinesAreBullets) {
  std::string content = some_text(60, 720);
  const std::array<const char*, 4> items = {"Fax and telephone", "Mail to the harbour office",
                                            "Every pilot in the northern basin", "Ropes"};
  double y = 650;
  for (const char* item : items) {
    content += show(70, y, 12, "\x95") + show(86, y, 12, item);
    y -= 22;
  }
  const OcrRun run(packed(drawn(content, 300)));
  for (const char* item : items) EXPECT_THAT(run.text, HasSubstr(std::string("- ") + item + "\n"));
}

TEST(OcrRecognition, RuledTablesAreTables) {
  std::string content;
  for (const int y : {700, 670, 640, 610}) content += rule(80, y, 440, y);
  for (const int x : {80, 200, 320, 440}) content += rule(x, 610, x, 700);
  const std::array<std::array<const char*, 3>, 3> rows = {{{"Part", "Number", "Price"},
                                                           {"Seal ring", "B-1042", "4.75"},
                                                           {"Impeller", "A-3310", "189.90"}}};
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t column = 0; column < 3; ++column) {
      content += show(90 + 120.0 * static_cast<double>(column),
                      680 - 30.0 * static_cast<double>(row), 12, rows[row][column]);
    }
  }
  const OcrRun run(packed(drawn(content, 300)));
  EXPECT_THAT(run.text, AllOf(HasSubstr("| Part | Number | Price |"),
                              HasSubstr("| Seal ring | B-1042 | 4.75 |"),
                              HasSubstr("| Impeller | A-3310 | 189.90 |")));
}

TEST(OcrRecognition, TurnedPagesAreReadUpright) {
  for (int quarters = 1; quarters <= 3; ++quarters) {
    const PixPtr page = drawn(some_text(80, 700) + some_text(80, 600) + some_text(80, 500));
    const OcrRun run(packed(PixPtr(pixRotateOrth(page.get(), quarters))));
    EXPECT_EQ(run.outcome, Outcome::kOk) << quarters << ": " << run.job->reason();
    EXPECT_THAT(run.text, HasSubstr(kSentence)) << quarters;
  }
}

TEST(OcrRecognition, SkewedLinesAreStraightened) {
  for (const float degrees : {-4.0F, -1.0F, 1.0F, 3.0F}) {
    const PixPtr page =
        drawn(some_text(80, 700) + some_text(80, 640) + some_text(80, 580) + some_text(80, 520));
    const PixPtr skewed(
        pixRotate(page.get(), degrees * 3.14159F / 180, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
    const OcrRun run(packed(skewed));
    EXPECT_THAT(run.text, HasSubstr(kSentence)) << degrees;
  }
}

TEST(OcrRecognition, WhiteOnBlackIsRead) {
  const OcrRun run(packed(PixPtr(pixInvert(nullptr, drawn(some_text(80, 600)).get()))));
  EXPECT_EQ(run.text, std::string(kSentence) + "\n");
}

TEST(OcrRecognition, PaleLettersOnGreyPaperAreRead) {
  const PixPtr page = drawn(some_text(80, 600));
  // Black becomes a grey of 150, white one of 210.
  for (int y = 0; y < pixGetHeight(page.get()); ++y) {
    for (int x = 0; x < pixGetWidth(page.get()); ++x) {
      l_uint32 level = 0;
      pixGetPixel(page.get(), x, y, &level);
      pixSetPixel(page.get(), x, y, 150 + level * 60 / 255);
    }
  }
  const OcrRun run(packed(page));
  EXPECT_EQ(run.text, std::string(kSentence) + "\n");
}

TEST(OcrRecognition, LettersOfAllSizesAreRead) {
  // From 7 pixels for a capital to 80.
  for (const int dpi : {72, 100, 150, 300, 400}) {
    const OcrRun run(packed(drawn(some_text(60, 600, 14), dpi)));
    EXPECT_THAT(run.text, HasSubstr("office keeps two ledgers for all vessels")) << dpi;
  }
}

TEST(OcrRecognition, AllFormatsAreRead) {
  const PixPtr page = drawn(some_text(80, 600), 150);
  for (const int format :
       {IFF_PNG, IFF_JFIF_JPEG, IFF_TIFF, IFF_TIFF_LZW, IFF_TIFF_ZIP, IFF_WEBP, IFF_BMP, IFF_GIF}) {
    const OcrRun run(packed(page, format));
    EXPECT_THAT(run.text, HasSubstr("keeps two ledgers for all vessels"))
        << format << run.job->reason();
  }
  const PixPtr black(pixConvertTo1(page.get(), 160));
  for (const int format : {IFF_TIFF_G3, IFF_TIFF_G4, IFF_PNG, IFF_BMP}) {
    const OcrRun run(packed(black, format));
    EXPECT_THAT(run.text, HasSubstr("keeps two ledgers for all vessels"))
        << format << run.job->reason();
  }
}

TEST(OcrRecognition, WhatIsTransparentIsPaper) {
  PixPtr page(pixConvertTo32(drawn(some_text(80, 600), 150).get()));
  const PixPtr ink(pixConvertTo8(page.get(), 0));
  const PixPtr alpha(pixInvert(nullptr, ink.get()));
  pixSetAll(page.get());
  const PixPtr black(pixCreate(pixGetWidth(page.get()), pixGetHeight(page.get()), 32));
  pixSetRGBComponent(black.get(), const_cast<Pix*>(alpha.get()), L_ALPHA_CHANNEL);
  pixSetSpp(black.get(), 4);
  const OcrRun run(packed(black, IFF_PNG));
  EXPECT_THAT(run.text, HasSubstr("keeps two ledgers for all vessels"));
}

TEST(OcrRecognition, PagesOfATiffAreMarked) {
  std::vector<PixPtr> pages;
  for (const char* word : {"First", "Second", "Third"}) {
    pages.push_back(drawn(
        show(80, 700, 12, std::string(word) + " page of the long report.") + some_text(80, 600),
        150));
  }
  const OcrRun run(packed_tiff(pages));
  EXPECT_EQ(run.outcome, Outcome::kOk) << run.job->reason();
  EXPECT_THAT(run.text, AllOf(HasSubstr("<!-- page 1 -->\n\nFirst page"),
                              HasSubstr("<!-- page 2 -->\n\nSecond page"),
                              HasSubstr("<!-- page 3 -->\n\nThird page")));
  EXPECT_THAT(OcrRun(packed_tiff(pages), R"("page_markers":false)").text, Not(HasSubstr("<!--")));
}

TEST(OcrRecognition, PagesWithoutTextLeaveTheOthers) {
  std::vector<PixPtr> pages;
  pages.push_back(drawn("", 150));
  pages.push_back(drawn(some_text(80, 600), 150));
  const OcrRun run(packed_tiff(pages));
  EXPECT_EQ(run.outcome, Outcome::kOk);
  EXPECT_THAT(run.text, HasSubstr("<!-- page 2 -->\n\nThe harbour"));
}

TEST(OcrRecognition, BlankPagesAreEmpty) {
  for (const int level : {0, 128, 255}) {
    PixPtr page(pixCreate(800, 1000, 8));
    pixSetAllArbitrary(page.get(), static_cast<l_uint32>(level));
    const OcrRun run(packed(page));
    EXPECT_EQ(run.outcome, Outcome::kEmpty) << level;
  }
  EXPECT_EQ(OcrRun(packed(drawn(rule(50, 50, 500, 500) + rule(100, 50, 100, 600)))).outcome,
            Outcome::kEmpty);
}

TEST(OcrRecognition, PhotosAreEmpty) {
  std::mt19937 random(7);
  PixPtr photo(pixCreate(900, 700, 32));
  for (int y = 0; y < 700; ++y) {
    for (int x = 0; x < 900; ++x) {
      const unsigned level =
          90 + static_cast<unsigned>(60 * (1 + std::sin(x / 37.0) * std::cos(y / 23.0))) +
          static_cast<unsigned>(random() % 12);
      pixSetRGBPixel(photo.get(), x, y, static_cast<int>(level), static_cast<int>(level * 3 / 4),
                     static_cast<int>(level / 2));
    }
  }
  const OcrRun run(packed(photo, IFF_JFIF_JPEG));
  EXPECT_EQ(run.outcome, Outcome::kEmpty) << run.text;
  EXPECT_THAT(run.job->reason(), HasSubstr("no text"));
}

TEST(OcrRecognition, DoubtfulPagesMakeThePicturePartial) {
  const OcrRun run(packed(drawn(some_text(80, 600))), R"("least_confidence":100)");
  EXPECT_EQ(run.outcome, Outcome::kPartial);
  EXPECT_THAT(run.job->reason(), HasSubstr("less than 100 % confidence"));
  std::vector<PixPtr> pages;
  pages.push_back(drawn("", 100));
  pages.push_back(drawn(some_text(80, 600), 100));
  const OcrRun two(packed_tiff(pages), R"("least_confidence":100)");
  EXPECT_THAT(two.job->reason(), HasSubstr(": page 2"));
}

TEST(OcrRecognition, LanguagesThatAreNotThereAreNamedWithTheirPackage) {
  const OcrRun run(packed(drawn(some_text(80, 600), 100)), R"("languages":"eng+tlh_piqad")");
  EXPECT_EQ(run.outcome, Outcome::kMissingDependency);
  EXPECT_THAT(run.job->reason(), HasSubstr("apt install tesseract-ocr-tlh-piqad"));
}

TEST(OcrRecognition, PagesBehindTheDocumentsTimeAreNamed) {
  std::vector<PixPtr> pages;
  for (int i = 0; i < 3; ++i) pages.push_back(drawn(some_text(80, 600), 150));
  const OcrRun none(packed_tiff(pages), R"("document_seconds":0)");
  EXPECT_EQ(none.outcome, Outcome::kLimit);
  EXPECT_THAT(none.job->reason(), HasSubstr("document_seconds"));
  // A first page that takes longer than all may take.
  std::string dense;
  for (int y = 780; y > 20; y -= 7) {
    for (int x = 20; x < 560; x += 180) dense += show(x, y, 6, "keeps two ledgers for all vessels");
  }
  pages.front() = drawn(dense, 300);
  const OcrRun run(packed_tiff(pages), R"("document_seconds":1)");
  EXPECT_THAT(run.job->reason(), HasSubstr("document_seconds"));
}

TEST(OcrRecognition, StopsWhenItsTimeIsUp) {
  ocr::Engine engine;
  ocr::RecognizeOptions options;
  options.languages = {"eng"};
  const auto page =
      ocr::recognize(engine, drawn(some_text(80, 600)), options, [] { return false; });
  EXPECT_FALSE(page.reading.is_complete);
}

}  // namespace
}  // namespace sluice::test
