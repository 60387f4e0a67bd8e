// Documents within the document (w:altChunk) in every form that generators put there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "docx_run.h"
#include "kit/compound_file_builder.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kChunk = "<w:altChunk r:id='c'/>";

DocxFile with_chunk(const std::string& name, const std::string& content) {
  DocxFile file(p(r("before")) + kChunk + p(r("after")));
  file.part("aFChunk", "word/" + name, content, "c");
  return file;
}

const std::string kHtml = "<html><body><h1>Minutes</h1><p>All <b>text</b>.</p></body></html>";
const std::string kExpected = "before\n\n# Minutes\n\nAll **text**.\n\nafter\n";

TEST(EmbeddedDocument, MayBeHtml) {
  EXPECT_EQ(with_chunk("a.html", kHtml).markdown(), kExpected);
  EXPECT_EQ(with_chunk("a.htm", kHtml).markdown(), kExpected);
  EXPECT_EQ(with_chunk("a.xhtml", kHtml).markdown(), kExpected);
}

// A note tells what it hides, and what is left out of a document within the document.
TEST(EmbeddedDocument, SaysWhatItLeavesOut) {
  const auto job =
      with_chunk("a.html", "<p>shown</p><p style='display:none'>Not for readers</p>").run();
  ASSERT_EQ(job->warnings().size(), 1U);
  EXPECT_EQ(job->warnings()[0].message, "1 hidden element is left out: \"Not for readers\"");
  DocxFile inner(p(r("shown")) + p(r("secret", "<w:vanish/>")));
  inner.part("package", "word/embeddings/a.pdf", "%PDF-1.4", "a");
  const auto within = with_chunk("a.docx", inner.bytes()).run();
  EXPECT_EQ(within->render("file"), "before\n\nshown\n\n[a.pdf](a.pdf)\n\nafter\n");
  ASSERT_EQ(within->warnings().size(), 1U);
  EXPECT_THAT(within->warnings()[0].message, HasSubstr("1 piece of hidden text is left out"));
}

TEST(Subdocument, IsALinkToItsFile) {
  DocxFile file(p(r("before")) + p("<w:subDoc r:id='s'/>") + p("<w:subDoc r:id='none'/>"));
  file.relationship("s", "subDocument", "Part%20one.docx", "External");
  EXPECT_EQ(file.markdown(), "before\n\n[Part one.docx](Part%20one.docx)\n");
}

TEST(EmbeddedDocument, MayBeAllThereIs) {
  DocxFile file(kChunk);
  file.part("aFChunk", "word/a.html", kHtml, "c");
  EXPECT_EQ(file.markdown(), "# Minutes\n\nAll **text**.\n");
}

std::string quoted_printable(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % 20 == 19) out += "=\r\n";
    char code[4];
    std::snprintf(code, sizeof code, "=%02X", static_cast<unsigned char>(text[i]));
    out += text[i] == '=' || (text[i] & 0x80) != 0 ? std::string(code) : std::string(1, text[i]);
  }
  return out;
}

// As html-docx-js and others write it.
TEST(EmbeddedDocument, MayBeAWebArchive) {
  const auto archive = [](const std::string& type, const std::string& encoding,
                          const std::string& body) {
    return "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n    type=\"text/html\";\r\n"
           "    boundary=\"----=x\"\r\n\r\n------=x\r\nContent-Type: " +
           type + "\r\nContent-Transfer-Encoding: " + encoding +
           "\r\nContent-Location: file:///C:/a.html\r\n\r\n" + body + "\r\n------=x--\r\n";
  };
  EXPECT_EQ(with_chunk("a.mht", archive("text/html; charset=\"utf-8\"", "quoted-printable",
                                        quoted_printable(kHtml)))
                .markdown(),
            kExpected);
  EXPECT_EQ(with_chunk("a.mht", archive("text/html", "base64",
                                        "PGgxPk1pbnV0ZXM8L2gxPjxwPkFsbCA8Yj50ZXh0PC9iPi48L3A+"))
                .markdown(),
            kExpected);
  EXPECT_THAT(with_chunk("a.mht", archive("text/html; charset=windows-1250", "8bit", "<p>\x8Alo"))
                  .markdown(),
              HasSubstr("\xC5\xA0lo"));
}

TEST(EmbeddedDocument, MayBeText) {
  EXPECT_EQ(with_chunk("a.txt", "one\r\n\r\ntwo *stars*\n").markdown(),
            "before\n\none\n\ntwo \\*stars\\*\n\nafter\n");
}

TEST(EmbeddedDocument, MayBeAWordDocumentWithNotesOfItsOwn) {
  const auto note = [](const std::string& text) {
    return "<w:footnotes xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
           "<w:footnote w:id='1'>" +
           p(r(text)) + "</w:footnote></w:footnotes>";
  };
  const std::string call = "<w:r><w:footnoteReference w:id='1'/></w:r>";
  DocxFile inner("<w:p>" + r("inner") + call + "</w:p>");
  inner.part("footnotes", "word/footnotes.xml", note("of the inner"));
  DocxFile outer("<w:p>" + r("outer") + call + "</w:p>" + kChunk);
  outer.part("footnotes", "word/footnotes.xml", note("of the outer"));
  outer.part("aFChunk", "word/a.docx", inner.bytes(), "c");
  const std::string markdown = outer.markdown();
  EXPECT_THAT(markdown, HasSubstr("outer[^1]"));
  EXPECT_THAT(markdown, HasSubstr("inner[^2]"));
  EXPECT_THAT(markdown, HasSubstr("[^1]: of the outer"));
  EXPECT_THAT(markdown, HasSubstr("[^2]: of the inner"));
}

