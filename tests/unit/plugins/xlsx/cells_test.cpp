// What a cell shows.
#include <gtest/gtest.h>

#include "unit/plugins/xlsx/workbook_builder.h"

namespace sluice::xlsx {
namespace {

// One row of cells under a header, as the cells of the second row.
std::string shown(WorkbookBuilder& builder, const std::string& cells,
                  const std::string& options = "") {
  builder.sheet("S", row(1, text("A1", "h") + text("B1", "i")) + row(2, cells));
  const Sample sample(builder, options);
  EXPECT_EQ(sample.outcome(), Outcome::kOk) << sample.job().reason();
  const std::string body = sample.markdown();
  const auto begin = body.find(" |\n| ", body.find("---"));
  return begin == std::string::npos ? body : body.substr(begin + 3);
}

std::string shown(const std::string& cells, const std::string& options = "") {
  WorkbookBuilder builder;
  return shown(builder, cells, options);
}

TEST(XlsxCells, ShareStrings) {
  WorkbookBuilder builder;
  builder.strings("<si><t>one</t></si><si><t>two</t></si>");
  EXPECT_EQ(shown(builder, "<c r='A2' t='s'><v>1</v></c><c r='B2' t='s'><v>0</v></c>"),
            "| two | one |\n");
}

TEST(XlsxCells, JoinRunsAndLeavePhoneticTextOut) {
  WorkbookBuilder builder;
  builder.strings(
      "<si><r><t>Mercury </t></r><r><rPr><b/></rPr><t>and Venus</t></r></si>"
      "<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh><phoneticPr/></si>");
  EXPECT_EQ(shown(builder, "<c r='A2' t='s'><v>0</v></c><c r='B2' t='s'><v>1</v></c>"),
            "| Mercury and Venus | 東京 |\n");
}

TEST(XlsxCells, KeepDigitsRaisedAndLowered) {
  const auto shifted = [](const std::string& align, const std::string& text) {
    return "<r><rPr><vertAlign val='" + align + "'/></rPr><t>" + text + "</t></r>";
  };
  WorkbookBuilder builder;
  builder.strings("<si><r><t>m</t></r>" + shifted("superscript", "-2") + "<r><t>2</t></r></si>");
  EXPECT_EQ(
      shown(builder, "<c r='A2' t='s'><v>0</v></c><c r='B2' t='inlineStr'><is><r><t>H</t></r>" +
                         shifted("subscript", "2") + "<r><t>O</t></r></is></c>"),
      "| m⁻²2 | H₂O |\n");
}

TEST(XlsxCells, ShowAFormulaThatComesToNoTextAsNothing) {
  EXPECT_EQ(shown("<c r='A2' t='str'><f>IF(1,\"\")</f><v></v></c>"
                  "<c r='B2' t='str'><f>C1</f></c><c r='C2'><f>D1</f><v/></c>"),
            "| | `=C1` | `=D1` |\n");
}

TEST(XlsxCells, ResolveEscapedCharacters) {
  EXPECT_EQ(shown(text("A2", "a_x000D_\nb") + text("B2", "c_x005F_x000D_d_xZZZZ_")),
            "| a<br>b | c_x000D_d_xZZZZ_ |\n");
}

TEST(XlsxCells, ShowAMissingStringAsNothing) {
  EXPECT_EQ(shown("<c r='A2' t='s'><v>99</v></c>" + text("B2", "x")), "| | x |\n");
}

TEST(XlsxCells, ShowNumbersByTheirFormat) {
  WorkbookBuilder builder;
  builder.formats({"#,##0.00", "0%", "yyyy-mm-dd"});
  EXPECT_EQ(shown(builder, number("A2", "1234.5", 1) + number("B2", "0.5", 2) +
                               number("C2", "45123", 3) + number("D2", "45123", 0)),
            "| 1,234.50 | 50% | 2023-07-16 | 45123 |\n");
}

TEST(XlsxCells, ShowNumbersWithoutFormatAsTheyAre) {
  EXPECT_EQ(shown(number("A2", "0.30000000000000004") + number("B2", "1E-05") + number("C2", "-5") +
                  number("D2", "1234567890123456") + number("E2", "007") + number("F2", "1.50")),
            "| 0.3 | 0.00001 | -5 | 1234567890123456 | 7 | 1.5 |\n");
}

TEST(XlsxCells, CountDaysFrom1904IfTheWorkbookDoes) {
  WorkbookBuilder builder;
  builder.formats({"yyyy-mm-dd"}).properties("<workbookPr date1904='1'/>");
  EXPECT_EQ(shown(builder, number("A2", "43661", 1)), "| 2023-07-16 | |\n");
}

TEST(XlsxCells, ShowIsoDates) {
  WorkbookBuilder builder;
  builder.formats({"d.m.yyyy", "h:mm"});
  EXPECT_EQ(shown(builder,
                  "<c r='A2' t='d' s='1'><v>2023-07-16</v></c>"
                  "<c r='B2' t='d' s='2'><v>2023-07-16T18:30:00</v></c>"
                  "<c r='C2' t='d'><v>2023-07-16T18:30:00</v></c>"),
            "| 16.7.2023 | 18:30 | 2023-07-16 18:30:00 |\n");
}

TEST(XlsxCells, ShowBooleansAndErrors) {
  EXPECT_EQ(shown("<c r='A2' t='b'><v>1</v></c><c r='B2' t='b'><v>0</v></c>"
                  "<c r='C2' t='e'><v>#DIV/0!</v></c>"),
            "| TRUE | FALSE | #DIV/0! |\n");
}

TEST(XlsxCells, ShowWhatFormulasCameTo) {
  const std::string cells =
      "<c r='A2'><f>1+1</f><v>2</v></c><c r='B2' t='str'><f>UPPER(\"a\")</f><v>A</v></c>";
  EXPECT_EQ(shown(cells), "| 2 | A |\n");
  EXPECT_EQ(shown(cells, R"("formulas":"formulas")"), "| `=1+1` | `=UPPER(\"a\")` |\n");
  EXPECT_EQ(shown(cells, R"("formulas":"both")"), "| 2 `=1+1` | A `=UPPER(\"a\")` |\n");
}

TEST(XlsxCells, ShowAFormulaThatWasNeverComputed) {
  EXPECT_EQ(shown("<c r='A2'><f>SUM(B1:B9)</f></c>"), "| `=SUM(B1:B9)` | |\n");
}

TEST(XlsxCells, WriteDatesAsIsoIfAsked) {
  WorkbookBuilder builder;
  builder.formats({"m/d/yy"});
  EXPECT_EQ(shown(builder, number("A2", "45123", 1), R"("dates":"iso")"), "| 2023-07-16 | |\n");
}

TEST(XlsxCells, KeepLineBreaksAndEscapeMarkdown) {
  EXPECT_EQ(shown(text("A2", "a|b\nc*d*") + text("B2", "&lt;b&gt;")),
            "| a\\|b<br>c\\*d\\* | \\<b> |\n");
}

TEST(XlsxCells, LinkWhereTheyLead) {
  WorkbookBuilder builder;
  builder.sheet(
      "S",
      row(1, text("A1", "h") + text("B1", "i")) +
          row(2, text("A2", "site") + "<c r='B2' t='str'><f>HYPERLINK(\"http://e.org/f\",\"x\")</f>"
                                      "<v>shown</v></c>"),
      "<hyperlinks><hyperlink ref='A2' r:id='l'/></hyperlinks>");
  builder.package().relate(builder.sheet_part(), "l", "hyperlink", "http://e.org/?a=1&amp;b=2",
                           true);
  const Sample sample(builder);
  EXPECT_NE(sample.markdown().find("| [site](http://e.org/?a=1&b=2) | [shown](http://e.org/f) |\n"),
            std::string::npos)
      << sample.markdown();
}

TEST(XlsxLinks, WithinTheWorkbookLeadToTheSheet) {
  WorkbookBuilder builder;
  builder.sheet(
      "A",
      row(1, text("A1", "h") + text("B1", "i")) +
          row(2, text("A2", "to b") + text("B2", "to its")) +
          row(3, text("A3", "by name") + "<c r='B3' t='str'><f>HYPERLINK(\"#'B b'!A1\",\"x\")</f>"
                                         "<v>formula</v></c>") +
          row(4, text("A4", "hidden") + text("B4", "outside")),
      "<hyperlinks><hyperlink ref='A2' location=\"'B b'!B5\"/>"
      "<hyperlink ref='B2' location=\"'It''s'!A1\"/><hyperlink ref='A3' location='n'/>"
      "<hyperlink ref='A4' location='H!A1'/>"
      "<hyperlink ref='B4' r:id='l' location='part'/></hyperlinks>");
  builder.package().relate(builder.sheet_part(), "l", "hyperlink", "http://e.org/", true);
  builder.sheet("B b", row(1, text("A1", "x")))
      .sheet("It's", row(1, text("A1", "x")))
      .sheet("H", row(1, text("A1", "x")), "", "state='hidden'")
      .properties("<definedNames><definedName name='n'>'B b'!$A$1</definedName></definedNames>");
  const Sample sample(builder);
  EXPECT_NE(sample.markdown().find("| [to b](#b-b) | [to its](#its) |\n"
                                   "| [by name](#b-b) | [formula](#b-b) |\n"
                                   "| hidden | [outside](http://e.org/#part) |\n"),
            std::string::npos)
      << sample.markdown();
}

// Excel counts with 15 digits: a number of more is no quantity, and is shown as it is stored.
TEST(XlsxCells, LongNumbersAreIdentifiers) {
  const auto shown = [](const std::string& value, int style) {
    WorkbookBuilder builder;
    builder.formats({"0", "#,##0", "0.00"});
    return Sample(builder.sheet("S", row(1, number("A1", value, style)))).markdown();
  };
  for (const std::string value : {"1234567890123456", "-1234567890123456", "4111111111111111",
                                  "12345678901234567", "123456789012345678901"}) {
    for (const int style : {0, 1}) EXPECT_EQ(shown(value, style), "## S\n\n" + value + "\n");
  }
  EXPECT_EQ(shown("1.234567890123456E15", 0), "## S\n\n1234567890123456\n");
  EXPECT_EQ(shown("1234567890123456", 2), "## S\n\n1,234,567,890,123,460\n");
  EXPECT_EQ(shown("123456789012345", 0), "## S\n\n123456789012345\n");
  EXPECT_EQ(shown("1e300", 0), "## S\n\n1E+300\n");
  EXPECT_EQ(shown("0.1234567890123456", 0), "## S\n\n0.123456789012346\n");
}

}  // namespace
}  // namespace sluice::xlsx
