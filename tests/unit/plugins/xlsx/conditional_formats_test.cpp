// Numbers as conditional formats show them; those of a rule that is not decided as their own format
// does.
#include <gtest/gtest.h>

#include <cstring>

#include "unit/plugins/xlsx/workbook_builder.h"

namespace sluice::xlsx {
namespace {

std::string xml_escaped(std::string text) {
  std::string out;
  for (const char c : text) {
    out += c == '<' ? "&lt;" : c == '&' ? "&amp;" : c == '"' ? "&quot;" : std::string(1, c);
  }
  return out;
}

std::string rule(const std::string& attributes, const std::string& first = "",
                 const std::string& second = "", const std::string& area = "A1:A9") {
  std::string formulas;
  for (const std::string& each : {first, second}) {
    if (!each.empty()) formulas += "<formula>" + xml_escaped(each) + "</formula>";
  }
  return "<conditionalFormatting sqref=\"" + area + "\"><cfRule priority=\"1\" dxfId=\"0\" " +
         attributes + ">" + formulas + "</cfRule></conditionalFormatting>";
}
std::string cell_is(const std::string& comparison, const std::string& first,
                    const std::string& second = "") {
  return rule("type=\"cellIs\" operator=\"" + comparison + "\"", first, second);
}
std::string expression(const std::string& formula, const std::string& area = "A1:A9") {
  return rule("type=\"expression\"", formula, "", area);
}

// The first column of rows of these cells; "!" marks those that have the format of the rule.
std::string under_rules(const std::string& rows, const std::string& rules,
                        std::initializer_list<std::string> codes = {"0\\!;-0\\!;0\\!;@\\!"}) {
  WorkbookBuilder builder;
  builder.differential_formats(codes).sheet("S", rows, rules);
  const Sample sample(builder);
  std::string out = sample.markdown();
  const auto without = [&out](const char* frame) {
    for (std::size_t at = out.find(frame); at != std::string::npos; at = out.find(frame)) {
      out.erase(at, std::strlen(frame));
    }
  };
  for (const char* frame : {"## S\n\n", "| ---: | --- |\n", "| --- |\n", "| ", " |"})
    without(frame);
  return out;
}
std::string one(const std::string& value, const std::string& rules) {
  const std::string cell = value.find_first_not_of("0123456789.-") == std::string::npos
                               ? number("A1", value)
                               : text("A1", value);
  return under_rules(row(1, cell), rules);
}

TEST(XlsxConditionalFormats, CompareTheCell) {
  struct Case {
    const char* comparison;
    const char* below;
    const char* at;
    const char* above;
  };
  for (const Case& each :
       {Case{"lessThan", "4!\n", "5\n", "6\n"}, Case{"lessThanOrEqual", "4!\n", "5!\n", "6\n"},
        Case{"equal", "4\n", "5!\n", "6\n"}, Case{"notEqual", "4!\n", "5\n", "6!\n"},
        Case{"greaterThanOrEqual", "4\n", "5!\n", "6!\n"},
        Case{"greaterThan", "4\n", "5\n", "6!\n"}}) {
    EXPECT_EQ(one("4", cell_is(each.comparison, "5")), each.below) << each.comparison;
    EXPECT_EQ(one("5", cell_is(each.comparison, "5")), each.at) << each.comparison;
    EXPECT_EQ(one("6", cell_is(each.comparison, "5")), each.above) << each.comparison;
  }
  for (const char* value : {"1", "2", "3", "4", "5"}) {
    const bool is_between = *value >= '2' && *value <= '4';
    for (const bool is_turned : {false, true}) {
      const char* low = is_turned ? "4" : "2";
      const char* high = is_turned ? "2" : "4";
      EXPECT_EQ(one(value, cell_is("between", low, high)),
                std::string(value) + (is_between ? "!\n" : "\n"));
      EXPECT_EQ(one(value, cell_is("notBetween", low, high)),
                std::string(value) + (is_between ? "\n" : "!\n"));
    }
  }
}

// Text is above all numbers; both cases of a letter are equal.
TEST(XlsxConditionalFormats, CompareText) {
  EXPECT_EQ(one("open", cell_is("equal", "\"OPEN\"")), "open!\n");
  EXPECT_EQ(one("opened", cell_is("equal", "\"open\"")), "opened\n");
  EXPECT_EQ(one("open", cell_is("greaterThan", "1000")), "open!\n");
  EXPECT_EQ(one("7", cell_is("equal", "\"7\"")), "7\n");
  const auto with_text = [](const std::string& type, const std::string& part) {
    return rule("type=\"" + type + "\" text=\"" + part + "\"", "ISERROR(1)");
  };
  EXPECT_EQ(one("a note", with_text("containsText", "NOT")), "a note!\n");
  EXPECT_EQ(one("a note", with_text("notContainsText", "not")), "a note\n");
  EXPECT_EQ(one("a note", with_text("beginsWith", "a ")), "a note!\n");
  EXPECT_EQ(one("a note", with_text("endsWith", "not")), "a note\n");
  EXPECT_EQ(one("7", with_text("containsText", "7")), "7\n");  // what it shows is not known yet
  EXPECT_EQ(one("7", rule("type=\"notContainsBlanks\"")), "7!\n");
  EXPECT_EQ(one("7", rule("type=\"containsBlanks\"")), "7\n");
  EXPECT_EQ(one("7", rule("type=\"notContainsErrors\"")), "7!\n");
}

TEST(XlsxConditionalFormats, ExpressionsSeeTheirRow) {
  const std::string rows = row(1, number("A1", "1") + text("B1", "EUR")) +
                           row(2, number("A2", "2") + text("B2", "USD")) +
                           row(3, number("A3", "3") + text("B3", "EUR"));
  EXPECT_EQ(under_rules(rows, expression("$B1=\"EUR\"")), "1! EUR\n2 USD\n3! EUR\n");
  EXPECT_EQ(under_rules(rows, expression("B1=\"eur\"")), "1! EUR\n2 USD\n3! EUR\n");
  EXPECT_EQ(under_rules(rows, expression("AND($B1=\"EUR\", A1>1)")), "1 EUR\n2 USD\n3! EUR\n");
  EXPECT_EQ(under_rules(rows, expression("OR(A1=2,NOT(A1<3))")), "1 EUR\n2! USD\n3! EUR\n");
  EXPECT_EQ(under_rules(rows, expression("$B1=\"\"")), "1 EUR\n2 USD\n3 EUR\n");
  EXPECT_EQ(under_rules(rows, expression("A2>=2", "A2:A3")), "1 EUR\n2! USD\n3! EUR\n");
  EXPECT_EQ(under_rules(rows, expression("AND(C1=0,$C1=\"\",C1<>1,C1<>\"a\",NOT(C1))")),
            "1! EUR\n2! USD\n3! EUR\n");  // an empty cell
}

TEST(XlsxConditionalFormats, WhatIsNotDecidedChangesNothing) {
  for (const char* formula :
       {"A2>0", "$A$9>0", "SUM(A1:A9)>0", "MOD(ROW(),2)=1", "Other!A1=1", "A1+1>0", "A1>\"a\"\"b\"",
        "A1>", "((((((((((((((((((A1>0))))))))))))))))))", "name", "\"text\"", ""}) {
    EXPECT_EQ(one("7", expression(formula)), "7\n") << formula;
  }
  for (const char* type : {"top10", "aboveAverage", "duplicateValues", "timePeriod", "unheard"}) {
    EXPECT_EQ(one("7", rule("type=\"" + std::string(type) + "\"")), "7\n") << type;
  }
  EXPECT_EQ(one("7", rule("type=\"cellIs\" operator=\"odd\"", "1")), "7\n");
  EXPECT_EQ(one("7", cell_is("between", "1")), "7\n");
}

std::string with_priority(int priority, int format, const std::string& formula,
                          const std::string& more = "") {
  return "<conditionalFormatting sqref=\"A1\"><cfRule type=\"expression\" priority=\"" +
         std::to_string(priority) + "\" dxfId=\"" + std::to_string(format) + "\" " + more +
         "><formula>" + formula + "</formula></cfRule></conditionalFormatting>";
}

TEST(XlsxConditionalFormats, TheFirstByPriorityCounts) {
  const std::string cell = row(1, number("A1", "7"));
  const auto with = [&](const std::string& rules) {
    return under_rules(cell, rules, {"0\\!", "0\\?", ""});
  };
  EXPECT_EQ(with(with_priority(2, 0, "TRUE") + with_priority(1, 1, "TRUE")), "7?\n");
  EXPECT_EQ(with(with_priority(2, 0, "TRUE") + with_priority(1, 1, "FALSE")), "7!\n");
  // One that changes colors alone lets others through, unless it is the last to count.
  EXPECT_EQ(with(with_priority(1, 2, "TRUE") + with_priority(2, 0, "TRUE")), "7!\n");
  EXPECT_EQ(with(with_priority(1, 2, "TRUE", "stopIfTrue=\"1\"") + with_priority(2, 0, "TRUE")),
            "7\n");
  // One that is not decided may hold.
  EXPECT_EQ(with(with_priority(1, 1, "B9=1") + with_priority(2, 0, "TRUE")), "7\n");
  EXPECT_EQ(with(with_priority(1, 2, "B9=1") + with_priority(2, 0, "TRUE")), "7!\n");
}

TEST(XlsxConditionalFormats, KeepToTheirAreas) {
  std::string rows;
  for (int i = 1; i <= 4; ++i) rows += row(i, number("A" + std::to_string(i), "7"));
  EXPECT_EQ(under_rules(rows, expression("TRUE", "A1 A3:A4")), "7!\n7\n7!\n7!\n");
  EXPECT_EQ(under_rules(rows, expression("TRUE", "nowhere")), "7\n7\n7\n7\n");
}

std::string extended(const std::string& attributes, const std::string& content,
                     const std::string& area = "A1") {
  return "<extLst><ext xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\">"
         "<x14:conditionalFormattings><x14:conditionalFormatting "
         "xmlns:xm=\"http://schemas.microsoft.com/office/excel/2006/main\"><x14:cfRule " +
         attributes + ">" + content + "</x14:cfRule><xm:sqref>" + area +
         "</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>";
}
std::string own_format(const std::string& code) {
  return "<x14:dxf><numFmt numFmtId=\"9\" formatCode=\"" + code + "\"/></x14:dxf>";
}

// Rules that Excel 2010 added have their formats in themselves, and their areas behind them. They
// count also where the styles have no differential formats.
TEST(XlsxConditionalFormats, RulesOfExtensionsCount) {
  std::string rows;
  for (int i = 1; i <= 3; ++i) {
    rows += row(i, number("A" + std::to_string(i), std::to_string(i)));
  }
  const auto with = [&](const std::string& rules) {
    WorkbookBuilder builder;
    builder.sheet("S", rows, rules);
    std::string out = Sample(builder, R"("header":"none")").markdown();
    std::string numbers;
    for (const char c : out.substr(out.rfind("---"))) {
      if (std::strchr("123!0%", c) != nullptr) numbers += c;
    }
    return numbers;
  };
  const std::string is_two = "type=\"cellIs\" operator=\"equal\" priority=\"1\"";
  EXPECT_EQ(with(extended(is_two, "<xm:f>2</xm:f>" + own_format("0\\!"), "A1:A3")), "12!3");
  EXPECT_EQ(with(extended(is_two, "<xm:f>2</xm:f>" + own_format(""), "A1:A3")), "1200%3");
  EXPECT_EQ(with(extended(is_two, "<xm:f>2</xm:f>" + own_format("0\\!"), "A1 A3")), "123");
  EXPECT_EQ(with(extended(is_two, "<xm:f>T!$A$1</xm:f>" + own_format("0\\!"), "A1:A3")), "123");
  EXPECT_EQ(with(extended(is_two, "<xm:f>2</xm:f><x14:dxf><font><b/></font></x14:dxf>", "A1:A3")),
            "123");
  EXPECT_EQ(with(extended("type=\"expression\" priority=\"1\"",
                          "<xm:f>A2&gt;2</xm:f>" + own_format("0\\!"), "A2:A3")),
            "123!");
}

// Both kinds of rules are in one order.
TEST(XlsxConditionalFormats, RulesOfExtensionsAreInTheOrderOfAll) {
  const std::string plain = with_priority(2, 0, "TRUE");
  const auto with = [&](int priority) {
    const std::string rule = "type=\"expression\" priority=\"" + std::to_string(priority) + "\"";
    return one("7", plain + extended(rule, "<xm:f>TRUE</xm:f>" + own_format("0\\?")));
  };
  EXPECT_EQ(with(1), "7?\n");
  EXPECT_EQ(with(3), "7!\n");
  // What a cell would have to contain stands in another one.
  EXPECT_EQ(one("text", extended("type=\"containsText\" operator=\"containsText\" priority=\"1\"",
                                 "<xm:f>T!A1</xm:f>" + own_format("@\\?"))),
            "text\n");
}

// Beyond the bounds, cells have their own formats; and the sheet is read in time.
TEST(XlsxConditionalFormats, AreBounded) {
  std::string rules;
  for (int i = 0; i < 20'000; ++i) rules += with_priority(i, 0, "A1=8");
  EXPECT_EQ(one("7", rules + expression(std::string(5000, '(') + "TRUE")), "7\n");
}

}  // namespace
}  // namespace sluice::xlsx
