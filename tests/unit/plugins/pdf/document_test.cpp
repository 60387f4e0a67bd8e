// SPDX-License-Identifier: Apache-2.0
//
// Whole documents: metadata, outlines, outcomes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pdf/metadata.hpp"
#include "pdf/page/faces.hpp"
#include "pdf/poppler_setup.hpp"
#include "pdf_maker.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;

std::string pages(int count) {
  PdfMaker maker;
  for (int i = 1; i <= count; ++i) {
    maker.add_page(
        show(50, 760, 16, "Chapter " + std::string(1, static_cast<char>('A' + i % 26))) +
        show_lines(50, 700, 10,
                   {"Running text that is long enough to be taken for running text, and more of",
                    "it in a second line."}));
  }
  return maker.make();
}

TEST(PdfDocument, FrontMatterComesFromTheInformationDictionary) {
  PdfMaker maker;
  maker.add_page(show(50, 700, 10, "text"));
  maker.set_info(
      "/Title (The Mill) /Author <FEFF004B00E4007400680065> /CreationDate "
      "(D:20240301120000+01'00')");
  maker.set_catalog("/Lang (de-DE)");
  const PdfRun run(maker.make());
  EXPECT_EQ(run.outcome, Outcome::kOk) << run.job->reason();
  const auto& metadata = run.job->metadata();
  EXPECT_EQ(metadata.at("title"), "The Mill");
  EXPECT_EQ(metadata.at("author"), "K\u00E4the");
  EXPECT_EQ(metadata.at("created"), "2024-03-01T12:00:00+01:00");
  EXPECT_EQ(metadata.at("language"), "de-DE");
  EXPECT_EQ(metadata.at("pages"), "1");
}

TEST(PdfDocument, DatesOfEveryLengthAreUnderstood) {
  EXPECT_EQ(pdf::iso_date("D:2024"), "2024");
  EXPECT_EQ(pdf::iso_date("D:202403"), "2024-03");
  EXPECT_EQ(pdf::iso_date("D:20240301"), "2024-03-01");
  EXPECT_EQ(pdf::iso_date("20240301120000Z"), "2024-03-01T12:00:00Z");
  EXPECT_EQ(pdf::iso_date("D:20240301120000-0530"), "2024-03-01T12:00:00-05:30");
  EXPECT_EQ(pdf::iso_date("yesterday"), "");
}

TEST(PdfDocument, TheTitleOnThePageStandsInForAMissingOne) {
  PdfMaker maker;
  maker.add_page(show(50, 760, 20, "The Mill") +
                 show_lines(50, 700, 10,
                            {"Running text that is long enough to be taken for running text, and",
                             "more of it."}));
  maker.set_info("/Title (Microsoft Word - mill.doc)");
  EXPECT_EQ(PdfRun(maker.make()).job->metadata().at("title"), "The Mill");
}

TEST(PdfDocument, FontNamesTellWeightSlantAndPitch) {
  EXPECT_TRUE(pdf::face_from_name("ABCDEF+SFBX1200").bold);
  EXPECT_TRUE(pdf::face_from_name("CMBX10").bold);
  EXPECT_TRUE(pdf::face_from_name("NimbusRomNo9L-Medi").bold);
  EXPECT_TRUE(pdf::face_from_name("Frutiger-DemiItalic").bold);
  EXPECT_TRUE(pdf::face_from_name("Frutiger-DemiItalic").italic);
  EXPECT_TRUE(pdf::face_from_name("CMTI10").italic);
  EXPECT_TRUE(pdf::face_from_name("ABCDEF+CMTT10").mono);
  EXPECT_TRUE(pdf::face_from_name("CMMI10").symbol);
  EXPECT_FALSE(pdf::face_from_name("NimbusRomNo9L-Regu").bold);
  EXPECT_FALSE(pdf::face_from_name("Helvetica").italic);
  EXPECT_FALSE(pdf::face_from_name("MonotypeCorsiva").mono);
}

TEST(PdfDocument, LongDocumentsHaveAnOutlineSidecar) {
  const PdfRun run(pages(20));
  ASSERT_EQ(run.outcome, Outcome::kOk) << run.job->reason();
  const std::string json = run.job->sidecars().at("outline");
  EXPECT_THAT(json, HasSubstr("\"from\":\"headings\",\"pages\":20"));
  EXPECT_THAT(json, HasSubstr("{\"level\":1,\"title\":\"Chapter B\",\"page\":1}"));
  EXPECT_TRUE(PdfRun(pages(19)).job->sidecars().empty());
}

TEST(PdfDocument, PageMarkersStandBeforeEachPage) {
  PdfOptions options;
  options.page_markers = true;
  EXPECT_THAT(PdfRun(pages(2), options).markdown(),
              ::testing::ContainsRegex(
                  "^<!-- page 1 -->\n\n# Chapter B\n(.|\n)*<!-- page 2 -->\n\n# Chapter C\n"));
}

TEST(PdfDocument, WithoutTextItIsEmptyAndSaysWhatWouldHelp) {
  PdfMaker maker;
  maker.add_page("10 10 100 100 re f\n");
  const PdfRun run(maker.make());
  EXPECT_EQ(run.outcome, Outcome::kEmpty);
  EXPECT_THAT(run.job->reason(), HasSubstr("run 'apt install sluice-plugin-ocr'"));
}

