// SPDX-License-Identifier: Apache-2.0
//
// The real program on PDFs with scanned pages: the converter pdf asks, the converter ocr answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drawn_page.h"
#include "kit/files.h"
#include "kit/program.h"
#include "kit/temp_dir.h"
#include "pdf/page/page_text.hpp"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// A page that is nothing but the picture of this content, and over it that text.
void add_scan(PdfMaker& maker, const std::string& content, const std::string& stamp = "") {
  const ocr::PixPtr page = drawn(content, 150);
  std::string pixels;
  for (int y = 0; y < pixGetHeight(page.get()); ++y) {
    for (int x = 0; x < pixGetWidth(page.get()); ++x) {
      l_uint32 level = 0;
      pixGetPixel(page.get(), x, y, &level);
      pixels += static_cast<char>(level);
    }
  }
  const int image = maker.add_stream(
      "/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8 /Width " +
          std::to_string(pixGetWidth(page.get())) + " /Height " +
          std::to_string(pixGetHeight(page.get())),
      pixels);
  maker.add_page("q 600 0 0 800 0 0 cm /Scan Do Q\n" + stamp,
                 "/XObject << /Scan " + std::to_string(image) + " 0 R >>");
}

class ScannedPdf : public ::testing::Test {
 protected:
  Finished convert(PdfMaker& maker, std::vector<std::string> options = {}, bool with_ocr = true) {
    write_file(dir_ / "paper.pdf", maker.make());
    options.insert(options.begin(), "convert");
    options.push_back((dir_ / "paper.pdf").string());
    return sluice(std::move(options), {{"SLUICE_PLUGINS_DENY", with_ocr ? "" : "ocr"}},
                  dir_.path());
  }

  TempDir dir_;
};

TEST_F(ScannedPdf, IsReadAsItsTextWouldBe) {
  PdfMaker maker;
  add_scan(maker, show(80, 700, 24, "Harbour report", Font::kBold) + some_text(80, 650));
  const Finished done = convert(maker);
  EXPECT_EQ(done.exit_code, 0) << done.err;
  EXPECT_THAT(done.out,
              AllOf(HasSubstr("converter: pdf"), HasSubstr("# Harbour report\n"),
                    HasSubstr("The harbour office keeps two ledgers for all vessels that"),
                    Not(HasSubstr("![]("))));
}

TEST_F(ScannedPdf, PagesKeepTheirPlaceAmongThoseWithText) {
  PdfMaker maker;
  maker.add_page(
      show_lines(80, 700, 12, {"This page was written and not scanned, and it", "comes first."}));
  add_scan(maker, some_text(80, 650));
  maker.add_page(
      show_lines(80, 700, 12, {"The last page has text of its own again, for", "all to read."}));
  const Finished done = convert(maker);
  const auto place = [&](const char* text) { return done.out.find(text); };
  EXPECT_LT(place("This page was written"), place("<!-- page 2 -->\n\nThe harbour office"));
  EXPECT_LT(place("The harbour office"), place("<!-- page 3 -->\n\nThe last page"));
  EXPECT_NE(place("The last page"), std::string::npos) << done.out << done.err;
}

TEST_F(ScannedPdf, AStampOnAScanDoesNotHideIt) {
  PdfMaker maker;
  add_scan(maker, some_text(80, 650), show(80, 30, 8, "Scanned by a telephone"));
  EXPECT_THAT(convert(maker).out, HasSubstr("keeps two ledgers for all vessels"));
}

TEST_F(ScannedPdf, OptionsSayWhichPagesAreRecognized) {
  PdfMaker maker;
  add_scan(maker, some_text(80, 650));
  const Finished off = convert(maker, {"--option", "pdf.ocr=off"});
  EXPECT_EQ(off.exit_code, 3) << off.out;
  EXPECT_THAT(off.err, HasSubstr("empty"));
  PdfMaker two;
  add_scan(two, some_text(80, 650));
  add_scan(two, some_text(80, 350));
  const Finished one = convert(two, {"--option", "pdf.ocr_pages=1"});
  EXPECT_THAT(one.err, HasSubstr("1 page is not recognized after so many others"));
  EXPECT_THAT(one.err, HasSubstr("page 2"));
}

