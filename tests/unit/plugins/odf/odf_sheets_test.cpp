// Sheets: cells, repeats, hidden parts, blocks, drawings, size.
#include <gmock/gmock.h>

#include "odf/sheets.hpp"
#include "unit/plugins/odf/odf_run.h"

namespace sluice::odf {
namespace {

using ::testing::HasSubstr;

constexpr const char* kSheetDefaults =
    R"({"embedded_documents":true,"hidden_sheets":false,"hidden_cells":false,"formulas":"values","dates":"shown",)"
    R"("merged":"first","header":"first-row","comments":false,"drawings":true})";

std::string cell(const std::string& shown, const std::string& attributes = {}) {
  return "<table:table-cell " + attributes + "><text:p>" + shown + "</text:p></table:table-cell>";
}
std::string row(const std::string& cells, const std::string& attributes = {}) {
  return "<table:table-row " + attributes + ">" + cells + "</table:table-row>";
}
std::string number(const std::string& shown) {
  return cell(shown, "office:value-type='float' office:value='" + shown + "'");
}

std::unique_ptr<RecordingJob> run_sheets(const std::string& tables,
                                         const std::string& options = kSheetDefaults,
                                         const std::string& styles = {}) {
  Parts parts;
  parts.body = "<office:spreadsheet>" + tables + "</office:spreadsheet>";
  parts.styles = styles;
  return run<SheetsConverter>(package(parts), options, "a.ods");
}

std::string sheet(const std::string& rows, const std::string& options = kSheetDefaults) {
  return run_sheets("<table:table table:name='S'>" + rows + "</table:table>", options)->render("a");
}

const std::string kHeader = row(cell("name") + cell("count"));

TEST(OdfSheets, CellsAsTheyAreShown) {
  EXPECT_EQ(sheet(kHeader + row(cell("a<text:line-break/>b") + number("1,234.50"))),
            "## S\n\n| name | count |\n| --- | ---: |\n| a<br>b | 1,234.50 |\n");
}

TEST(OdfSheets, ValuesOfCellsWithoutText) {
  EXPECT_EQ(
      sheet(kHeader +
            row("<table:table-cell office:value-type='percentage' office:value='0.125'/>"
                "<table:table-cell office:value-type='float' office:value='2.50'/>") +
            row("<table:table-cell office:value-type='date' "
                "office:date-value='2024-03-01T10:00:00'/>"
                "<table:table-cell office:value-type='boolean' office:boolean-value='true'/>")),
      "## S\n\n| name | count |\n| --- | --- |\n| 12.5% | 2.5 |\n"
      "| 2024-03-01 10:00:00 | TRUE |\n");
}

// As programs leave formulas that they did not compute.
TEST(OdfSheets, ValuesOfCellsWithEmptyParagraphs) {
  EXPECT_EQ(
      sheet(kHeader +
            row("<table:table-cell table:formula='of:=1+1' office:value-type='float' "
                "office:value='2'><text:p/></table:table-cell>"
                "<table:table-cell office:value-type='string' office:string-value='ok'><text:p> "
                "</text:p></table:table-cell>") +
            row("<table:table-cell office:value-type='string' office:string-value=''><text:p/>"
                "</table:table-cell>" +
                number("3"))),
      "## S\n\n| name | count |\n| ---: | --- |\n| 2 | ok |\n| | 3 |\n");
}

TEST(OdfSheets, CopiesOfSheetsOfOtherFilesAreNotShown) {
  const std::string tables = "<table:table table:name='A'>" + row(cell("a")) +
                             "</table:table><table:table table:name=\"'file:///b.ods'#Sheet1\">"
                             "<table:table-source/>" +
                             row(cell("#N/A")) +
                             "</table:table><table:table table:name=\"It's #1\">" + row(cell("c")) +
                             "</table:table>";
  EXPECT_EQ(run_sheets(tables, kSheetDefaults)->render("a"), "## A\n\na\n\n## It's #1\n\nc\n");
}

TEST(OdfSheets, RepeatedCellsAndRows) {
  EXPECT_EQ(
      sheet(kHeader +
            row(cell("x", "table:number-columns-repeated='2'"), "table:number-rows-repeated='2'") +
            row("<table:table-cell table:number-columns-repeated='16384'/>",
                "table:number-rows-repeated='1048570'") +
            row(cell("far"))),
      "## S\n\n| name | count |\n| --- | --- |\n| x | x |\n| x | x |\n\nfar\n");
}

TEST(OdfSheets, RepeatsWithoutEndAreBounded) {
  const auto job = run_sheets("<table:table table:name='S'>" +
                              row(cell("x", "table:number-columns-repeated='4000000000'"),
                                  "table:number-rows-repeated='4000000000'") +
                              "</table:table>");
  EXPECT_EQ(job->warnings().size(), 0U);
  EXPECT_THAT(job->reason(), HasSubstr("repeats cells"));
  EXPECT_LT(job->body().size(), 8'000'000U);
}

TEST(OdfSheets, CopiesOfLongTextsAreBounded) {
  const std::string text(100'000, 'x');
  for (const std::string repeat :
       {"table:number-columns-repeated='16384'", "table:number-rows-repeated='100000'"}) {
    const bool is_across = repeat.find("columns") != std::string::npos;
    const auto job = run_sheets(
        "<table:table table:name='S'>" +
        row(cell(text, is_across ? repeat : std::string()), is_across ? std::string() : repeat) +
        row(cell("end")) + "</table:table>");
    EXPECT_THAT(job->reason(), HasSubstr("repeats cells")) << repeat;
    EXPECT_LT(job->body().size(), std::size_t{110'000'000}) << repeat;
    // What stands in the file is there.
    EXPECT_NE(job->body().find("end"), std::string::npos) << repeat;
  }
}

TEST(OdfSheets, TextOfACellIsBounded) {
  std::string text;
  for (int i = 0; i < 1'000; ++i) text += "<text:span>" + std::string(10'000, 'x') + "</text:span>";
  const auto job = run_sheets("<table:table table:name='S'>" + row(cell(text)) + "</table:table>");
  EXPECT_LT(job->body().size(), std::size_t{1} << 21);
  EXPECT_GT(job->body().size(), std::size_t{1} << 20);
}

TEST(OdfSheets, ManyRangesOfHiddenColumns) {
  std::string columns;
  for (int i = 0; i < 20'000; ++i)
    columns += "<table:table-column/><table:table-column table:visibility='collapse'/>";
  std::string cells;
  for (int i = 1; i <= 6; ++i) cells += cell(std::to_string(i));
  EXPECT_EQ(run_sheets("<table:table table:name='S'>" + columns + row(cells) + row(cells) +
                       "</table:table>")
                ->render("a"),
            "## S\n\n| 1 | 3 | 5 |\n| --- | --- | --- |\n| 1 | 3 | 5 |\n");
}

TEST(OdfSheets, HiddenSheetsRowsAndColumns) {
  const std::string styles =
      "<style:style style:name='ta2' style:family='table'><style:table-properties "
      "table:display='false'/></style:style>";
  const std::string tables =
      "<table:table table:name='A'><table:table-column/><table:table-column "
      "table:visibility='collapse'/><table:table-column/>" +
      row(cell("a") + cell("b") + cell("c")) + row(cell("h"), "table:visibility='filter'") +
      row(cell("d") + cell("e") + cell("f")) +
      "</table:table><table:table table:name='B' table:style-name='ta2'>" + row(cell("secret")) +
      "</table:table>";
  const auto job = run_sheets(tables, kSheetDefaults, styles);
  EXPECT_EQ(job->render("a"), "## A\n\n| a | c |\n| --- | --- |\n| d | f |\n");
  ASSERT_EQ(job->warnings().size(), 2u);
  EXPECT_EQ(job->warnings()[1].message,
            "1 hidden row and 1 hidden column are left out; to convert them, set [plugin.ods] "
            "hidden_cells = true");
  const std::string all =
      with(with(kSheetDefaults, "hidden_sheets", "true"), "hidden_cells", "true");
  EXPECT_EQ(
      run_sheets(tables, all, styles)->render("a"),
      "## A\n\n| a | b | c |\n| --- | --- | --- |\n| h | | |\n| d | e | f |\n\n## B\n\nsecret\n");
}

TEST(OdfSheets, FormulasDatesMergesAndHeaders) {
  const std::string rows =
      kHeader +
      row(cell("3",
               "table:formula='of:=SUM([.A1:.B2];[$T.A1])' office:value-type='float' "
               "office:value='3'") +
          cell("01.03.24", "office:value-type='date' office:date-value='2024-03-01'")) +
      row(cell("m", "table:number-columns-spanned='2'") +
          "<table:covered-table-cell><text:p>under</text:p></table:covered-table-cell>");
  EXPECT_EQ(sheet(rows), "## S\n\n| name | count |\n| --- | --- |\n| 3 | 01.03.24 |\n| m | |\n");
  std::string options = with(kSheetDefaults, "formulas", "\"both\"");
  options = with(options, "dates", "\"iso\"");
  options = with(options, "merged", "\"fill\"");
  EXPECT_THAT(sheet(rows, options),
              HasSubstr("| 3 `=SUM(A1:B2;$T.A1)` | 2024-03-01 |\n| m | m |\n"));
}

TEST(OdfSheets, LinksAndComments) {
  const std::string rows =
      kHeader + row(cell("<text:a xlink:href='https://example.org/'>x</text:a>") +
                    "<table:table-cell><office:annotation><dc:creator>Ann</dc:creator>"
                    "<dc:date>2024-03-01</dc:date><text:p>why?</text:p></office:annotation>"
                    "<text:p>y</text:p></table:table-cell>");
  EXPECT_EQ(sheet(rows),
            "## S\n\n| name | count |\n| --- | --- |\n| [x](https://example.org/) | y |\n");
  EXPECT_THAT(sheet(rows, with(kSheetDefaults, "comments", "true")),
              HasSubstr("- **B2 Ann**: why?\n"));
  Parts parts;
  parts.body = "<office:spreadsheet><table:table table:name='S'>" + rows +
               "</table:table></office:spreadsheet>";
  const auto job = run<SheetsConverter>(package(parts), kSheetDefaults, "a.ods");
  ASSERT_EQ(job->warnings().size(), 1u);
  EXPECT_EQ(job->warnings()[0].message,
            "1 comment is left out (to keep it, set [plugin.ods] comments = true): \"why?\"");
}

TEST(OdfSheets, WhatIsNoCellIsNotRead) {
  EXPECT_EQ(run_sheets("<table:tracked-changes><table:cell-content-change><table:table-cell>"
                       "<text:p>old</text:p></table:table-cell></table:cell-content-change>"
                       "</table:tracked-changes><table:table table:name='S'>" +
                       kHeader + row(cell("a") + cell("b")) +
                       "</table:table><table:dde-links><table:table><table:table-row>"
                       "<table:table-cell><text:p>dde</text:p></table:table-cell>"
                       "</table:table-row></table:table></table:dde-links>")
                ->render("a"),
            "## S\n\n| name | count |\n| --- | --- |\n| a | b |\n");
}

TEST(OdfSheets, LargeSheetsAreReadTwice) {
  std::string rows = kHeader;
  const std::string filler(400, 'x');
  for (int i = 0; i < 30'000; ++i) {
    rows += row(cell(filler + std::to_string(i)) + number(std::to_string(i)));
  }
  const auto job =
      run_sheets("<table:table table:name='A'>" + rows +
                 "</table:table><table:table table:name='B'>" + rows + "</table:table>");
  const std::string text = job->render("a");
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2 * (30'000 + 4) + 1);
  EXPECT_THAT(text.substr(text.size() - 20), HasSubstr("29999 | 29999 |\n"));
}

TEST(OdfSheets, KeepsWhatStandsBeforeACut) {
  const std::string flat = "<?xml version='1.0'?><office:document" + names() +
                           "><office:body><office:spreadsheet>"
                           "<table:table table:name='S'>" +
                           kHeader + row(cell("kept") + cell("b")) + "<table:table-row><tab";
  const auto job = run<SheetsConverter>(flat, kSheetDefaults, "a.fods");
  EXPECT_THAT(job->render("a"), HasSubstr("| kept | b |"));
  EXPECT_FALSE(job->reason().empty());
}

TEST(OdfSheets, OtherBodiesAreUnsupported) {
  Parts parts;
  parts.body = "<office:text/>";
  RecordingJob job(package(parts), "a.ods", "x/x");
  job.set_options(kSheetDefaults);
  SheetsConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kUnsupported);
}

TEST(OdfSheets, FormsSayWhatWasFilledIn) {
  const std::string forms =
      "<office:forms><form:form><form:combobox form:id='a' form:current-value='red'>"
      "<office:event-listeners/></form:combobox></form:form></office:forms>";
  EXPECT_THAT(sheet(forms + "<table:shapes><draw:control draw:control='a'/></table:shapes>" +
                    row(cell("x"))),
              HasSubstr("red"));
}

// LibreOffice's own, which have the sheet's name and count pages, say nothing.
TEST(OdfSheets, HeadersAndFootersOfPaperAreReported) {
  const auto note = [](const std::string& margins) {
    Parts parts;
    parts.body = "<office:spreadsheet><table:table table:name='S'>" + row(cell("a")) +
                 "</table:table></office:spreadsheet>";
    parts.common = "<office:master-styles><style:master-page>" + margins +
                   "</style:master-page></office:master-styles>";
    const auto job = run<SheetsConverter>(package(parts), kSheetDefaults, "a.ods");
    const std::string said = job->warnings().empty() ? "" : job->warnings()[0].message;
    // A single file has its page styles before its sheets.
    const auto flat =
        run<SheetsConverter>("<office:document" + names() + ">" + parts.common + "<office:body>" +
                                 parts.body + "</office:body></office:document>",
                             kSheetDefaults, "a.fods");
    EXPECT_EQ(flat->render("a"), job->render("a"));
    EXPECT_EQ(flat->warnings().empty() ? "" : flat->warnings()[0].message, said);
    return said;
  };
  EXPECT_EQ(note("<style:header><text:p>Secret <text:date>2024</text:date></text:p></style:header>"
                 "<style:footer style:display='false'><text:p>No</text:p></style:footer>"),
            "1 print header or footer is left out: \"Secret\"");
  EXPECT_EQ(note("<style:header><style:region-left><text:p><text:span>Acme</text:span></text:p>"
                 "</style:region-left><style:region-right><text:p>Page <text:page-number>1"
                 "</text:page-number></text:p></style:region-right></style:header>"),
            "1 print header or footer is left out: \"Acme\"");
  EXPECT_EQ(note("<style:header><text:p><text:sheet-name>S</text:sheet-name> (<text:title>S"
                 "</text:title>)</text:p></style:header><style:footer><text:p>Page "
                 "<text:page-number>1</text:page-number></text:p></style:footer>"),
            "");
}

}  // namespace
}  // namespace sluice::odf
