// Word documents that nobody should write: cut off anywhere, spoilt anywhere, deep, overlapping.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/plugins/doc/doc_builder.h"

namespace sluice::test {
namespace {

using testing::HasSubstr;

DocBuilder sample() {
  DocBuilder doc;
  doc.paragraph("Head", 1).run("bold", sprm(0x0835, "\1")).end();
  doc.run("a").end(0, in_table(), '\7').run("b").end(0, in_table(), '\7');
  doc.end(0, row_end({0, 100, 200}, {0, 0}), '\7');
  doc.run("\x13", sprm(0x0855, "\1")).run(" HYPERLINK \"x\" ").run("\x14", sprm(0x0855, "\1"));
  doc.run("link").run("\x15", sprm(0x0855, "\1")).end();
  return doc;
}

void expect_outcome(const std::string& main, const std::string& table, std::size_t at) {
  const DocRun run(compound_file({{"WordDocument", main}, {"1Table", table}}));
  EXPECT_NE(run.outcome, Outcome::kInternal) << at << ": " << run.job().reason();
  EXPECT_TRUE(run.job().violations().empty()) << at;
}

TEST(DocHostile, CutOffAnywhereIsAnOutcome) {
  const auto [main, table] = sample().streams();
  for (std::size_t size = 0; size < main.size(); size += 13) {
    expect_outcome(main.substr(0, size), table, size);
  }
  for (std::size_t size = 0; size < table.size(); ++size) {
    expect_outcome(main, table.substr(0, size), size);
  }
}

TEST(DocHostile, SpoiltAnywhereIsAnOutcome) {
  const auto [main, table] = sample().streams();
  for (const char byte : {'\x01', '\x7F', '\xFF'}) {
    for (std::size_t at = 0; at < main.size(); at += 11) {
      std::string spoilt = main;
      spoilt[at] = byte;
      expect_outcome(spoilt, table, at);
    }
    for (std::size_t at = 0; at < table.size(); ++at) {
      std::string spoilt = table;
      spoilt[at] = byte;
      expect_outcome(main, spoilt, at);
    }
  }
}

TEST(DocHostile, PiecesThatOverlapGiveTheTextOnce) {
  auto [main, table] = DocBuilder().paragraph(std::string(1000, 'x')).streams();
  std::string places;
  std::string values;
  for (unsigned i = 0; i < 1000; ++i) {
    places += little(i % 2 == 0 ? 0 : 1001, 4);
    values += little(0, 2) + little(0x40000000 | 0x600 * 2, 4) + little(0, 2);
  }
  const std::string pieces = places + little(1001, 4) + values;
  main.replace(0x9A + 33 * 8, 8, little(table.size(), 4) + little(pieces.size() + 5, 4));
  table += '\2' + little(pieces.size(), 4) + pieces;
  const DocRun run(compound_file({{"WordDocument", main}, {"1Table", table}}));
  EXPECT_LE(run.body().size(), 1100U);
}

// A body of anchors of shapes, by number, and boxes 1, 2, ... whose texts begin and end there.
std::string document_of_boxes(const std::vector<unsigned>& anchors,
                              const std::vector<unsigned>& places, const std::string& text) {
  DocBuilder doc;
  doc.run(std::string(anchors.size(), '\x08'), sprm(0x0855, "\1")).end().end_body();
  const std::size_t body = doc.position();
  doc.paragraph(text);
  std::string shapes;
  for (std::size_t i = 0; i <= anchors.size(); ++i) shapes += little(i, 4);
  for (const unsigned number : anchors) shapes += little(number, 4) + std::string(22, '\0');
  std::string boxes;
  for (const unsigned place : places) boxes += little(place, 4);
  for (std::size_t i = 1; i < places.size(); ++i) {
    boxes += std::string(14, '\0') + little(i, 4) + std::string(4, '\0');
  }
  auto [main, table] = doc.table(40, shapes).table(56, boxes).streams();
  const std::size_t size = doc.position() - body;
  main.replace(0x50, 4, little(0, 4));
  main.replace(0x64, 4, little(size, 4));
  return compound_file({{"WordDocument", main}, {"1Table", table}});
}

TEST(Doc, TextsOfBoxesAreAtTheirAnchors) {
  const DocRun run(document_of_boxes({2, 1}, {0, 4, 9}, "one\rsecond"));
  EXPECT_EQ(run.outcome, Outcome::kOk) << run.job().reason();
  EXPECT_THAT(run.body(), HasSubstr("seco"));
  EXPECT_THAT(run.body(), HasSubstr("one"));
  EXPECT_LT(run.body().find("seco"), run.body().find("one"));
}

TEST(DocHostile, BoxesThatOverlapGiveTheirTextOnce) {
  const std::string text(10'000, 'x');
  std::vector<unsigned> anchors;
  std::vector<unsigned> places;
  for (unsigned i = 1; i <= 100; ++i) {
    anchors.push_back(i);
    places.push_back(i % 2 == 0 ? 10'000 : 0);
  }
  places.push_back(0);
  const DocRun run(document_of_boxes(anchors, places, text));
  EXPECT_THAT(run.body(), HasSubstr(text));
  EXPECT_LE(run.body().size(), 11'000U);
  // Places that leave the range of numbers.
  const DocRun wrapped(document_of_boxes({1}, {0xFFFFFFF0, 10'000}, text));
  EXPECT_LE(wrapped.body().size(), 11'000U);
}

TEST(DocHostile, ABoxOfManyAnchorsIsShownOnce) {
  const std::string text(10'000, 'x');
  const DocRun run(document_of_boxes(std::vector<unsigned>(100, 1), {0, 10'000}, text));
  EXPECT_THAT(run.body(), HasSubstr(text));
  EXPECT_LE(run.body().size(), 11'000U);
}

TEST(DocHostile, DepthOfTablesIsBounded) {
  DocBuilder doc;
  for (unsigned depth = 1; depth < 200; ++depth) {
    doc.run("x").end(0, in_table(depth * 1'000'000));
    doc.run("y").end();
  }
  EXPECT_THAT(DocRun(doc.build()).body(), HasSubstr("y"));
}

TEST(DocHostile, FieldsThatNeverEndKeepTheirText) {
  DocBuilder doc;
  for (int i = 0; i < 1000; ++i) doc.run("\x13", sprm(0x0855, "\1"));
  doc.run("code").end().paragraph("after");
  EXPECT_NE(DocRun(doc.build()).outcome, Outcome::kInternal);
}

TEST(DocHostile, WithoutADocumentIsMalformed) {
  EXPECT_EQ(DocRun(compound_file({{"Other", "x"}})).outcome, Outcome::kMalformed);
  EXPECT_EQ(DocRun(compound_file({{"WordDocument", "no mark"}})).outcome, Outcome::kMalformed);
}

}  // namespace
}  // namespace sluice::test
