// Conditional formats of binary workbooks: what they say in XML, in records and tokens.
#include <gtest/gtest.h>

#include "kit/table_cells.h"
#include "unit/plugins/xlsx/binary_builder.h"

namespace sluice::xlsx::binary_rules {
namespace {

// --- tokens ([MS-XLSB] 2.5.97) ---

std::string whole(unsigned value) {
  return "\x1E" + little(value, 2);
}
std::string letters(const std::string& text) {
  return "\x17" + wide(text).erase(2, 2);
}
// A cell that is so far from the one looked at, down and to the right.
std::string near(int rows, int columns) {
  return "\x4C" + little(static_cast<std::uint32_t>(rows) & 0xFFFFF, 4) +
         little((static_cast<std::uint32_t>(columns) & 0x3FFF) | 0xC000, 2);
}
// A cell in this column, so far down.
std::string in_column(int rows, unsigned column) {
  return "\x4C" + little(static_cast<std::uint32_t>(rows) & 0xFFFFF, 4) +
         little(column | 0x8000, 2);
}
std::string call(unsigned function, unsigned arguments) {
  return "\x42" + little(arguments, 1) + little(function, 2);
}
const std::string kEqual = "\x0B";
const std::string kGreater = "\x0D";
const std::string kAtLeast = "\x0C";
const std::string kNot = "\x41" + little(38, 2);

// --- records ---

struct Rule {
  unsigned type = 2;  // by a formula
  unsigned shown_as = 1;
  unsigned parameter = 0;
  std::vector<std::string> formulas = {};
  std::string text = "";
  unsigned format = 0;
  unsigned priority = 1;
  unsigned flags = 0;
};

std::string rule(const Rule& rule) {
  std::string sizes;
  std::string formulas;
  for (std::size_t i = 0; i < 3; ++i) {
    const bool is_there = i < rule.formulas.size();
    sizes += little(is_there ? rule.formulas[i].size() + 8 : 0, 4);
    if (is_there) {
      formulas += little(rule.formulas[i].size(), 4) + rule.formulas[i] + little(0, 4);
    }
  }
  return record(463, little(rule.type, 4) + little(rule.shown_as, 4) + little(rule.format, 4) +
                         little(rule.priority, 4) + little(rule.parameter, 4) + little(0, 8) +
                         little(rule.flags, 2) + sizes +
                         (rule.text.empty() ? little(0xFFFFFFFF, 4) : wide(rule.text)) + formulas) +
         record(464, "");
}
std::string expression(const std::string& tokens) {
  return rule({.formulas = {tokens}});
}
std::string in_area(unsigned first, unsigned last, const std::string& rules) {
  return record(461, little(1, 4) + little(0, 4) + little(1, 4) + little(first, 4) +
                         little(last, 4) + little(0, 4) + little(0, 4)) +
         rules + record(462, "");
}
std::string property(unsigned number, const std::string& value) {
  return little(number, 2) + little(value.size() + 4, 2) + value;
}
std::string differential(const std::vector<std::string>& properties) {
  std::string all;
  for (const std::string& one : properties) all += one;
  return little(0, 4) + little(properties.size(), 2) + all;
}
std::string code(const std::string& text) {
  return property(38, wide(text).erase(2, 2));
}

// Three rows of a number and a text, the numbers in the format of the rules marked "!".
const std::string kRows =
    row_head(0) + record(5, cell_head(0) + real(1)) + record(6, cell_head(1) + wide("EUR")) +
    row_head(1) + record(5, cell_head(0) + real(2)) + record(6, cell_head(1) + wide("USD")) +
    row_head(2) + record(5, cell_head(0) + real(3)) + record(6, cell_head(1) + wide("EUR"));

std::string numbers(const std::string& rules,
                    const std::vector<std::string>& formats = {
                        differential({property(5, "color!!!"), code("0\\!")})}) {
  BinaryBuilder builder;
  builder.differential_formats(formats).sheet("S", kRows + rules);
  return test::first_cells(Sample(builder.build(), R"("header":"none")").markdown());
}
std::string under(const std::string& rules) {
  return numbers(in_area(0, 2, rules));
}

TEST(BinaryRules, CompareTheCell) {
  const char* expected[] = {"1 2! 3", "1! 2 3!", "1 2! 3",  "1! 2 3!",
                            "1 2 3!", "1! 2 3",  "1 2! 3!", "1! 2! 3"};
  for (unsigned comparison = 1; comparison <= 8; ++comparison) {
    EXPECT_EQ(
        under(rule(
            {.type = 1, .shown_as = 0, .parameter = comparison, .formulas = {whole(2), whole(2)}})),
        expected[comparison - 1])
        << comparison;
  }
  for (const unsigned unknown : {0U, 9U, 0xFFFFFFFFU}) {
    EXPECT_EQ(under(rule({.type = 1, .parameter = unknown, .formulas = {whole(2)}})), "1 2 3");
  }
}

TEST(BinaryRules, FormulasSeeTheirRow) {
  const std::string is_euro = in_column(0, 1) + letters("EUR") + kEqual;
  EXPECT_EQ(under(expression(is_euro)), "1! 2 3!");
  EXPECT_EQ(under(expression(near(0, 1) + letters("usd") + kEqual)), "1 2! 3");
  EXPECT_EQ(under(expression(is_euro + near(0, 0) + whole(1) + kGreater + call(36, 2))), "1 2 3!");
  EXPECT_EQ(under(expression(is_euro + near(0, 0) + whole(2) + kEqual + call(37, 2))), "1! 2! 3!");
  EXPECT_EQ(under(expression(is_euro + kNot)), "1 2! 3");
  EXPECT_EQ(under(expression(is_euro + "\x15" + "\x19\x40" + little(0, 2))), "1! 2 3!");
  EXPECT_EQ(under(expression("\x1D\x01")), "1! 2! 3!");
  EXPECT_EQ(under(expression(near(0, 0) + "\x1F" + real(2.5) + kGreater)), "1 2 3!");
  EXPECT_EQ(under(expression(near(0, 0) + whole(250) + "\x14" + kAtLeast)), "1 2 3!");
  EXPECT_EQ(under(expression(near(0, 0) + whole(5) + "\x13" + kGreater)), "1! 2! 3!");
  // The first cell of the area is that which distances are counted from.
  EXPECT_EQ(numbers(in_area(1, 2, expression(near(0, 1) + letters("EUR") + kEqual))), "1 2 3!");
  // In the last column, which is one to the left of the first.
  EXPECT_EQ(under(expression(near(0, -1) + letters("") + kEqual)), "1! 2! 3!");
}

TEST(BinaryRules, WhatIsNotDecidedChangesNothing) {
  for (const std::string& tokens :
       {near(1, 0) + whole(0) + kGreater,
        near(0, 0) + whole(1) + "\x03" + whole(0) + kGreater,
        whole(1) + whole(2),
        kEqual,
        whole(1) + kEqual,
        std::string("\x1E\x01"),
        std::string("\xFF"),
        letters("a\"b"),
        call(36, 2),
        call(4, 1),
        whole(1) + call(36, 0),
        std::string("\x13"),
        std::string("\x14"),
        near(0, 0) + "\x14",
        near(0, 0) + "\x13",
        std::string("\x15"),
        "\x19\x02" + little(0, 2) + "\x1D\x01",
        "\x44" + little(2'000'000, 4) + little(0, 2) + whole(0) + kEqual,
        std::string(2000, '\x12'),
        std::string()}) {
    EXPECT_EQ(under(expression(tokens)), "1 2 3") << testing::PrintToString(tokens);
  }
  for (const unsigned shown_as : {0U, 5U, 7U, 15U, 25U, 99U}) {
    EXPECT_EQ(under(rule({.shown_as = shown_as, .formulas = {"\x1D\x01"}})), "1 2 3") << shown_as;
  }
  for (const unsigned type : {0U, 3U, 4U, 5U, 6U, 77U}) {
    EXPECT_EQ(under(rule({.type = type, .formulas = {"\x1D\x01"}})), "1 2 3") << type;
  }
}

TEST(BinaryRules, KnowTextsBlanksAndErrors) {
  const auto texts = [](unsigned parameter, const std::string& part) {
    BinaryBuilder builder;
    builder.differential_formats({differential({code("@\\!")})})
        .sheet("S", row_head(0) + record(6, cell_head(0) + wide("a note")) +
                        in_area(0, 0,
                                rule({.shown_as = 8,
                                      .parameter = parameter,
                                      .formulas = {"\x1D\x01"},
                                      .text = part})));
    return Sample(builder.build()).markdown().find("a note!") != std::string::npos;
  };
  EXPECT_TRUE(texts(0, "NOT"));
  EXPECT_FALSE(texts(0, "x"));
  EXPECT_TRUE(texts(1, "x"));
  EXPECT_TRUE(texts(2, "a "));
  EXPECT_FALSE(texts(2, "note"));
  EXPECT_TRUE(texts(3, "note"));
  EXPECT_FALSE(texts(4, "note"));
  EXPECT_EQ(under(rule({.shown_as = 9})), "1 2 3");
  EXPECT_EQ(under(rule({.shown_as = 10})), "1! 2! 3!");
  EXPECT_EQ(under(rule({.shown_as = 11})), "1 2 3");
  EXPECT_EQ(under(rule({.shown_as = 12})), "1! 2! 3!");
}

TEST(BinaryRules, TheFirstByPriorityCounts) {
  const std::string yes = "\x1D\x01";
  const std::vector<std::string> formats = {differential({code("0\\!")}),
                                            differential({property(41, little(9, 2))}),
                                            differential({property(5, "color")})};
  const auto two = [&](const Rule& first, const Rule& second) {
    return numbers(in_area(0, 0, rule(first) + rule(second)), formats);
  };
  const Rule marks = {.formulas = {yes}, .format = 0, .priority = 2};
  EXPECT_EQ(two(marks, {.formulas = {yes}, .format = 1, .priority = 1}), "100% 2 3");
  EXPECT_EQ(two(marks, {.formulas = {yes}, .format = 1, .priority = 3}), "1! 2 3");
  EXPECT_EQ(two(marks, {.formulas = {yes}, .format = 2, .priority = 1}), "1! 2 3");
  EXPECT_EQ(two(marks, {.formulas = {yes}, .format = 2, .priority = 1, .flags = 2}), "1 2 3");
  EXPECT_EQ(two(marks, {.formulas = {yes}, .format = 0xFFFFFFFF, .priority = 1}), "1! 2 3");
}

// No record is trusted: cut short at every byte, the numbers are there all the same.
TEST(BinaryRules, HoldWhereverARecordEnds) {
  const std::string whole_rule =
      rule({.type = 1, .parameter = 1, .formulas = {whole(2), whole(2)}, .text = "text"});
  const std::string content = whole_rule.substr(3, whole_rule.size() - 6);
  for (std::size_t size = 0; size < content.size(); ++size) {
    EXPECT_EQ(under(record(463, content.substr(0, size))), "1 2 3") << size;
  }
  const std::string areas = little(1, 4) + little(0, 4) + little(0xFFFFFFFF, 4);
  EXPECT_EQ(numbers(record(461, areas) + expression("\x1D\x01")), "1 2 3");
  const std::string format = differential({code("0\\!")});
  for (std::size_t size = 0; size < format.size(); ++size) {
    EXPECT_NE(numbers(in_area(0, 2, expression("\x1D\x01")), {format.substr(0, size)}), "1! 2! 3!");
  }
}

}  // namespace
}  // namespace sluice::xlsx::binary_rules
