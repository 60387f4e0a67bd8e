// Workbooks of Excel 2 to 2003: every kind of cell, the texts that go on in the next record, dates,
// what is hidden, links, comments, drawings, passwords.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iterator>

#include "kit/corpus.h"
#include "unit/plugins/xls/xls_builder.h"

namespace sluice::test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string formula(unsigned row, unsigned column, const std::string& result) {
  return biff(0x06, cell_head(row, column) + result + std::string(8, '\0'));
}
std::string special(unsigned kind, unsigned value) {
  return little(kind, 1) + '\0' + little(value, 1) + std::string(3, '\0') + "\xFF\xFF";
}

TEST(Xls, CanaryIsWhatItShouldBe) {
  xls::XlsConverter converter;
  EXPECT_EQ(
      canary_fault(
          converter,
          R"({"embedded_documents":true,"hidden_sheets":false,"hidden_cells":false,"dates":"shown",)"
          R"("merged":"first","header":"first-row","comments":false,)"
          R"("drawings":true,"password":""})"),
      "");
}

TEST(Xls, HasEveryKindOfCell) {
  const std::string rks = little(1, 2) + little(0, 2) + little(0, 2) + little((42 << 2) | 2, 4) +
                          little(0, 2) + little((1234 << 2) | 3, 4) + little(1, 2);
  const XlsRun run(
      XlsBuilder()
          .sheet("All", label(0, 0, "a") + label(0, 1, "b") + biff(0xBD, rks) +
                            number_cell(2, 0, 0.5) +
                            biff(0x205, cell_head(2, 1) + std::string("\1\0", 2)) +
                            biff(0x205, cell_head(3, 0) + std::string("\x07\1", 2)) +
                            formula(3, 1, special(0, 0)) + biff(0x207, narrow("text")) +
                            formula(4, 0, special(1, 1)) + formula(4, 1, special(2, 0x2A)) +
                            formula(5, 0, little(std::bit_cast<std::uint64_t>(2.25), 8)))
          .build());
  EXPECT_EQ(run.body(),
            "## All\n\n| a | b |\n| --- | --- |\n| 42 | 12.34 |\n| 0.5 | TRUE |\n"
            "| #DIV/0! | text |\n| TRUE | #N/A |\n| 2.25 | |\n");
  EXPECT_TRUE(run.job().violations().empty());
}

// Wherever a text is cut, what goes on in the next record says anew how wide it is.
TEST(Xls, SharedStringsGoOnInTheNextRecord) {
  const std::string text = "The quick brown fox";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    for (const bool wide_first : {false, true}) {
      const std::string head = text.substr(0, cut);
      const std::string tail = text.substr(cut);
      const std::string first = little(2, 4) + little(2, 4) + narrow("one") +
                                little(text.size(), 2) + (wide_first ? '\1' : '\0') +
                                (wide_first ? utf16le(head) : head);
      const std::string second =
          (tail.empty() ? "" : (wide_first ? "\0" + tail : "\1" + utf16le(tail)));
      std::string continued = second;
      if (!tail.empty() && wide_first) continued = std::string(1, '\0') + tail;
      XlsBuilder book;
      book.global(biff(0xFC, first) + biff(0x3C, continued));
      book.sheet("S", shared(0, 0, 1) + shared(0, 1, 0));
      EXPECT_THAT(XlsRun(book.build()).body(), HasSubstr("| " + text + " | one |")) << cut;
    }
  }
}

TEST(Xls, StringsWithRunsAndPhoneticsAreTheirTexts) {
  const std::string rich =
      little(4, 2) + '\x0C' + little(1, 2) + little(6, 4) + "rich" + little(0, 4) + "phonet";
  XlsBuilder book;
  book.global(biff(0xFC, little(2, 4) + little(2, 4) + rich + narrow("next")));
  book.sheet("S", shared(0, 0, 0) + shared(0, 1, 1));
  EXPECT_THAT(XlsRun(book.build()).body(), HasSubstr("| rich | next |"));
}

