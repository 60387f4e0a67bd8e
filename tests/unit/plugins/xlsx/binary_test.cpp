// Binary workbooks say what those in XML say: the same content in both forms gives the same
// Markdown.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "unit/plugins/xlsx/binary_builder.h"

namespace sluice::xlsx {
namespace {

TEST(BinaryWorkbook, HoldsEveryKindOfCell) {
  BinaryBuilder builder;
  builder.strings({"shared one", "shared two"})
      .sheet("S",
             row_head(0) + record(7, cell_head(0) + little(1, 4)) +
                 record(6, cell_head(1) + wide("inline")) +
                 record(62, cell_head(2) + little(1, 1) + wide("rich") + little(0, 4)) +
                 row_head(1) + record(2, cell_head(0) + little(7u << 2 | 2u, 4)) +
                 record(2, cell_head(1) + little(static_cast<std::uint32_t>(-150) << 2 | 3u, 4)) +
                 record(5, cell_head(2) + real(1234.5)) + row_head(2) +
                 record(4, cell_head(0) + little(1, 1)) +
                 record(3, cell_head(1) + little(0x2A, 1)) + record(1, cell_head(2)) + row_head(3) +
                 record(9, cell_head(0) + real(0.5) + little(0, 2) + little(0, 8)) +
                 record(8, cell_head(1) + wide("made") + little(0, 2) + little(0, 8)) +
                 record(10, cell_head(2) + little(0, 1) + little(0, 10)) + row_head(4) +
                 record(11, cell_head(0) + little(0x07, 1) + little(0, 10)) +
                 record(7, cell_head(1) + little(0, 4)));
  EXPECT_EQ(Sample(builder.build()).markdown(),
            "## S\n\n| shared two | inline | rich |\n| --- | --- | --- |\n| 7 | -1.5 | 1234.5 |\n"
            "| TRUE | #N/A | |\n| 0.5 | made | FALSE |\n| #DIV/0! | shared one | |\n");
}

TEST(BinaryWorkbook, ShowsNumbersInTheirFormats) {
  BinaryBuilder builder;
  builder.formats({"0.00", "yyyy-mm-dd", "#,##0"})
      .sheet("S", row_head(0) + record(5, cell_head(0, 1) + real(2.5)) +
                      record(5, cell_head(1, 2) + real(45000)) +
                      record(5, cell_head(2, 3) + real(1234567)));
  EXPECT_EQ(Sample(builder.build(), R"("header":"none")").markdown(),
            "## S\n\n| | | |\n| --- | --- | --- |\n| 2.50 | 2023-03-15 | 1,234,567 |\n");
}

TEST(BinaryWorkbook, CountsDaysFrom1904) {
  BinaryBuilder builder;
  builder.epoch_1904()
      .formats({"yyyy-mm-dd"})
      .sheet("S", row_head(0) + record(5, cell_head(0, 1) + real(0)));
  EXPECT_THAT(Sample(builder.build()).markdown(), testing::HasSubstr("1904-01-01"));
}

TEST(BinaryWorkbook, LeavesOutWhatIsHidden) {
  BinaryBuilder builder;
  const std::string column =
      record(60, little(1, 4) + little(1, 4) + little(2000, 4) + little(0, 4) + little(1, 2));
  const auto cells = [](const std::string& tag) {
    return record(6, cell_head(0) + wide("a" + tag)) + record(6, cell_head(1) + wide("b" + tag)) +
           record(6, cell_head(2) + wide("c" + tag));
  };
  builder
      .sheet("Shown", column + row_head(0) + cells("1") + row_head(1, true) + cells("2") +
                          row_head(2) + cells("3"))
      .sheet("Gone", row_head(0) + cells("4"), 1);
  EXPECT_EQ(Sample(builder.build()).markdown(),
            "## Shown\n\n| a1 | c1 |\n| --- | --- |\n| a3 | c3 |\n");
  EXPECT_THAT(Sample(builder.build(), R"("hidden_cells":true,"hidden_sheets":true)").markdown(),
              testing::AllOf(testing::HasSubstr("b2"), testing::HasSubstr("## Gone")));
}

TEST(BinaryWorkbook, KeepsLinksAndMergedCells) {
  BinaryBuilder builder;
  const std::string area = little(0, 4) + little(0, 4) + little(0, 4) + little(0, 4);
  const std::string merged = little(1, 4) + little(1, 4) + little(0, 4) + little(1, 4);
  builder.sheet("S", row_head(0) + record(6, cell_head(0) + wide("out")) +
                         record(6, cell_head(1) + wide("x")) + row_head(1) +
                         record(6, cell_head(0) + wide("both")) + record(146, "") +
                         record(176, merged) +
                         record(494, area + wide("l1") + wide("") + wide("") + wide("")));
  builder.package().relate("xl/worksheets/sheet1.bin", "l1", "hyperlink", "http://x.example/",
                           true);
  EXPECT_EQ(Sample(builder.build(), R"("merged":"fill")").markdown(),
            "## S\n\n| [out](http://x.example/) | x |\n| --- | --- |\n| both | both |\n");
}

// Random sheets in both forms.
TEST(BinaryWorkbook, IsTheSameAsInXml) {
  std::uint32_t state = 7;
  const auto random = [&state](std::uint32_t below) {
    state = state * 1664525 + 1013904223;
    return (state >> 8) % below;
  };
  for (int round = 0; round < 60; ++round) {
    std::string xml;
    std::string binary;
    for (unsigned at = 0; at < 1 + random(12); ++at) {
      std::string cells;
      std::string records;
      for (unsigned column = 0; column < 6; ++column) {
        if (random(5) == 0) continue;
        const std::string place =
            std::string(1, static_cast<char>('A' + column)) + std::to_string(at + 1);
        if (random(2) == 0) {
          const std::string words = "word " + std::to_string(random(100));
          cells += text(place, words);
          records += record(6, cell_head(column) + wide(words));
        } else {
          const double value = static_cast<double>(random(1'000'000)) / std::pow(10, random(6)) -
                               static_cast<double>(random(1000));
          std::array<char, 64> room{};
          std::snprintf(room.data(), room.size(), "%.17g", value);
          cells += number(place, room.data());
          records += record(5, cell_head(column) + real(value));
        }
      }
      xml += row(static_cast<int>(at) + 1, cells);
      binary += row_head(at) + records;
    }
    WorkbookBuilder in_xml;
    BinaryBuilder in_binary;
    EXPECT_EQ(Sample(in_binary.sheet("S", binary).build()).markdown(),
              Sample(in_xml.sheet("S", xml)).markdown());
  }
}

TEST(BinaryWorkbook, HeadersAndFootersOfPaperAreReported) {
  const std::string none = little(0xFFFFFFFF, 4);
  BinaryBuilder builder;
  builder.sheet("S", row_head(0) + record(6, cell_head(0) + wide("a")) +
                         record(479, little(0, 2) + wide("&LSecret&RPage &P") + none + none + none +
                                         none + wide("First")) +
                         record(480, ""));
  const Sample sample(builder.build());
  EXPECT_EQ(sample.markdown(), "## S\n\na\n");
  ASSERT_EQ(sample.job().warnings().size(), 1U);
  EXPECT_EQ(sample.job().warnings()[0].message,
            "2 print headers and footers are left out: \"Secret\" \"First\"");
}

// Cut off and spoilt at every byte: never more than an outcome, and what came before the cut stays.
TEST(BinaryWorkbook, SurvivesWhateverItsRecordsSay) {
  const std::string rows = row_head(0) + record(6, cell_head(0) + wide("first")) + row_head(1) +
                           record(6, cell_head(0) + wide("second")) +
                           record(5, cell_head(1) + real(1)) + record(494, little(0, 40));
  const std::size_t first_row = (row_head(0) + record(6, cell_head(0) + wide("first"))).size();
  for (std::size_t size = 0; size < rows.size(); ++size) {
    BinaryBuilder builder;
    builder.sheet("S", "");
    builder.package().part("xl/worksheets/sheet1.bin", rows.substr(0, size));
    const Sample cut(builder.build());
    EXPECT_TRUE(cut.outcome() == Outcome::kPartial || cut.outcome() == Outcome::kOk ||
                cut.outcome() == Outcome::kEmpty || cut.outcome() == Outcome::kMalformed);
    if (size >= first_row) {
      EXPECT_THAT(cut.markdown(), testing::HasSubstr("first")) << size;
    }
    for (const char byte : {'\x00', '\x7F', '\xFF'}) {
      std::string spoilt = rows;
      spoilt[size] = byte;
      builder.package().part("xl/worksheets/sheet1.bin", spoilt);
      EXPECT_TRUE(Sample(builder.build()).job().violations().empty());
    }
  }
}

}  // namespace
}  // namespace sluice::xlsx
