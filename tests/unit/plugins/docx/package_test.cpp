// Packages: images, odd and Strict ones, damaged and hostile ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "docx_run.h"
#include "kit/corpus.h"
#include "kit/files.h"

namespace sluice::test {
namespace {

using testing::HasSubstr;

const std::string kPng("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);

std::string drawing(const std::string& relationship, const std::string& alt,
                    const std::string& attribute = "r:embed") {
  return "<w:r><w:drawing><wp:inline><wp:docPr id='1' name='Picture 1' descr='" + alt +
         "'/><a:graphic><a:graphicData><pic:pic><pic:nvPicPr><pic:cNvPr id='0' name='x' "
         "descr='x.png'/></pic:nvPicPr><pic:blipFill><a:blip " +
         attribute + "='" + relationship +
         "'/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>";
}

TEST(DocxImages, AreAssetsWithTheirDescription) {
  DocxFile file(p(r("see ") + drawing("rId1", "The gates")));
  file.part("image", "word/media/image1.png", kPng, "rId1");
  EXPECT_EQ(file.markdown(), "see ![The gates](images/file/image1.png)\n");
  EXPECT_EQ(file.outcome(), Outcome::kOk);
}

TEST(DocxImages, OfVmlAreImagesToo) {
  DocxFile file(
      p("<w:r><w:pict><v:shape alt='Old gates'><v:imagedata r:id='rId1'/></v:shape>"
        "</w:pict></w:r>"));
  file.part("image", "word/media/image1.png", kPng, "rId1");
  EXPECT_EQ(file.markdown(), "![Old gates](images/file/image1.png)\n");
}

TEST(DocxImages, UsedTwiceAreOneAsset) {
  DocxFile file(p(drawing("rId1", "a") + drawing("rId1", "b")));
  file.part("image", "word/media/image1.png", kPng, "rId1");
  EXPECT_EQ(file.run()->assets().size(), 1U);
}

TEST(DocxImages, OnTheWebAreLinks) {
  EXPECT_EQ(DocxFile(p(drawing("rId1", "far", "r:link")))
                .relationship("rId1", "image", "https://example.org/x.png", "External")
                .markdown(),
            "![far](https://example.org/x.png)\n");
}

TEST(DocxImages, OneThatIsMissingFailsNothing) {
  DocxFile file(p(r("text ") + drawing("rId1", "the lost gate")));
  file.relationship("rId1", "image", "media/none.png");
  EXPECT_EQ(file.markdown(), "text the lost gate\n");
  EXPECT_EQ(file.outcome(), Outcome::kPartial);
  const auto job = file.run();
  ASSERT_EQ(job->warnings().size(), 1U);
  EXPECT_EQ(job->warnings()[0].code, "missing-image");
}

TEST(DocxImages, RemarkOfTheProgramIsNoDescription) {
  DocxFile file(p(drawing("rId1", "A gate&#10;&#10;Description automatically generated")));
  file.part("image", "word/media/image1.png", kPng, "rId1");
  EXPECT_EQ(file.markdown(), "![A gate](images/file/image1.png)\n");
}

TEST(DocxPackage, TheCanarySings) {
  docx::DocxConverter converter;
  const Canary canary = converter.canary();
  RecordingJob job(std::string(canary.source), std::string(canary.file_name), kDocxType);
  job.set_options(R"({"tracked_changes":"accept","comments":false,"hidden_text":false,
                      
                           "embedded_documents":true,"headers_footers":false,
                           "page_markers":true,"merged_cells":"empty","password":""})");
  EXPECT_EQ(job.run(converter), Outcome::kOk);
  EXPECT_EQ(job.body(), canary.markdown);
}

TEST(DocxPackage, StrictDocumentsAreRead) {
  EXPECT_EQ(DocxFile(p(r("strict", "<w:b/>"))).strict().markdown(), "**strict**\n");
}

TEST(DocxPackage, AnyPrefixWillDo) {
  DocxFile file("");
  file.main_content(
      "<ns0:document xmlns:ns0='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
      "<ns0:body><ns0:p><ns0:r><ns0:rPr><ns0:b ns0:val='1'/></ns0:rPr><ns0:t>odd</ns0:t></ns0:r>"
      "</ns0:p></ns0:body></ns0:document>");
  EXPECT_EQ(file.markdown(), "**odd**\n");
}

TEST(DocxPackage, MainPartMayHaveAnyName) {
  EXPECT_EQ(DocxFile(p(r("here"))).main_name("text/body2.xml").markdown(), "here\n");
}

TEST(DocxPackage, PartsMayBeginWithAMarkAndBlanks) {
  DocxFile file("");
  file.main_content("\xEF\xBB\xBF\r\n<w:document " + file.names() + "><w:body>" + p(r("text")) +
                    "</w:body></w:document>");
  EXPECT_EQ(file.markdown(), "text\n");
}

TEST(DocxPackage, ACutOffTextIsPartialAndNeverAnEmptySuccess) {
  DocxFile file("");
  file.main_content("<w:document " + file.names() + "><w:body>" + p(r("first")) +
                    "<w:p><w:r><w:t>sec");
  EXPECT_EQ(file.outcome(), Outcome::kPartial);
  EXPECT_THAT(file.markdown(), HasSubstr("first"));
  file.main_content("<w:document " + file.names() + "><w:body><w:p><w:r>");
  EXPECT_EQ(file.outcome(), Outcome::kMalformed);
}

TEST(DocxPackage, EntityBombsAreMalformed) {
  DocxFile file("");
  file.main_content("<!DOCTYPE d [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><w:document " +
                    file.names() + "><w:body>" + p(r("&b;")) + "</w:body></w:document>");
  EXPECT_EQ(file.outcome(), Outcome::kMalformed);
}

TEST(DocxPackage, AnEmptyDocumentIsEmpty) {
  EXPECT_EQ(DocxFile(p("")).outcome(), Outcome::kEmpty);
}

TEST(DocxPackage, WhatIsNoDocumentIsMalformed) {
  DocxFile file("");
  file.main_content("<workbook/>");
  EXPECT_EQ(file.outcome(), Outcome::kMalformed);
  RecordingJob job("no archive", "file.docx", kDocxType);
  job.set_options(R"({"password":""})");
  docx::DocxConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kMalformed);
}

TEST(DocxPackage, PasswordsAreSaid) {
  std::string compound("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
  compound.resize(4096);
  RecordingJob job(compound, "file.docx", kDocxType);
  job.set_options(R"({"password":""})");
  docx::DocxConverter converter;
  const Outcome outcome = job.run(converter);
  EXPECT_TRUE(outcome == Outcome::kEncrypted || outcome == Outcome::kUnsupported);
}

std::string nested(const std::string& open, const std::string& close, int depth,
                   const std::string& inner) {
  std::string text;
  for (int i = 0; i < depth; ++i) text += open;
  text += inner;
  for (int i = 0; i < depth; ++i) text += close;
  return text;
}

TEST(DocxHostile, TwentyThousandNestedElementsAreWalked) {
  EXPECT_THAT(
      DocxFile(nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 20'000, p(r("deep"))))
          .markdown(),
      HasSubstr("deep"));
  EXPECT_THAT(
      DocxFile(nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 20'000, p(r("deep"))))
          .markdown(),
      HasSubstr("deep"));
}

TEST(DocxHostile, NestedTextBoxesEnd) {
  EXPECT_EQ(
      DocxFile(nested("<w:p><w:r><w:pict><v:textbox><w:txbxContent>",
                      "</w:txbxContent></v:textbox></w:pict></w:r></w:p>", 5'000, p(r("deep"))) +
               p(r("after")))
          .outcome(),
      Outcome::kPartial);
}

TEST(DocxHostile, WideSpansCostLittle) {
  std::string rows;
  for (int i = 0; i < 100; ++i) {
    rows += "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='2000000000'/></w:tcPr>" + p(r("x")) +
            "</w:tc></w:tr>";
  }
  EXPECT_LT(DocxFile("<w:tbl>" + rows + "</w:tbl>").markdown().size(), 1U << 20);
}

TEST(DocxHostile, MetadataIsShortAndOfItsKind) {
  const std::string long_title(200'000, 'x');
  const std::string long_language(200'000, 'a');
  const auto job =
      DocxFile(styled("T", long_title) + p(r("text", "<w:lang w:val='" + long_language + "'/>")) +
               p(r("more text", "<w:lang w:val='x-none'/>")))
          .styles(style("T", "Title"))
          .run();
  EXPECT_EQ(job->metadata().at("title").size(), 1000U);
  EXPECT_FALSE(job->metadata().contains("language"));
}

TEST(DocxHostile, EndsWithoutBeginsAreIgnored) {
  EXPECT_EQ(DocxFile("<w:tc>" + p("<w:r><w:fldChar w:fldCharType='end'/></w:r>" + r("text")) +
                     "</w:tc><w:tr/>")
                .markdown(),
            "text\n");
}

TEST(DocxHostile, StopsWhenToldTo) {
  std::string body;
  for (int i = 0; i < 5'000; ++i) body += p(r("text"));
  RecordingJob job(DocxFile(body).bytes(), "file.docx", kDocxType);
  job.set_options(R"({"tracked_changes":"accept","comments":false,"hidden_text":false,
                      
                           "embedded_documents":true,"headers_footers":false,
                           "page_markers":true,"merged_cells":"empty","password":""})");
  job.cancel_after(2);
  docx::DocxConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kCancelled);
}

TEST(DocxCorpus, EveryDocumentHasASensibleOutcome) {
  int documents = 0;
  for (const char* collection : {"pandoc", "python-docx", "mammoth"}) {
    const auto folder = test::corpus(collection);
    if (!folder) GTEST_SKIP() << "no test documents; set SLUICE_CORPUS";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(*folder)) {
      if (entry.path().extension() != ".docx") continue;
      for (const char* changes : {"accept", "reject", "all"}) {
        RecordingJob job(test::read_file(entry.path()), "file.docx", kDocxType);
        job.set_options("{\"tracked_changes\":\"" + std::string(changes) +
                        "\",\"comments\":true,\"hidden_text\":true,\"embedded_documents\":true,"
                        "\"headers_footers\":true,"
                        "\"page_markers\":true,\"merged_cells\":\"repeat\",\"password\":\"\"}");
        docx::DocxConverter converter;
        const Outcome outcome = job.run(converter);
        EXPECT_TRUE(outcome == Outcome::kOk || outcome == Outcome::kEmpty ||
                    outcome == Outcome::kPartial)
            << entry.path() << ": " << job.reason();
      }
      ++documents;
    }
  }
  EXPECT_GT(documents, 150);
}

}  // namespace
}  // namespace sluice::test