TEST(Xls, DatesAreShownInTheirFormatAndEpoch) {
  const std::string styles = biff(0x41E, little(164, 2) + narrow("yyyy-mm-dd")) +
                             biff(0xE0, little(0, 4) + std::string(16, '\0')) +
                             biff(0xE0, little(0, 2) + little(164, 2) + std::string(16, '\0'));
  const std::string cells = number_cell(0, 0, 36526, 1) + number_cell(0, 1, 36526, 0);
  EXPECT_THAT(XlsRun(XlsBuilder().global(styles).sheet("S", cells).build()).body(),
              HasSubstr("| 2000-01-01 | 36526 |"));
  EXPECT_THAT(
      XlsRun(XlsBuilder().global(biff(0x22, little(1, 2)) + styles).sheet("S", cells).build())
          .body(),
      HasSubstr("| 2004-01-02 | 36526 |"));
}

TEST(Xls, HiddenPartsAreLeftOutAndTold) {
  const std::string columns = biff(0x7D, little(1, 2) + little(1, 2) + little(0, 4) + little(1, 2));
  const std::string hidden_row =
      biff(0x208, little(1, 2) + std::string(10, '\0') + little(0x20, 4));
  const std::string book =
      XlsBuilder()
          .sheet("Shown", columns + hidden_row + label(0, 0, "a") + label(0, 1, "b") +
                              label(1, 0, "c") + label(2, 0, "d"))
          .sheet("Secret", label(0, 0, "s"), 1)
          .build();
  const XlsRun run(book);
  EXPECT_EQ(run.body(), "## Shown\n\n| a |\n| --- |\n| d |\n");
  ASSERT_EQ(run.job().warnings().size(), 2U);
  EXPECT_EQ(run.job().warnings()[0].message,
            "1 hidden row and 1 hidden column are left out; to convert them, set [plugin.xls] "
            "hidden_cells = true");
  const XlsRun all(book, R"("hidden_sheets":true,"hidden_cells":true)");
  EXPECT_EQ(all.body(),
            "## Shown\n\n| a | b |\n| --- | --- |\n| c | |\n| d | |\n\n## Secret\n\ns\n");
}

TEST(Xls, MergedCellsAreFilledIfAsked) {
  const std::string merge = biff(0xE5, little(1, 2) + little(1, 2) + little(2, 2) + little(0, 4));
  const std::string book = XlsBuilder()
                               .sheet("S", label(0, 0, "k") + label(0, 1, "v") + label(1, 0, "m") +
                                               label(1, 1, "1") + label(2, 1, "2") + merge)
                               .build();
  EXPECT_THAT(XlsRun(book).body(), HasSubstr("| m | 1 |\n| | 2 |"));
  EXPECT_THAT(XlsRun(book, R"("merged":"fill")").body(), HasSubstr("| m | 1 |\n| m | 2 |"));
}

std::string link_record(unsigned flags, const std::string& rest) {
  return biff(0x1B8, little(0, 2) + little(0, 2) + little(0, 2) + little(0, 2) +
                         std::string(16, '\0') + little(2, 4) + little(flags, 4) + rest);
}

TEST(Xls, LinksLeadOutAndToSheets) {
  const std::string url = utf16le("https://example.org/x") + std::string(2, '\0');
  const std::string moniker =
      std::string("\xE0\xC9\xEA\x79\xF9\xBA\xCE\x11\x8C\x82\x00\xAA\x00\x4B\xA9\x0B", 16) +
      little(url.size(), 4) + url;
  EXPECT_THAT(
      XlsRun(XlsBuilder().sheet("S", label(0, 0, "go") + link_record(3, moniker)).build()).body(),
      HasSubstr("[go](https://example.org/x)"));
  const std::string place = little(10, 4) + utf16le("Other!A1") + std::string(4, '\0');
  EXPECT_THAT(XlsRun(XlsBuilder()
                         .sheet("S", label(0, 0, "go") + link_record(8, place))
                         .sheet("Other", label(0, 0, "here"))
                         .build())
                  .body(),
              HasSubstr("[go](#other)"));
}