TEST_F(ScannedPdf, PagesBehindTheDocumentsTimeAreNamed) {
  PdfMaker maker;
  add_scan(maker, some_text(80, 650));
  const Finished none = convert(maker, {"--option", "pdf.ocr_seconds=0"});
  EXPECT_NE(none.exit_code, 0);
  EXPECT_THAT(none.err, HasSubstr("ocr_pages, ocr_seconds"));
  maker.add_page(some_text(80, 700));
  const Finished mixed = convert(maker, {"--option", "pdf.ocr_seconds=0"});
  EXPECT_THAT(mixed.out, HasSubstr("keeps two ledgers"));
  EXPECT_THAT(mixed.err,
              HasSubstr("1 page is not recognized: the document's time for it was over"));
  EXPECT_THAT(mixed.err, HasSubstr("page 1"));
}

TEST_F(ScannedPdf, WithoutTheConverterTheCommandThatInstallsItIsNamed) {
  PdfMaker maker;
  add_scan(maker, some_text(80, 650));
  const Finished none = convert(maker, {}, false);
  EXPECT_EQ(none.exit_code, 3);
  EXPECT_THAT(none.err, HasSubstr("run 'apt install sluice-plugin-ocr'"));
  maker.add_page(some_text(80, 700));
  const Finished mixed = convert(maker, {}, false);
  EXPECT_EQ(mixed.exit_code, 0);
  EXPECT_THAT(mixed.err, AllOf(HasSubstr("1 page is a picture without text"), HasSubstr("page 1")));
}

TEST_F(ScannedPdf, AScanWithoutWordsIsEmpty) {
  PdfMaker maker;
  add_scan(maker, rule(100, 100, 400, 500));
  const Finished done = convert(maker);
  EXPECT_EQ(done.exit_code, 3);
  EXPECT_THAT(done.err, HasSubstr("no words were recognized"));
}

// --- the text that goes from one converter to the other ---

pdf::RecognizedText some_page() {
  pdf::RecognizedText page;
  page.content.width = 600;
  page.content.height = 800;
  page.confidence = 91.5F;
  page.content.text = "MillWeir";
  page.content.directions = {pdf::quarter_direction(0), pdf::quarter_direction(1)};
  pdf::Word word;
  word.box = {10, 20, 30, 40};
  word.baseline = 38;
  word.size = 12;
  word.bytes = 4;
  word.chars = 4;
  page.content.words.push_back(word);
  word.text = 4;
  word.direction = 1;
  word.blank_before = true;
  word.face = 1;
  page.content.words.push_back(word);
  page.content.rules.push_back({1, 2, 300, 2.5F, true});
  return page;
}

TEST(PageText, ComesBackAsItWas) {
  const std::string text = page_text(some_page());
  const auto page = pdf::parse_page_text(text);
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(pdf::page_text(*page), text);
  EXPECT_EQ(page->content.words.size(), 2U);
  EXPECT_EQ(page->content.text_of(page->content.words[1]), "Weir");
  EXPECT_EQ(page->content.directions[page->content.words[1].direction].degrees, 90);
  EXPECT_FALSE(page->is_doubtful);
}

TEST(PageText, WhatIsNotSoundIsRefused) {
  for (const char* text :
       {"", "rubbish", "sluice-page 2 600 800 90 sure whole\n",
        "sluice-page 1 600 nan 90 sure whole\n", "sluice-page 1 600 1e30 90 sure whole\n",
        "sluice-page 1 600 800 90 sure whole\nword 1 2 3\n",
        "sluice-page 1 600 800 90 sure whole\nword 9 2 3 4 5 6 0 joined plain x\n",
        "sluice-page 1 600 800 90 sure whole\nword 1 2 3 4 5 -6 0 joined plain x\n",
        "sluice-page 1 600 800 90 sure whole\nword 1 2 3 4 5 6 720 joined plain x\n",
        "sluice-page 1 600 800 90 sure whole\nword 1 2 3 4 5 6 0 joined plain \n",
        "sluice-page 1 600 800 90 sure whole\nrule 1 2 inf 4 across\n"}) {
    EXPECT_FALSE(pdf::parse_page_text(text).has_value()) << text;
  }
}

TEST(PageText, CutAnywhereItIsRefusedOrShorter) {
  const std::string whole = page_text(some_page());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto page = pdf::parse_page_text(whole.substr(0, size));
    EXPECT_LE(page ? page->content.words.size() : 0U, 2U) << size;
  }
}

}  // namespace
}  // namespace sluice::test
