// Workbooks that nobody should write: cut off anywhere, spoilt anywhere, with counts that lie.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/plugins/xls/xls_builder.h"

namespace sluice::test {
namespace {

using testing::HasSubstr;

std::string sample() {
  return XlsBuilder()
      .global(biff(0xFC, little(2, 4) + little(2, 4) + narrow("one") + narrow("two")))
      .sheet("S", shared(0, 0, 0) + shared(0, 1, 1) + number_cell(1, 0, 1.5) +
                      biff(0xE5, little(1, 2) + little(1, 2) + little(2, 2) + little(0, 4)))
      .stream();
}

TEST(XlsHostile, CutOffAnywhereIsAnOutcome) {
  const std::string stream = sample();
  for (std::size_t size = 0; size < stream.size(); ++size) {
    const XlsRun run(compound_file({{"Workbook", stream.substr(0, size)}}));
    EXPECT_NE(run.outcome, Outcome::kInternal) << size << run.job().reason();
    EXPECT_TRUE(run.job().violations().empty()) << size;
    EXPECT_TRUE(run.outcome != Outcome::kOk || size + 10 >= stream.size()) << size;
  }
}

TEST(XlsHostile, SpoiltAnywhereIsAnOutcome) {
  const std::string stream = sample();
  for (std::size_t at = 0; at < stream.size(); ++at) {
    for (const char byte : {'\x00', '\x01', '\x7F', '\xFF'}) {
      std::string spoilt = stream;
      spoilt[at] = byte;
      const XlsRun run(compound_file({{"Workbook", spoilt}}));
      EXPECT_NE(run.outcome, Outcome::kInternal) << at << run.job().reason();
    }
  }
}

TEST(XlsHostile, PromisedStringsThatAreMissingAreTold) {
  const XlsRun run(XlsBuilder()
                       .global(biff(0xFC, little(9, 4) + little(0xFFFFFFFF, 4) + narrow("one")))
                       .sheet("S", shared(0, 0, 0) + shared(0, 1, 8))
                       .build());
  EXPECT_EQ(run.outcome, Outcome::kPartial);
  EXPECT_THAT(run.job().reason(), HasSubstr("text of 4294967294 cells is missing"));
}

TEST(XlsHostile, AStringLongerThanTheFileEnds) {
  const XlsRun run(XlsBuilder()
                       .global(biff(0xFC, little(1, 4) + little(1, 4) + little(0xFFFF, 2) + "\1ab"))
                       .sheet("S", shared(0, 0, 0) + label(0, 1, "x"))
                       .build());
  EXPECT_THAT(run.body(), HasSubstr("x"));
}

// 60,000 cells of 32 KB each would be 2 GB out of a file of 1 MB.
TEST(XlsHostile, ManyCellsOfOneLongTextAreALimit) {
  std::string cells;
  for (unsigned i = 0; i < 60'000; ++i) cells += shared(i, 0, 0);
  XlsBuilder book;
  const std::string half(8000, 'x');
  std::string strings = biff(0xFC, little(1, 4) + little(1, 4) + little(32'000, 2) + '\0' + half);
  for (int i = 0; i < 3; ++i) strings += biff(0x3C, std::string(1, '\0') + half);
  book.global(strings).sheet("S", cells);
  EXPECT_EQ(XlsRun(book.build()).outcome, Outcome::kLimit);
}

TEST(XlsHostile, SheetsAtPlacesThatAreNoneAreFoundInOrder) {
  std::string stream =
      XlsBuilder().sheet("A", label(0, 0, "1")).sheet("B", label(0, 0, "2")).stream();
  for (std::size_t at = stream.find("\x85"); at != std::string::npos;
       at = stream.find("\x85", at + 1)) {
    if (stream[at + 1] == '\0') stream.replace(at + 4, 4, little(3, 4));
  }
  EXPECT_EQ(XlsRun(compound_file({{"Workbook", stream}})).body(), "## A\n\n1\n\n## B\n\n2\n");
}

TEST(XlsHostile, WithoutAWorkbookIsMalformed) {
  EXPECT_EQ(XlsRun(compound_file({{"Other", "x"}})).outcome, Outcome::kMalformed);
  EXPECT_EQ(XlsRun(compound_file({{"Workbook", "no records"}})).outcome, Outcome::kMalformed);
}

TEST(XlsHostile, AnEncryptionThatIsCutOffIsAnOutcome) {
  for (std::size_t size = 0; size < 54; ++size) {
    for (const unsigned major : {1U, 2U, 4U, 9U}) {
      std::string body = little(1, 2) + little(major, 2) + little(major == 1 ? 1 : 2, 2);
      body.resize(size, '\x01');
      XlsBuilder book;
      book.global(biff(0x2F, body)).sheet("S", label(0, 0, "x"));
      const XlsRun run(book.build());
      EXPECT_NE(run.outcome, Outcome::kInternal) << run.job().reason();
      EXPECT_NE(run.outcome, Outcome::kOk);
    }
  }
}

}  // namespace
}  // namespace sluice::test