std::string art(unsigned type, const std::string& body, unsigned start = 0) {
  return little(start, 2) + little(type, 2) + little(body.size(), 4) + body;
}
std::string shape(unsigned row, unsigned picture) {
  std::string parts = art(0xF00A, std::string(8, '\0'), 2);
  if (picture > 0) parts += art(0xF00B, little(0x4104, 2) + little(picture, 4), 0x13);
  parts += art(0xF010,
               little(0, 2) + little(0, 2) + little(0, 2) + little(row, 2) + std::string(10, '\0'));
  return biff(0xEC, art(0xF004, parts, 0xF));
}
std::string object(unsigned kind, unsigned id) {
  return biff(0x5D, little(0x15, 2) + little(0x12, 2) + little(kind, 2) + little(id, 2) +
                        std::string(14, '\0'));
}
std::string text_record(const std::string& text) {
  return biff(0x1B6, std::string(10, '\0') + little(text.size(), 2) + std::string(6, '\0')) +
         biff(0x3C, std::string(1, '\0') + text) + biff(0x3C, std::string(16, '\0'));
}

TEST(Xls, CommentsAreAListIfAsked) {
  const std::string book =
      XlsBuilder()
          .sheet("S", label(0, 0, "x") + shape(0, 0) + object(0x19, 7) + text_record("Ann:\nlook") +
                          biff(0x1C, little(1, 2) + little(2, 2) + little(0, 2) + little(7, 2) +
                                         narrow("Ann") + '\0'))
          .build();
  EXPECT_EQ(XlsRun(book).body(), "## S\n\nx\n");
  EXPECT_THAT(XlsRun(book, R"("comments":true)").body(), HasSubstr("- **C2** (Ann): look\n"));
}

TEST(Xls, PicturesAndTextBoxesFollowTheSheet) {
  const std::string png = std::string("\x89PNG\r\n\x1A\n", 8) + "pixels";
  const std::string blip = art(0xF01E, std::string(17, '\0') + png, 0x6E00);
  const std::string store = art(0xF001, art(0xF007, std::string(36, '\0') + blip, 0x62), 0x1F);
  XlsBuilder book;
  book.global(biff(0xEB, art(0xF000, store, 0xF)));
  book.sheet("S", label(0, 0, "x") + shape(9, 1) + object(8, 1) + shape(5, 0) + object(6, 2) +
                      text_record("in a box"));
  const XlsRun run(book.build());
  EXPECT_EQ(run.job().render("d"), "## S\n\nx\n\nin a box\n\n![](images/d/image1.png)\n");
  EXPECT_EQ(run.job().assets().at(0).bytes, png);
}

TEST(Xls, ChartsAreLeftOutAndTold) {
  const std::string chart = bof(0x20) + number_cell(0, 0, 1) + biff(0x0A, "");
  const XlsRun run(XlsBuilder().sheet("S", label(0, 0, "x") + chart + label(1, 0, "y")).build());
  EXPECT_EQ(run.body(), "## S\n\n| x |\n| --- |\n| y |\n");
  EXPECT_THAT(run.job().warnings().at(0).message, HasSubstr("1 chart was left out; its numbers"));
}

// Excel 5 writes texts in a code page; its stream may stand alone.
TEST(Xls, OldTextsAreInTheirCodePage) {
  const std::string sheet = biff(0x809, little(0x0500, 2) + little(0x10, 2) + little(0, 4)) +
                            biff(0x42, little(1251, 2)) +
                            biff(0x204, cell_head(0, 0) + little(2, 2) + "\xC4\xE0") +
                            biff(0x0A, "");
  EXPECT_EQ(XlsRun(sheet).body(), "## book\n\n\u0414\u0430\n");
  EXPECT_EQ(XlsRun(compound_file({{"Book", sheet}})).body(), "## book\n\n\u0414\u0430\n");
}

