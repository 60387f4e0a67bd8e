// Word 97 documents: headings by style whatever it is called, looks, lists, tables, notes, fields,
// changes, pictures.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iterator>

#include "kit/corpus.h"
#include "unit/plugins/doc/doc_builder.h"

namespace sluice::test {
namespace {

using testing::HasSubstr;

const std::string kSpecial = sprm(0x0855, "\1");

TEST(Doc, HeadingsAreThoseOfTheStylesNumber) {
  EXPECT_EQ(body_of(DocBuilder().paragraph("One", 1).paragraph("text").paragraph("Two", 2)),
            "# One\n\ntext\n\n## Two\n");
}

TEST(Doc, LooksOfRuns) {
  EXPECT_EQ(body_of(DocBuilder()
                        .run("bold", sprm(0x0835, "\1"))
                        .run(" and ")
                        .run("italic", sprm(0x0836, "\1"))
                        .run(" and ")
                        .run("gone", sprm(0x0837, "\1"))
                        .run(" H")
                        .run("2", sprm(0x2A48, "\2"))
                        .run("O ")
                        .run("hidden", sprm(0x083C, "\1"))
                        .end()),
            "**bold** and *italic* and ~~gone~~ H<sub>2</sub>O\n");
}

TEST(Doc, TextInTheWindowsCodePageAndBreaks) {
  EXPECT_EQ(body_of(DocBuilder().run("caf\xE9 \x93q\x94\x0Bnext").end().paragraph("end")),
            "caf\u00E9 \u201Cq\u201D\\\nnext\n\nend\n");
}

TEST(Doc, PagesAreMarked) {
  EXPECT_EQ(body_of(DocBuilder().paragraph("one").run("two").end(0, "", '\x0C').paragraph("three")),
            "one\n\ntwo\n\n<!-- page 2 -->\n\nthree\n");
}

std::string cell(DocBuilder& doc, const std::string& text) {
  doc.run(text).end(0, in_table(), '\7');
  return {};
}

TEST(Doc, TablesHaveTheirMergedCells) {
  DocBuilder doc;
  for (const char* text : {"a", "b", "c"}) cell(doc, text);
  doc.end(0, row_end({0, 100, 200, 300}, {0, 0, 0x40}), '\7');
  for (const char* text : {"wide", "", "under"}) cell(doc, text);
  doc.end(0, row_end({0, 100, 200, 300}, {1, 2, 0x20}), '\7');
  // A row whose cells end elsewhere: one of two columns.
  for (const char* text : {"two", "one"}) cell(doc, text);
  doc.end(0, row_end({0, 200, 300}, {0, 0}), '\7');
  doc.paragraph("after");
  EXPECT_EQ(body_of(doc),
            "| a | b | c |\n| --- | --- | --- |\n| wide | | |\n| two | | one |\n\nafter\n");
}

TEST(Doc, ATableWithinACellIsItsLines) {
  DocBuilder doc;
  doc.run("in").end(0, in_table(2) + sprm(0x244B, "\1"));
  doc.run("").end(0, in_table(2) + sprm(0x244C, "\1"));
  doc.run("out").end(0, in_table(), '\7');
  cell(doc, "right");
  doc.end(0, row_end({0, 100, 200}, {0, 0}), '\7');
  doc.paragraph("after");
  const std::string body = body_of(doc);
  EXPECT_THAT(body, HasSubstr("in"));
  EXPECT_THAT(body, HasSubstr("out | right |"));
  EXPECT_THAT(body, HasSubstr("\n\nafter\n"));
}

TEST(Doc, LinksAreFields) {
  EXPECT_EQ(body_of(DocBuilder()
                        .run("See ")
                        .run("\x13", kSpecial)
                        .run(" HYPERLINK \"https://example.org/\" ")
                        .run("\x14", kSpecial)
                        .run("the page")
                        .run("\x15", kSpecial)
                        .run(".")
                        .end()),
            "See [the page](https://example.org/).\n");
}

// The facts of a form field in the data stream: `kind` 1 for a box, 2 for a menu; `result` 25 says
// that it is as at the start (`usual`).
std::string form_facts(unsigned kind, unsigned result, unsigned usual,
                       const std::vector<std::string>& entries = {}) {
  const auto counted_text = [](const std::string& text) {
    return little(text.size(), 2) + utf16le(text) + little(0, 2);
  };
  std::string facts = little(0xFFFFFFFF, 4) + little(kind | result << 2, 2) + little(0, 4) +
                      counted_text("Box1") + little(usual, 2);
  for (int i = 0; i < 5; ++i) facts += counted_text(i == 1 ? "help" : "");
  facts += little(0xFFFF, 2) + little(entries.size(), 2) + little(0, 2);
  for (const std::string& entry : entries) facts += little(entry.size(), 2) + utf16le(entry);
  return little(0x44 + facts.size(), 4) + little(0x44, 2) + std::string(62, '\0') + facts;
}

TEST(Doc, FormsSayWhatWasChosen) {
  const std::vector<std::string> colours = {"red", "blue"};
  DocBuilder doc;
  std::string data;
  const auto field = [&](const std::string& code, const std::string& facts) {
    doc.run("\x13", kSpecial).run(" " + code + " ");
    doc.run("\1", kSpecial + sprm(0x6A03, little(data.size(), 4)) + sprm(0x0806, "\1"));
    doc.run("\x15", kSpecial);
    data += facts;
  };
  field("FORMCHECKBOX", form_facts(1, 1, 0));
  doc.run(" yes ");
  field("FORMCHECKBOX", form_facts(1, 25, 0));
  doc.run(" no ");
  field("FORMDROPDOWN", form_facts(2, 25, 1, colours));
  doc.run(" ");
  field("FORMDROPDOWN", form_facts(2, 0, 1, colours));
  doc.run(" ");
  field("FORMDROPDOWN", form_facts(2, 9, 1, colours));
  field("FORMDROPDOWN", form_facts(2, 1, 1, colours).substr(0, 80));
  field("HYPERLINK", form_facts(1, 1, 0));
  doc.end().data(data);
  EXPECT_EQ(body_of(doc), "\u2612 yes \u2610 no blue red\n");
}

TEST(Doc, FootnotesAndCommentsAreAtTheirCalls) {
  DocBuilder doc;
  doc.run("One");
  const std::size_t call = doc.position();
  doc.run("\2", kSpecial).run(" two").end();
  doc.end_body();
  const std::size_t begin = doc.position();
  doc.run("\2", kSpecial).run(" The note.").end();
  const std::size_t size = doc.position() - begin;
  doc.table(2, little(call, 4) + little(begin, 4) + little(1, 2));
  doc.table(3, little(0, 4) + little(size, 4) + little(size + 1, 4));
  EXPECT_EQ(body_of(doc), "One[^1] two\n\n[^1]: The note.\n");
}

std::string level(unsigned format, const std::string& text) {
  return little(1, 4) + little(format, 1) + std::string(19, '\0') + little(0, 2) + little(0, 2) +
         little(text.size(), 2) + utf16le(text);
}

TEST(Doc, ListsCountAsWordCounts) {
  DocBuilder doc;
  const std::string item = sprm(0x260A, std::string(1, '\0')) + sprm(0x460B, little(1, 2));
  const std::string bullet = sprm(0x260A, std::string(1, '\0')) + sprm(0x460B, little(2, 2));
  doc.paragraph("first", 0, item).paragraph("second", 0, item).paragraph("point", 0, bullet);
  const auto list = [](unsigned id) {
    return little(id, 4) + std::string(22, '\0') + little(1, 2);
  };
  const auto use = [](unsigned id) { return little(id, 4) + std::string(12, '\0'); };
  // The levels stand behind what is counted of the lists.
  const std::string levels = level(0, std::string(1, '\0') + ".") + level(23, "o");
  doc.table(74, little(2, 4) + use(70) + use(71) + little(~0U, 4) + little(~0U, 4));
  doc.table(73, little(2, 2) + list(70) + list(71) + levels);
  EXPECT_EQ(body_of(doc), "1. first\n2. second\n\n- point\n");
}

TEST(Doc, ChangesAreAcceptedRejectedOrShown) {
  const std::string doc = DocBuilder()
                              .run("old", sprm(0x0800, "\1"))
                              .run("new", sprm(0x0801, "\1"))
                              .run(" text")
                              .end()
                              .build();
  EXPECT_EQ(DocRun(doc).body(), "new text\n");
  EXPECT_EQ(DocRun(doc, "reject").body(), "old text\n");
  EXPECT_EQ(DocRun(doc, "all").body(), "~~old~~<u>new</u> text\n");
}

std::string art(unsigned type, const std::string& body, unsigned start = 0) {
  return little(start, 2) + little(type, 2) + little(body.size(), 4) + body;
}

TEST(Doc, PicturesInTheTextAreAssets) {
  const std::string png = std::string("\x89PNG\r\n\x1A\n", 8) + "pixels";
  const std::string shape =
      art(0xF004, art(0xF00B, little(0x4104, 2) + little(1, 4), 0x13), 0xF) +
      art(0xF007, std::string(36, '\0') + art(0xF01E, std::string(17, '\0') + png, 0x6E00), 0x62);
  const std::string head = little(68, 2) + little(0x64, 2) + std::string(60, '\0');
  const std::string data = little(68 + shape.size(), 4) + head + shape;
  DocBuilder doc;
  doc.run("A ").run("\1", kSpecial + sprm(0x6A03, little(0, 4))).end().data(data);
  const DocRun run(doc.build());
  EXPECT_EQ(run.job().render("d"), "A ![](images/d/image1.png)\n");
  EXPECT_EQ(run.job().assets().at(0).bytes, png);
}

// Programs that save fast leave the text where it is.
TEST(Doc, PiecesGoInTheirOrder) {
  auto [main, table] = DocBuilder().paragraph("second").streams();
  const std::string first = utf16le("first \xE9");
  const std::size_t at = main.size();
  main += first;
  const std::string pieces = little(0, 4) + little(7, 4) + little(14, 4) + little(0, 2) +
                             little(at, 4) + little(0, 4) + little(0x40000000 | 0x600 * 2, 4) +
                             little(0, 2);
  main.replace(0x9A + 33 * 8, 8, little(table.size(), 4) + little(pieces.size() + 5, 4));
  main.replace(0x4C, 4, little(14, 4));
  table += '\2' + little(pieces.size(), 4) + pieces;
  EXPECT_EQ(DocRun(compound_file({{"WordDocument", main}, {"1Table", table}})).body(),
            "first \u00E9second\n");
}

// Word 6 and 95: the text, in the code page of the program's language.
TEST(Doc, OldWordGivesItsText) {
  std::string main(0x300, '\0');
  const std::string text = "\xC4\xE0\rtwo\r";
  main.replace(0, 8, little(0xA5DC, 2) + little(0x65, 2) + little(0, 2) + little(0x0419, 2));
  main.replace(0x18, 4, little(0x300, 4));
  main.replace(0x34, 4, little(text.size(), 4));
  const DocRun run(compound_file({{"WordDocument", main + text}}));
  EXPECT_EQ(run.body(), "\u0414\u0430\n\ntwo\n");
  EXPECT_THAT(run.job().warnings().at(0).message, HasSubstr("Word 6 or 95"));
}

// As Word itself wrote it.
TEST(DocPassword, WithoutItTheDocumentIsEncrypted) {
  const auto bytes = corpus_file("office-legacy", "oletools/encrypted/encrypted.doc");
  if (!bytes) GTEST_SKIP() << "there are no test documents";
  const DocRun run(*bytes);
  EXPECT_EQ(run.outcome, Outcome::kEncrypted);
  EXPECT_THAT(run.job().reason(), HasSubstr("is protected by a password"));
}

TEST(DocPassword, OpensTheDocument) {
  const auto bytes = corpus_file("office-legacy", "oletools/encrypted/encrypted.doc");
  if (!bytes) GTEST_SKIP() << "there are no test documents";
  const DocRun right(*bytes, "accept", "encrypted");
  EXPECT_EQ(right.outcome, Outcome::kOk) << right.job().reason();
  EXPECT_EQ(right.body(), "Encrypted Test File\n\nNo other contents, sorry \u263A\n");
  const DocRun wrong(*bytes, "accept", "Encrypted");
  EXPECT_EQ(wrong.outcome, Outcome::kEncrypted);
  EXPECT_THAT(wrong.job().reason(), HasSubstr("another password"));
}

TEST(Doc, EmbeddedObjectsAreReported) {
  constexpr unsigned kLinked = 0x10, kControl = 0x1000, kAsIcon = 0x40;
  const DocRun run(DocBuilder()
                       .paragraph("text")
                       .object("Microsoft Excel Worksheet", kAsIcon)
                       .object("Linked", kLinked)
                       .object("A button", kControl)
                       .build());
  EXPECT_EQ(run.body(), "text\n");
  ASSERT_EQ(run.job().warnings().size(), 1U);
  EXPECT_EQ(run.job().warnings()[0].code, "embedded-document");
  EXPECT_EQ(run.job().warnings()[0].message,
            "1 embedded object is not converted, but for what the document shows of it: "
            "Microsoft Excel Worksheet");
}

TEST(Doc, EmbeddedDocumentsStandWhereTheyAreEmbedded) {
  constexpr unsigned kAsIcon = 0x40;
  DocBuilder builder;
  // The middle of a field says which object (sprmCPicLocation).
  builder.run("before \x13 EMBED Package ")
      .run("\x14", "\x03\x6A" + little(0, 4))
      .run("\x15 after")
      .end();
  builder.object("Package", kAsIcon, {{"\1Ole10Native", packaged("notes.txt", "some words")}})
      .object("Microsoft Word Document", kAsIcon, {{"WordDocument", "no text leads here"}});
  const DocRun run(builder.build());
  EXPECT_EQ(run.job().render("a"),
            "before [notes.txt](notes.txt) after\n\n"
            "[Microsoft Word Document.doc](Microsoft%20Word%20Document.doc)\n");
  ASSERT_EQ(run.job().children().size(), 2U);
  EXPECT_EQ(run.job().children()[0].bytes, "some words");
  EXPECT_TRUE(run.job().warnings().empty());
}

// Written by Word and its siblings.
TEST(Doc, EmbeddedFilesOfRealFilesAreTaken) {
  for (const char* name : {"embedded-simple-2007.doc", "embedded-unicode.doc"}) {
    const auto bytes = corpus_file("office-legacy", std::string("oletools/oleobj/") + name);
    if (!bytes) GTEST_SKIP() << "there are no test documents";
    const DocRun run(*bytes);
    ASSERT_EQ(run.job().children().size(), 1U) << name;
    EXPECT_FALSE(run.job().children()[0].bytes.empty()) << name;
    EXPECT_TRUE(run.job().warnings().empty()) << name;
  }
}

}  // namespace
}  // namespace sluice::test