// Within itself, without end: the archive's own bound on nesting.
TEST(EmbeddedDocument, EndsSomewhere) {
  std::string bytes = DocxFile(p(r("innermost"))).bytes();
  for (int depth = 0; depth < 12; ++depth) {
    DocxFile file(p(r("level")) + kChunk);
    file.part("aFChunk", "word/a.docx", bytes, "c");
    bytes = file.bytes();
  }
  DocxFile file(p(r("top")) + kChunk);
  file.part("aFChunk", "word/a.docx", bytes, "c");
  const std::string markdown = file.markdown();
  EXPECT_THAT(markdown, HasSubstr("top"));
  EXPECT_THAT(markdown, Not(HasSubstr("innermost")));
  EXPECT_EQ(file.outcome(), Outcome::kPartial);
}

TEST(EmbeddedDocument, ThatCannotBeReadIsTold) {
  for (const auto& [name, content] : std::vector<std::pair<std::string, std::string>>{
           {"a.rtf", "{\\rtf1 x}"}, {"a.docx", "PK\x03\x04 broken"}, {"a.mht", "no archive"}}) {
    const DocxFile file = with_chunk(name, content);
    EXPECT_EQ(file.outcome(), Outcome::kPartial) << name;
    EXPECT_EQ(file.run()->warnings().at(0).code, "embedded-document");
  }
  EXPECT_EQ(DocxFile(p(r("x")) + kChunk).outcome(), Outcome::kPartial);
}

TEST(EmbeddedObject, IsReported) {
  DocxFile file(p(r("text")));
  file.part("package", "word/embeddings/Book.xlsx", "x", "o");
  const auto job = file.run();
  EXPECT_EQ(job->render("file"), "text\n");
  ASSERT_EQ(job->warnings().size(), 1U);
  EXPECT_EQ(job->warnings()[0].message,
            "1 embedded object is not converted, but for what the document shows of it: "
            "Book.xlsx");
}

// In the place of w:object, behind its picture; those without a place stand behind the text.
TEST(EmbeddedObject, IsALinkToADocumentOfItsOwn) {
  DocxFile file(p(r("see ") +
                  "<w:r><w:object><v:shape><v:imagedata r:id='none'/></v:shape>"
                  "<o:OLEObject Type='Embed' ProgID='Package' r:id='p'/></w:object></w:r>" +
                  r(" there")) +
                p(r("end")));
  file.part("oleObject", "word/embeddings/oleObject1.bin",
            compound_file({{"\1Ole10Native", packaged("notes.txt", "some words")}}), "p");
  file.part("package", "word/embeddings/Book.pdf", "%PDF-1.4", "o");
  file.part("oleObject", "word/embeddings/oleObject2.bin",
            compound_file(
                {{"\1CompObj", object_kind("MathType 6.0 Equation")}, {"Equation Native", "x"}}),
            "q");
  const auto job = file.run();
  EXPECT_EQ(job->render("file"),
            "see [notes.txt](notes.txt) there\n\nend\n\n[Book.pdf](Book.pdf)\n");
  ASSERT_EQ(job->children().size(), 2U);
  EXPECT_EQ(job->children()[0].bytes, "some words");
  EXPECT_EQ(job->children()[1].bytes, "%PDF-1.4");
  EXPECT_THAT(job->warnings().back().message, HasSubstr(": MathType 6.0 Equation"));
  file.option("embedded_documents", "false");
  EXPECT_TRUE(file.run()->children().empty());
}

// Which is shown, as a document of its own would have no text.
TEST(EmbeddedObject, MayBeAPicture) {
  const std::string png("\x89PNG\r\n\x1a\n rest", 13);
  DocxFile file(p(r("end")));
  file.part("oleObject", "word/embeddings/oleObject1.bin",
            compound_file({{"\1Ole10Native", packaged("a.png", png)}}), "p");
  EXPECT_EQ(file.markdown(), "end\n\n![a.png](images/file/a.png)\n");
}

// The host takes no more: the name stays.
TEST(EmbeddedObject, BeyondTheLimitIsNamed) {
  DocxFile file(p(r("end")));
  file.part("package", "word/embeddings/a.pdf", "%PDF-1.4", "a");
  file.part("package", "word/embeddings/b.pdf", "%PDF-1.4", "b");
  RecordingJob::Limits limits;
  limits.children = 1;
  RecordingJob job(file.bytes(), "file.docx", kDocxType);
  job.set_limits(limits);
  job.set_options(file.options());
  docx::DocxConverter converter;
  job.run(converter);
  EXPECT_EQ(job.children().size(), 1U);
  EXPECT_EQ(job.render("file"), "end\n\n[a.pdf](a.pdf)\n\nb.pdf\n");
}

}  // namespace
}  // namespace sluice::test
