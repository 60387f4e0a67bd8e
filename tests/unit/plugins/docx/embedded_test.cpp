// Documents within the document (w:altChunk) in every form that generators put there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "docx_run.h"

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

}  // namespace
}  // namespace sluice::test
