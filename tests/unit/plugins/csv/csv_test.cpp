#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "unit/plugins/csv/csv_run.h"

namespace sluice::csv {
namespace {

std::string table(const std::string& source) {
  return Sample(source).markdown();
}

TEST(Csv, FirstRowIsTheHeader) {
  EXPECT_EQ(table("a,b\nx,y\n"), "| a | b |\n| --- | --- |\n| x | y |\n");
}

TEST(Csv, NumbersStandOnTheRight) {
  EXPECT_EQ(table("n,t\n1,x\n-2.5,3\n,y\n"),
            "| n | t |\n| ---: | --- |\n| 1 | x |\n| -2.5 | 3 |\n| | y |\n");
}

TEST(Csv, EscapesWhatATableWouldEat) {
  EXPECT_EQ(table("a,b\nx|y,\"l1\nl2\"\n"), "| a | b |\n| --- | --- |\n| x\\|y | l1<br>l2 |\n");
}

TEST(Csv, PadsShortRowsAndTheHeader) {
  EXPECT_EQ(table("a,b\nx\n1,2,3\n"),
            "| a | b | |\n| --- | ---: | ---: |\n| x | | |\n| 1 | 2 | 3 |\n");
}

TEST(Csv, FindsTheDelimiter) {
  const std::string expected = "| a | b |\n| --- | --- |\n| x | y |\n| z | w |\n";
  EXPECT_EQ(table("a;b\nx;y\nz;w\n"), expected);
  EXPECT_EQ(table("a\tb\nx\ty\nz\tw\n"), expected);
  EXPECT_EQ(table("a|b\nx|y\nz|w\n"), expected);
  EXPECT_EQ(table("sep=|\na|b\nx|y\nz|w\n"), expected);
}

// A semicolon divides, the comma is the decimal sign.
TEST(Csv, IsNotFooledByDecimalCommas) {
  EXPECT_EQ(table("a;b\n1,5;2,5\n3,5;4,5\n"),
            "| a | b |\n| ---: | ---: |\n| 1,5 | 2,5 |\n| 3,5 | 4,5 |\n");
}

TEST(Csv, TakesTheDelimiterOfTheOption) {
  EXPECT_EQ(Sample("a;b,c\n", "comma").markdown(), "| a;b | c |\n| --- | --- |\n");
}

TEST(Csv, LeavesNoByteOrderMarkInTheFirstCell) {
  EXPECT_EQ(table("\xEF\xBB\xBF\"a\",b\nx,y\n"), table("a,b\nx,y\n"));
}

TEST(Csv, DecodesUtf16WithoutAMark) {
  const std::string text = "a,b\nx,\xFC\n";
  std::string wide;
  for (const char c : text) wide.append({c, '\0'});
  EXPECT_EQ(table(wide), table("a,b\nx,\xC3\xBC\n"));
}

TEST(Csv, TakesEveryLineEnd) {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    EXPECT_EQ(table("a,b" + end + end + "x,\"1" + end + "2\""),
              "| a | b |\n| --- | --- |\n| x | 1<br>2 |\n");
  }
}

TEST(Csv, IsEmptyWithoutARow) {
  for (const char* source : {"", "\n\n", "  \r\n", "sep=;\n"}) {
    RecordingJob job(source, "a.csv", "text/csv");
    job.set_options(R"({"delimiter": "auto", "charset": "auto", "max_rows": 0})");
    CsvConverter converter;
    EXPECT_EQ(job.run(converter), Outcome::kEmpty) << job.body();
    EXPECT_FALSE(job.reason().empty());
  }
}

TEST(Csv, AnUnclosedQuoteSwallowsNoRows) {
  Sample run("a,b\n1,\"open\n2,x\n3,y\"z\n4,w");
  EXPECT_EQ(run.markdown(),
            "| a | b |\n| ---: | --- |\n| 1 | \"open |\n| 2 | x |\n| 3 | y\"z |\n| 4 | w |\n");
  ASSERT_EQ(run.job.warnings().size(), 1u);
  EXPECT_EQ(run.job.warnings()[0].code, "unclosed-quote");
}

// Quadratic if each open quote were searched to the end.
TEST(Csv, ManyUnclosedQuotesStayCheap) {
  std::string source = "a,b\n";
  for (int i = 0; i < 100'001; ++i) source += "1,\"x\"\"\n";
  Sample run(source);
  run.markdown();
  EXPECT_EQ(run.job.warnings().size(), 1u);
}

TEST(Csv, TooManyColumnsAreALimit) {
  RecordingJob job(std::string(100'000, ','), "a.csv", "text/csv");
  job.set_options(R"({"delimiter": "comma", "charset": "auto", "max_rows": 0})");
  CsvConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kLimit);
  EXPECT_THAT(job.reason(), ::testing::HasSubstr("columns"));
}

TEST(Csv, AHugeFieldIsALimitWithoutHoldingIt) {
  RecordingJob job(
      std::uint64_t{100} << 20,
      [](std::uint64_t, std::uint8_t* buffer, std::size_t size) {
        std::memset(buffer, 'x', size);
        return size;
      },
      "a.csv", "text/csv");
  job.set_options(R"({"delimiter": "auto", "charset": "auto", "max_rows": 0})");
  CsvConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kLimit);
  EXPECT_THAT(job.reason(), ::testing::HasSubstr("MiB"));
}

TEST(Csv, StreamsRows) {
  const std::string row = "123,some text\n";
  const std::uint64_t rows = 200'000;
  RecordingJob job(
      row.size() * rows,
      [&row](std::uint64_t offset, std::uint8_t* buffer, std::size_t size) {
        for (std::size_t i = 0; i < size; ++i) {
          buffer[i] = static_cast<std::uint8_t>(row[(offset + i) % row.size()]);
        }
        return size;
      },
      "a.csv", "text/csv");
  job.set_options(R"({"delimiter": "auto", "charset": "auto", "max_rows": 0})");
  std::uint64_t lines = 0;
  std::size_t largest = 0;
  job.on_body([&](std::string_view piece) {
    lines += static_cast<std::uint64_t>(std::count(piece.begin(), piece.end(), '\n'));
    largest = std::max(largest, piece.size());
  });
  CsvConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kOk) << job.reason();
  EXPECT_EQ(lines, rows + 1);
  EXPECT_LT(largest, std::size_t{1} << 20);
}

TEST(Csv, SingsItsCanary) {
  CsvConverter converter;
  EXPECT_EQ(canary_fault(converter, R"({"delimiter":"auto","charset":"auto","max_rows":10000})"),
            "");
}

}  // namespace
}  // namespace sluice::csv
