// Books that are broken, or made to break their reader.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "book_maker.h"

namespace sluice {
namespace {

using test::BookMaker;
using test::BookRun;
using test::ZipBuilder;
using ::testing::HasSubstr;

TEST(HostileEpub, AMissingChapterIsPartial) {
  const BookRun run(BookMaker()
                        .item("gone.xhtml", "application/xhtml+xml", "")
                        .chapter("a.xhtml", "<p>here</p>"));
  EXPECT_EQ(run.outcome, Outcome::kPartial);
  EXPECT_EQ(run.markdown(), "here\n");
  EXPECT_THAT(run.job->reason(), HasSubstr("gone.xhtml"));
}

TEST(HostileEpub, ABookOfMissingChaptersIsMalformed) {
  const BookRun run(BookMaker().item("gone.xhtml", "application/xhtml+xml", ""));
  EXPECT_EQ(run.outcome, Outcome::kMalformed);
}

TEST(HostileEpub, WithoutAPackageTheTextsAreReadInTheirOrder) {
  const BookRun run(ZipBuilder().add("b.xhtml", "<p>one</p>").add("a.html", "<p>two</p>").build());
  EXPECT_EQ(run.outcome, Outcome::kPartial);
  EXPECT_EQ(run.markdown(), "one\n\ntwo\n");
}

TEST(HostileEpub, APackageThatTheContainerDoesNotNameIsFound) {
  ZipBuilder zip;
  zip.add("x/b.opf",
          "<package xmlns='http://www.idpf.org/2007/opf'><manifest><item id='a' href='a.xhtml' "
          "media-type='application/xhtml+xml'/></manifest><spine><itemref "
          "idref='a'/></spine></package>");
  zip.add("x/a.xhtml", "<p>found</p>");
  const BookRun run(zip.build());
  EXPECT_EQ(run.outcome, Outcome::kOk) << run.job->reason();
  EXPECT_EQ(run.markdown(), "found\n");
}

TEST(HostileEpub, NothingToReadIsMalformed) {
  EXPECT_EQ(BookRun(ZipBuilder().add("mimetype", "application/epub+zip").build()).outcome,
            Outcome::kMalformed);
}

TEST(HostileEpub, FallbacksInACircleEnd) {
  const BookRun run(
      BookMaker().chapter("a.xhtml", "<p>x</p>").item("y.pdf", "application/pdf", "fallback='i1'"));
  EXPECT_EQ(run.outcome, Outcome::kPartial);
}

TEST(HostileEpub, ReferencesThatClimbStayInTheContainer) {
  const BookRun run(BookMaker()
                        .chapter("a.xhtml", "<p><img src='../../../../etc/passwd' alt='no'/></p>")
                        .file("etc/passwd", "root"));
  EXPECT_EQ(run.job->assets().size(), 0U);
  EXPECT_EQ(run.markdown(), "no\n");
}

TEST(HostileEpub, AnEncryptedTextIsEncryptedAndAFontIsNot) {
  const std::string encryption =
      "<encryption xmlns='urn:oasis:names:tc:opendocument:xmlns:container' "
      "xmlns:enc='http://www.w3.org/2001/04/xmlenc#'><enc:EncryptedData><enc:CipherData>"
      "<enc:CipherReference URI='OEBPS/NAME'/></enc:CipherData></enc:EncryptedData></encryption>";
  const auto with = [&](const std::string& name) {
    std::string xml = encryption;
    xml.replace(xml.find("NAME"), 4, name);
    return BookRun(BookMaker().chapter("a.xhtml", "<p>x</p>").file("META-INF/encryption.xml", xml))
        .outcome;
  };
  EXPECT_EQ(with("a.xhtml"), Outcome::kEncrypted);
  EXPECT_EQ(with("font.otf"), Outcome::kOk);
}

TEST(HostileEpub, EntityBombsAreRefusedAndTheTextIsRead) {
  ZipBuilder zip;
  zip.add("META-INF/container.xml",
          "<!DOCTYPE c [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b "
          "'&a;&a;&a;&a;'>]><container>&b;</container>");
  zip.add("a.xhtml", "<p>text</p>");
  const BookRun run(zip.build());
  EXPECT_EQ(run.outcome, Outcome::kPartial);
  EXPECT_EQ(run.markdown(), "text\n");
}

TEST(HostileEpub, ElementsThatAreNestedTooDeepStandBesideEachOther) {
  std::string deep;
  std::string end;
  for (int i = 0; i < 100'000; ++i) {
    deep += "<div>";
    end += "</div>";
  }
  const BookRun run(BookMaker().chapter("a.xhtml", deep + "x" + end + "<p>y</p>"));
  EXPECT_EQ(run.markdown(), "x\n\ny\n");
}

TEST(HostileEpub, ABookWithoutTextIsEmpty) {
  EXPECT_EQ(BookRun(BookMaker().chapter("a.xhtml", "<p> </p>")).outcome, Outcome::kEmpty);
}

TEST(HostileEpub, AContentsOfManyLevelsEnds) {
  std::string ncx = "<ncx xmlns='http://www.daisy.org/z3986/2005/ncx/'><navMap>";
  for (int i = 0; i < 20'000; ++i) ncx += "<navPoint>";
  const BookRun run(
      BookMaker()
          .chapter("a.xhtml", "<p>text</p>")
          .manifest("<item id='ncx' href='toc.ncx' media-type='application/x-dtbncx+xml'/>")
          .file("OEBPS/toc.ncx", ncx));
  EXPECT_EQ(run.markdown(), "text\n");
}

TEST(HostileEpub, EveryPrefixOfABookEndsWell) {
  const std::string epub = BookMaker()
                               .metadata("<dc:title>T</dc:title>")
                               .chapter("a.xhtml", "<h1>One</h1><p>text</p>")
                               .build();
  for (std::size_t size = 0; size < epub.size(); size += 7) {
    const BookRun run(epub.substr(0, size));
    EXPECT_NE(run.outcome, Outcome::kInternal) << size << ": " << run.job->reason();
    EXPECT_NE(run.outcome, Outcome::kOk) << size;
  }
}

}  // namespace
}  // namespace sluice
