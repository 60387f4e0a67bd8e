// The body of a text decides what divides its cells; titles, preambles and comments above the table
// are text. Generated: every delimiter, with each kind of start above each kind of body.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/plugins/csv/csv_run.h"

namespace sluice::csv {
namespace {

using Row = std::vector<std::string>;

std::string joined(const std::vector<Row>& rows, const std::string& delimiter) {
  std::string out;
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) out += (i > 0 ? delimiter : "") + row[i];
    out += "\n";
  }
  return out;
}

struct Lead {
  std::string text;      // above the table, without a delimiter of it
  std::string expected;  // in the Markdown
};

TEST(AboveTheTable, EveryStartAboveEveryBody) {
  const std::vector<Lead> leads = {
      {"", ""},
      {"Sales report 2024\n", "Sales report 2024\n\n"},
      {"Report of 1.1.2024\nBank statement\n\n", "Report of 1.1.2024\n\nBank statement\n\n"},
      {"# made by hand\n# on Monday\n", "made by hand\n\non Monday\n\n"},
      {"Title\n\n\n\n", "Title\n\n"},
  };
  const std::vector<std::vector<Row>> bodies = {
      {{"Region", "Q1", "Q2"}, {"North", "1", "2"}, {"South", "3", "4"}},
      {{"a", "b", "c", "d"}, {"x", "y", "", "z"}, {"x", "", "", ""}, {"p", "q", "r", "s"}},
      {{"Name", "City"}, {"Anna", "Oslo"}, {"Otto", "Rome"}, {"Eva", "Bern"}},
  };
  for (const std::string delimiter : {",", ";", "\t", "|"}) {
    for (const Lead& lead : leads) {
      for (const std::vector<Row>& body : bodies) {
        const std::string table = Sample(joined(body, delimiter)).markdown();
        EXPECT_THAT(table, ::testing::StartsWith("| " + body[0][0] + " | " + body[0][1]));
        EXPECT_EQ(Sample(lead.text + joined(body, delimiter)).markdown(), lead.expected + table)
            << lead.text << joined(body, delimiter);
      }
    }
  }
}

// Spreadsheets write the empty cells behind a title, too.
TEST(AboveTheTable, ATitleMayHaveEmptyCellsBehindIt) {
  EXPECT_EQ(Sample("Sales;;\n;;\nRegion;Q1;Q2\nNorth;1,5;2,5\n").markdown(),
            "Sales\n\n| Region | Q1 | Q2 |\n| --- | ---: | ---: |\n| North | 1,5 | 2,5 |\n");
}

TEST(AboveTheTable, APreambleMayHaveNamesAndValues) {
  EXPECT_EQ(Sample("Account;DE12 3456\nOwner:;Anna\nDate;Amount;Text;To;Note;Id\n"
                   "1.2.;-12,50;Shop;a;b;1\n2.2.;100,00;Pay;c;d;2\n")
                .markdown(),
            "Account: DE12 3456\n\nOwner: Anna\n\n| Date | Amount | Text | To | Note | Id |\n"
            "| ---: | ---: | --- | --- | --- | ---: |\n| 1.2. | -12,50 | Shop | a | b | 1 |\n"
            "| 2.2. | 100,00 | Pay | c | d | 2 |\n");
}

TEST(AboveTheTable, TheLastCommentMayBeTheHeader) {
  EXPECT_EQ(
      Sample(
          "##fileformat=VCFv4.2\n##source=x,y\n#CHROM\tPOS\tID\n20\t14370\trs1\n20\t17330\trs2\n")
          .markdown(),
      "fileformat=VCFv4.2\n\nsource=x,y\n\n| #CHROM | POS | ID |\n| ---: | ---: | --- |\n"
      "| 20 | 14370 | rs1 |\n| 20 | 17330 | rs2 |\n");
  EXPECT_EQ(Sample("# one, two\nname,count\na,1\nb,2\nc,3\n").markdown(),
            "one: two\n\n| name | count |\n| --- | ---: |\n| a | 1 |\n| b | 2 |\n| c | 3 |\n");
}

// Nothing here stands above a table.
TEST(AboveTheTable, RowsOfATableStayInIt) {
  for (const char* source : {"a,b\nx\n1,2,3\n", "a,b\nx,1,\ny,2,\nz,3,\n", "name,\nx,1\ny,2\nz,3\n",
                             ",2023,2024\nNorth,1,2\nSouth,3,4\n", "a,b,c\nx,y\nz,w\nu,v\n",
                             "name\nAnna\nBob, Jr\nCarl, Sr\n", "#,Name\n1,a\n2,b\n",
                             "one,two\nthree\nfour\n", "a,b\n"}) {
    const std::string markdown = Sample(source).markdown();
    EXPECT_THAT(markdown, ::testing::StartsWith("|")) << source;
    EXPECT_EQ(markdown.find("\n\n"), std::string::npos) << source << markdown;
  }
}

TEST(AboveTheTable, DecimalCommasDivideNothing) {
  EXPECT_EQ(Sample("price\n1,5\n2,5\n3,75\n").markdown(),
            "| price |\n| ---: |\n| 1,5 |\n| 2,5 |\n| 3,75 |\n");
  EXPECT_EQ(
      Sample("Prices, all\nitem;price\nx;1,5\ny;2,5\nz;3,0\n").markdown(),
      "Prices, all\n\n| item | price |\n| --- | ---: |\n| x | 1,5 |\n| y | 2,5 |\n| z | 3,0 |\n");
}

TEST(AboveTheTable, CountsForAGivenDelimiterToo) {
  EXPECT_EQ(Sample("Title\na,1;b;c\nd;e;f\n", "semicolon").markdown(),
            "Title\n\n| a,1 | b | c |\n| --- | --- | --- |\n| d | e | f |\n");
}

TEST(LongTable, IsCutAndSaysSo) {
  std::string source = "Title\nn,t,u\n";
  for (int i = 1; i <= 1234; ++i) source += std::to_string(i) + ",x,y\n";
  Sample run(source, "auto", "auto", 1000);
  CsvConverter converter;
  EXPECT_EQ(run.job.run(converter), Outcome::kPartial);
  EXPECT_THAT(run.job.body(),
              ::testing::HasSubstr("| 1000 | x | y |\n\nRows 1 to 1,000 of 1,234; the "));
  EXPECT_THAT(run.job.reason(), ::testing::HasSubstr("max_rows = 0"));
  EXPECT_THAT(Sample(source).markdown(), ::testing::EndsWith("| 1234 | x | y |\n"));
  EXPECT_THAT(Sample(source, "auto", "auto", 1234).markdown(),
              ::testing::EndsWith("| 1234 | x | y |\n"));
}

TEST(Charset, IsTheOneOfTheOption) {
  EXPECT_EQ(Sample("a;b\n\x8F;\xE0\n", "auto", "cp866").markdown(),
            "| a | b |\n| --- | --- |\n| \u041F | \u0440 |\n");
  Sample run("a,b\n", "auto", "klingon");
  CsvConverter converter;
  EXPECT_EQ(run.job.run(converter), Outcome::kUnsupported);
  EXPECT_THAT(run.job.reason(), ::testing::HasSubstr("klingon"));
}

TEST(Charset, AStrayZeroByteIsShownAndTold) {
  Sample run(std::string("a,b\nx\0y,z\n", 10));
  EXPECT_EQ(run.markdown(), "| a | b |\n| --- | --- |\n| x\uFFFDy | z |\n");
  ASSERT_EQ(run.job.warnings().size(), 1u);
  EXPECT_EQ(run.job.warnings()[0].code, "undecodable");
}

}  // namespace
}  // namespace sluice::csv