TEST(PdfDocument, WhatIsNoPdfIsMalformed) {
  for (const char* bytes : {"", "%PDF-1.4", "not a document at all", "%PDF-1.7\n%%EOF\n"}) {
    EXPECT_EQ(PdfRun(bytes).outcome, Outcome::kMalformed) << bytes;
  }
}

TEST(PdfDocument, ACutOffFileGivesWhatCanBeRead) {
  std::string pdf = pages(3);
  pdf.resize(pdf.find("xref\n"));
  const PdfRun run(pdf);
  EXPECT_EQ(run.outcome, Outcome::kPartial);
  EXPECT_THAT(run.markdown(), HasSubstr("# Chapter B"));
  EXPECT_FALSE(run.job->warnings().empty());
}

TEST(PdfDocument, StopsWhenToldTo) {
  RecordingJob job(pages(30), "paper.pdf", "application/pdf");
  job.set_options(PdfOptions().json());
  job.cancel_after(5);
  pdf::PdfConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kCancelled);
}

TEST(PdfDocument, FormsThatShowThemselvesEnd) {
  PdfMaker maker;
  const int form = 4;  // the next object
  maker.add_stream(
      "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X " +
          std::to_string(form) + " 0 R >> >>",
      "/X Do");
  maker.add_page("/X Do\n" + show(50, 700, 10, "after the loop"), "/XObject << /X 4 0 R >>");
  EXPECT_THAT(PdfRun(maker.make()).markdown(), HasSubstr("after the loop"));
}

// Forty levels, each of which holds the next one twice: 2^40 ways.
TEST(PdfDocument, FormsWhoseFieldsShareEachOtherEnd) {
  PdfMaker maker;
  maker.add_page(show(50, 700, 10, "text"));
  int field = maker.add("<< /FT /Tx /T (leaf) >>");
  for (int level = 0; level < 40; ++level) {
    const std::string below = std::to_string(field) + " 0 R ";
    field = maker.add("<< /Kids [" + below + below + "] >>");
  }
  maker.set_catalog("/AcroForm << /Fields [" + std::to_string(field) + " 0 R] >>");
  const PdfRun run(maker.make());
  EXPECT_EQ(run.outcome, Outcome::kOk) << run.job->reason();
  EXPECT_EQ(run.markdown(), "text\n");
  ASSERT_EQ(run.job->warnings().size(), 1U);
  EXPECT_EQ(run.job->warnings()[0].code, "form-left-out");
}

TEST(PdfDocument, AnImageIsNoContent) {
  PdfMaker bomb;
  bomb.add_page_of(bomb.add_stream("/Filter /JBIG2Decode", std::string(100, '\0')));
  EXPECT_EQ(PdfRun(bomb.make()).outcome, Outcome::kMalformed);
}

// Poppler writes a message for each.
TEST(PdfDocument, MillionsOfErrorsAreNoneTheWorse) {
  std::string content = show(50, 700, 10, "text");
  for (int i = 0; i < 1'000'000; ++i) content += "1 ";
  PdfMaker maker;
  maker.add_page(content);
  EXPECT_EQ(PdfRun(maker.make()).markdown(), "text\n");
  EXPECT_LE(pdf::reported_errors(), 10'000U);
}

TEST(PdfDocument, ContentThatInflatesWithoutEndIsNotRead) {
  std::string packed;
  for (int i = 0; i < 1'100'000; ++i) packed += "\x81 ";  // 128 blanks each: 134 MiB in all
  PdfMaker bomb;
  bomb.add_page_of(bomb.add_stream("/Filter /RunLengthDecode", packed + "\x80"));
  const PdfRun run(bomb.make());
  EXPECT_EQ(run.outcome, Outcome::kMalformed);
  EXPECT_THAT(run.job->reason(), HasSubstr("no page"));
}

TEST(PdfDocument, TheCanaryIsConvertedToWhatItPromises) {
  pdf::PdfConverter converter;
  const Canary canary = converter.canary();
  RecordingJob job(std::string(canary.source), std::string(canary.file_name),
                   std::string(canary.media_type));
  PdfOptions options;
  options.page_markers = true;
  job.set_options(options.json());
  EXPECT_EQ(job.run(converter), Outcome::kOk) << job.reason();
  EXPECT_EQ(job.render("canary"), canary.markdown);
}

TEST(PdfForm, OneThatIsDrawnWhenShownIsPartial) {
  const auto run_of = [](const std::string& needs) {
    PdfMaker maker;
    const int form = maker.add_stream("", "<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>");
    maker.set_catalog(needs + " /AcroForm << /Fields [] /XFA " + std::to_string(form) + " 0 R >>");
    maker.add_page(show(50, 700, 10, "Please wait..."));
    return PdfRun(maker.make());
  };
  const PdfRun drawn_later = run_of("/NeedsRendering true");
  EXPECT_EQ(drawn_later.outcome, Outcome::kPartial);
  EXPECT_THAT(drawn_later.job->reason(), HasSubstr("print it to a PDF there"));
  EXPECT_EQ(run_of("").outcome, Outcome::kOk);
}

}  // namespace
}  // namespace sluice::test
