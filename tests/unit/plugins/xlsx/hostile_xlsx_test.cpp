// Workbooks that lie, break off or try to fill the memory.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <functional>

#include "unit/plugins/xlsx/workbook_builder.h"

namespace sluice::xlsx {
namespace {

TEST(HostileXlsx, DoesNotAllocateTheGridUpToAFarCell) {
  WorkbookBuilder builder;
  builder.raw_sheet("S", "<worksheet" + kMain + "><dimension ref='A1:XFD1048576'/><sheetData>" +
                             row(1, text("A1", "a")) + row(1'048'576, text("XFD1048576", "z")) +
                             "</sheetData></worksheet>");
  EXPECT_EQ(Sample(builder).markdown(), "## S\n\na\n\nz\n");
}

TEST(HostileXlsx, DoesNotWriteTheColumnsUpToAFarCell) {
  WorkbookBuilder builder;
  std::string rows;
  for (int i = 1; i <= 3; ++i) {
    const std::string n = std::to_string(i);
    rows += row(i, text("A" + n, "a" + n) + text("XFD" + n, "z" + n));
  }
  builder.sheet("S", rows);
  EXPECT_EQ(Sample(builder).markdown(),
            "## S\n\n| a1 |\n| --- |\n| a2 |\n| a3 |\n\n| z1 |\n| --- |\n| z2 |\n| z3 |\n");
}

// Of a file of some KB: a limit, and soon.
TEST(HostileXlsx, EndsWhereCellsShareALongText) {
  WorkbookBuilder builder;
  std::string rows;
  for (int i = 1; i <= 600; ++i) {
    const std::string n = std::to_string(i);
    rows += row(i, "<c r='A" + n + "' t='s'><v>0</v></c>");
  }
  builder.strings("<si><t>" + std::string(std::size_t{1} << 20, 'x') + "</t></si>")
      .sheet("S", rows);
  const Sample sample(builder);
  EXPECT_EQ(sample.outcome(), Outcome::kLimit) << sample.job().reason();
}

TEST(HostileXlsx, SkipsCellsThatNoSheetHas) {
  WorkbookBuilder builder;
  builder.sheet("S", "<row r='1'>" + text("A1", "a") + text("ZZZZZ1", "b") + "</row>" +
                         "<row r='99999999'>" + text("A1", "c") + "</row><row r='-5'>" +
                         text("B2", "d") + "</row>");
  EXPECT_EQ(Sample(builder).outcome(), Outcome::kOk);
}

TEST(HostileXlsx, FillsNoMoreOfAMergeThanATableHas) {
  WorkbookBuilder builder;
  builder.sheet("S", row(1, text("A1", "a") + text("B1", "b")) + row(2, text("A2", "c")),
                "<mergeCells><mergeCell ref='A2:XFD1048576'/></mergeCells>");
  const Sample sample(builder, R"("merged":"fill")");
  EXPECT_EQ(sample.outcome(), Outcome::kOk);
  EXPECT_EQ(sample.markdown(), "## S\n\n| a | b |\n| --- | --- |\n| c | c |\n");
}

TEST(HostileXlsx, RefusesEntities) {
  WorkbookBuilder builder;
  builder.raw_sheet("S", "<!DOCTYPE x [<!ENTITY l 'lol'>]><worksheet" + kMain +
                             "><sheetData><row><c t='inlineStr'><is><t>&l;</t></is></c></row>"
                             "</sheetData></worksheet>");
  EXPECT_EQ(Sample(builder).outcome(), Outcome::kMalformed);
}

TEST(HostileXlsx, KeepsTheRowsBeforeABrokenPlace) {
  WorkbookBuilder builder;
  builder.raw_sheet("S", "<worksheet" + kMain + "><sheetData>" + row(1, text("A1", "kept")) +
                             "<row r='2'><c></row>");
  const Sample sample(builder);
  EXPECT_EQ(sample.outcome(), Outcome::kPartial);
  EXPECT_EQ(sample.markdown(), "## S\n\nkept\n");
  EXPECT_NE(sample.job().reason().find("sheet1.xml"), std::string::npos) << sample.job().reason();
}

TEST(HostileXlsx, KeepsTheOtherSheetsWhenOneIsMissing) {
  // A second sheet that the relationships do not know.
  const std::string workbook = "<workbook" + kMain +
                               "><sheets><sheet name='Here' r:id='s1'/><sheet name='Gone' "
                               "r:id='s2'/></sheets></workbook>";
  test::OfficePackage package("xl/workbook.xml");
  package.part("xl/workbook.xml", workbook)
      .part("xl/worksheets/sheet1.xml", "<worksheet" + kMain + "><sheetData>" +
                                            row(1, text("A1", "kept")) + "</sheetData></worksheet>")
      .relate("xl/workbook.xml", "s1", "worksheet", "worksheets/sheet1.xml");
  const Sample sample(package.build());
  EXPECT_EQ(sample.outcome(), Outcome::kPartial);
  EXPECT_EQ(sample.markdown(), "## Here\n\nkept\n");
  EXPECT_NE(sample.job().reason().find("Gone"), std::string::npos) << sample.job().reason();
}

TEST(HostileXlsx, EndsWhatExpandsThroughSharedStringsAtTheOutputLimit) {
  WorkbookBuilder builder;
  builder.strings("<si><t>" + std::string(100'000, 'x') + "</t></si>");
  std::string rows;
  for (int i = 1; i <= 5000; ++i) rows += "<row><c t='s'><v>0</v></c><c t='s'><v>0</v></c></row>";
  builder.sheet("S", rows);
  RecordingJob job(builder.build(), "a.xlsx", "x");
  job.set_options(kDefaultOptions);
  RecordingJob::Limits limits;
  limits.body_bytes = 10'000'000;
  job.set_limits(limits);
  XlsxConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kLimit);
}

TEST(HostileXlsx, SaysThatAPackageIsNoWorkbook) {
  test::OfficePackage package("word/document.xml");
  package.part("word/document.xml", "<document/>");
  EXPECT_EQ(Sample(package.build()).outcome(), Outcome::kMalformed);
  EXPECT_EQ(Sample("not a package").outcome(), Outcome::kMalformed);
}

long peak_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST(HostileXlsx, StreamsASheetInMemoryThatDoesNotGrowWithIt) {
  // 40,000 rows of 20 cells, all of one length.
  constexpr std::size_t kRowCount = 40'000;
  const auto row_at = [](std::size_t index) {
    char number[16];
    std::snprintf(number, sizeof number, "%07zu", index + 1);
    std::string out = std::string("<row r=\"") + number + "\">";
    for (int i = 0; i < 20; ++i) out += std::string("<c><v>") + number + ".25</v></c>";
    return out + "</row>";
  };
  const std::string head = "<worksheet" + kMain + "><sheetData>";
  const std::string tail = "</sheetData></worksheet>";
  std::string xml = head;
  for (std::size_t i = 0; i < kRowCount; ++i) xml += row_at(i);
  xml += tail;
  WorkbookBuilder builder;
  builder.raw_sheet("S", xml);
  xml = {};
  RecordingJob job(builder.build(), "a.xlsx", "x");
  job.set_options(kDefaultOptions);
  std::uint64_t lines = 0;
  job.on_body([&lines](std::string_view piece) {
    lines += static_cast<std::uint64_t>(std::count(piece.begin(), piece.end(), '\n'));
  });
  const long before = peak_kib();
  XlsxConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kOk) << job.reason();
  EXPECT_EQ(lines, kRowCount + 3);  // heading, blank line, delimiter row
#ifndef SLUICE_SANITIZED
  EXPECT_LT(peak_kib() - before, 64 * 1024);
#else
  (void)before;
#endif
}

}  // namespace
}  // namespace sluice::xlsx