TEST(Xls, SheetsOfExcel2To4StandAlone) {
  const std::string looks(3, '\0');
  const std::string two = biff(0x09, little(2, 2) + little(0x10, 2)) +
                          biff(0x02, little(0, 4) + looks + little(7, 2)) +
                          biff(0x04, little(0, 2) + little(1, 2) + looks + "\2ab") + biff(0x0A, "");
  EXPECT_THAT(XlsRun(two).body(), HasSubstr("| 7 | ab |"));
  for (const unsigned number : {0x209U, 0x409U}) {
    const std::string three = biff(number, little(0, 2) + little(0x10, 2) + little(0, 2)) +
                              biff(0x27E, cell_head(0, 0) + little((7 << 2) | 2, 4)) +
                              biff(0x204, cell_head(0, 1) + little(2, 2) + "ab") + biff(0x0A, "");
    EXPECT_THAT(XlsRun(three).body(), HasSubstr("| 7 | ab |"));
  }
}

TEST(Xls, CellsInAnyOrderAreInTheirRows) {
  EXPECT_EQ(XlsRun(XlsBuilder()
                       .sheet("S", label(1, 1, "d") + label(0, 1, "b") + label(1, 0, "c") +
                                       label(0, 0, "old") + label(0, 0, "a"))
                       .build())
                .body(),
            "## S\n\n| a | b |\n| --- | --- |\n| c | d |\n");
}

// Written by Excel itself, in both of its old ways.
TEST(XlsPassword, OpensTheDocument) {
  for (const char* way : {"std_rc4", "xor"}) {
    const auto bytes = corpus_file("office-legacy", "exceldatareader/Test_git_issue_242_" +
                                                        std::string(way) + "_pwd_password.xls");
    if (!bytes) GTEST_SKIP() << "there are no test documents";
    EXPECT_EQ(XlsRun(*bytes).outcome, Outcome::kEncrypted) << way;
    EXPECT_EQ(XlsRun(*bytes, R"("password":"wrong")").outcome, Outcome::kEncrypted) << way;
    const XlsRun run(*bytes, R"("password":"password")");
    EXPECT_EQ(run.outcome, Outcome::kOk) << way << run.job().reason();
    EXPECT_THAT(run.body(), HasSubstr("Password: password")) << way;
  }
}

TEST(Xls, EmbeddedObjectsAreReported) {
  XlsBuilder builder;
  builder.sheet("S", label(0, 0, "a"));
  const XlsRun run(compound_file({{"Workbook", builder.stream()},
                                  {"MBD0001/\1CompObj", object_kind("Microsoft Word Document")},
                                  {"MBD0002/\1Ole10Native", "x"},
                                  {"LNK0003/\1CompObj", object_kind("linked")}}));
  EXPECT_EQ(run.body(), "## S\n\na\n");
  ASSERT_EQ(run.job().warnings().size(), 1U);
  EXPECT_EQ(run.job().warnings()[0].message,
            "2 embedded objects are not converted, but for what the document shows of them: "
            "Microsoft Word Document");
}

TEST(Xls, EmbeddedDocumentsStandBehindTheSheets) {
  XlsBuilder builder;
  builder.sheet("S", label(0, 0, "a"));
  const XlsRun run(compound_file({{"Workbook", builder.stream()},
                                  {"MBD0001/\1CompObj", object_kind("Microsoft Word Document")},
                                  {"MBD0001/WordDocument", "x"},
                                  {"MBD0002/\1Ole10Native", packaged("a.txt", "some words")}}));
  EXPECT_EQ(run.job().render("a"),
            "## S\n\na\n\n## Embedded documents\n\n"
            "[Microsoft Word Document.doc](Microsoft%20Word%20Document.doc)\n\n[a.txt](a.txt)\n");
  ASSERT_EQ(run.job().children().size(), 2U);
  EXPECT_EQ(run.job().children()[1].bytes, "some words");
  EXPECT_TRUE(run.job().warnings().empty());
}

TEST(Xls, HeadersAndFootersOfPaperAreReported) {
  XlsBuilder builder;
  builder.sheet("S", biff(0x14, narrow("&LSecret&RPage &P")) + biff(0x15, "") + label(0, 0, "a"));
  const XlsRun run(builder.build());
  EXPECT_EQ(run.body(), "## S\n\na\n");
  ASSERT_EQ(run.job().warnings().size(), 1U);
  EXPECT_EQ(run.job().warnings()[0].message, "1 print header or footer is left out: \"Secret\"");
}

}  // namespace
}  // namespace sluice::test
