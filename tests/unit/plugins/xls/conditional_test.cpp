// Numbers of old workbooks as their conditional formats show them.
#include <gtest/gtest.h>

#include "kit/table_cells.h"
#include "unit/plugins/xls/xls_builder.h"

namespace sluice::test::xls_conditional {
namespace {

std::string whole(unsigned value) {
  return "\x1E" + little(value, 2);
}
const std::string kTrue = "\x1D\x01";
const std::string kFalse = std::string("\x1D\0", 2);
// Of the column B, in the row that is looked at.
const std::string kColumnB = "\x4C" + little(0, 2) + little(1 | 0x8000, 2);

// --- what a rule gives (2.5.92, DXFN) ---

constexpr unsigned kHasNumber = 1U << 25;
constexpr unsigned kHasFont = 1U << 26;
constexpr unsigned kHasAllElse = 31U << 26;

std::string code(const std::string& text, unsigned more = 0) {
  return little(kHasNumber | more, 4) + little(1, 2) + little(0, 2) + narrow(text);
}
std::string number_of_format(unsigned id) {
  return little(kHasNumber, 4) + little(0, 2) + little(0, 1) + little(id, 1);
}
std::string bold() {
  return little(kHasFont, 4) + little(0, 2) + std::string(118, '\0');
}

std::string rule(const std::string& look, const std::string& first, const std::string& second = "",
                 unsigned type = 2, unsigned comparison = 0) {
  return biff(0x1B1, little(type, 1) + little(comparison, 1) + little(first.size(), 2) +
                         little(second.size(), 2) + look + first + second);
}
std::string in_area(unsigned first, unsigned last, unsigned number = 1) {
  return biff(0x1B0, little(1, 2) + little(number << 1, 2) + std::string(8, '\0') + little(1, 2) +
                         little(first, 2) + little(last, 2) + little(0, 2) + little(0, 2));
}
std::string extension(unsigned number, unsigned nth, unsigned priority, unsigned flags) {
  return biff(0x87B, little(0x87B, 2) + std::string(10, '\0') + little(0, 4) + little(number, 2) +
                         little(nth, 2) + little(0, 2) + little(priority, 2) + little(flags, 1) +
                         little(0, 1));
}

// The numbers 1, 2, 3 of column A; beside them stand a, b, a.
std::string numbers(const std::string& rules, const std::string& globals = "") {
  std::string cells;
  for (unsigned row = 0; row < 3; ++row) {
    cells += number_cell(row, 0, row + 1) + label(row, 1, row == 1 ? "b" : "a");
  }
  return test::first_cells(
      XlsRun(XlsBuilder().global(globals).sheet("S", cells + rules).build(), R"("header":"none")")
          .body());
}
std::string under(const std::string& rules) {
  return numbers(in_area(0, 2) + rules);
}

TEST(XlsConditionalFormats, CompareTheCell) {
  const char* expected[] = {"1 2! 3", "1! 2 3!", "1 2! 3",  "1! 2 3!",
                            "1 2 3!", "1! 2 3",  "1 2! 3!", "1! 2! 3"};
  for (unsigned comparison = 1; comparison <= 8; ++comparison) {
    EXPECT_EQ(under(rule(code("0\\!"), whole(2), whole(2), 1, comparison)),
              expected[comparison - 1])
        << comparison;
  }
  EXPECT_EQ(under(rule(code("0\\!"), whole(2), whole(2), 1, 9)), "1 2 3");
  EXPECT_EQ(under(rule(code("0\\!"), kTrue, "", 3)), "1 2 3");
}

TEST(XlsConditionalFormats, FormulasSeeTheirRow) {
  const std::string is_a = kColumnB + "\x17" + narrow("a", 1) + "\x0B";
  EXPECT_EQ(under(rule(code("0\\!"), is_a)), "1! 2 3!");
  const std::string wide = kColumnB + "\x17\x01\x01" + utf16le("b") + "\x0B";
  EXPECT_EQ(under(rule(code("0\\!"), wide)), "1 2! 3");
  const std::string next = "\x2C" + little(0, 2) + little(1 | 0xC000, 2);
  EXPECT_EQ(under(rule(code("0\\!"), next + "\x17" + narrow("b", 1) + "\x0B")), "1 2! 3");
  const std::string below = "\x2C" + little(1, 2) + little(1 | 0xC000, 2);
  EXPECT_EQ(under(rule(code("0\\!"), below + "\x17" + narrow("b", 1) + "\x0B")), "1 2 3");
  EXPECT_EQ(numbers(in_area(2, 2) + rule(code("0\\!"), is_a)), "1 2 3!");
}

// The number format stands before the other parts of the look, and formulas behind all of them.
TEST(XlsConditionalFormats, LooksHaveManyParts) {
  const std::string others(118 + 8 + 8 + 4 + 2, '\x1D');
  EXPECT_EQ(under(rule(code("0\\!", kHasAllElse) + others, kTrue)), "1! 2! 3!");
  EXPECT_EQ(under(rule(number_of_format(9), kTrue)), "100% 200% 300%");
  EXPECT_EQ(under(rule(bold(), kTrue)), "1 2 3");
  const std::string format = biff(0x41E, little(164, 2) + narrow("0\\?"));
  EXPECT_EQ(numbers(in_area(0, 2) + rule(number_of_format(164), kTrue), format), "1? 2? 3?");
}

// Excel 2003 stops at the first that holds; Excel 2007 says whether it does, and in which order.
TEST(XlsConditionalFormats, TheFirstThatHoldsCounts) {
  const std::string two = rule(bold(), kTrue) + rule(code("0\\!"), kTrue);
  EXPECT_EQ(under(two), "1 2 3");
  EXPECT_EQ(under(two + extension(1, 0, 0, 1)), "1! 2! 3!");
  EXPECT_EQ(under(two + extension(1, 0, 0, 3)), "1 2 3");
  EXPECT_EQ(under(two + extension(1, 0, 7, 3)), "1! 2! 3!");
  EXPECT_EQ(under(two + extension(2, 0, 0, 1)), "1 2 3");  // of others
  EXPECT_EQ(under(rule(bold(), kFalse) + rule(code("0\\!"), kTrue)), "1! 2! 3!");
}

TEST(XlsConditionalFormats, HoldWhereverARecordEnds) {
  const std::string whole_rule = rule(code("0\\!"), whole(2), whole(2), 1, 1);
  for (std::size_t size = 0; size + 4 < whole_rule.size(); ++size) {
    EXPECT_EQ(under(biff(0x1B1, whole_rule.substr(4, size))), "1 2 3") << size;
  }
  const std::string areas = in_area(0, 2);
  for (std::size_t size = 0; size + 4 < areas.size(); ++size) {
    EXPECT_EQ(numbers(biff(0x1B0, areas.substr(4, size)) + rule(code("0\\!"), kTrue)), "1 2 3");
  }
  const std::string more = extension(1, 0, 0, 1);
  const std::string two = rule(bold(), kTrue) + rule(code("0\\!"), kTrue);
  for (std::size_t size = 0; size + 5 < more.size(); ++size) {
    EXPECT_EQ(under(two + biff(0x87B, more.substr(4, size))), "1 2 3") << size;
  }
}

// Beyond the bounds, cells have their own formats; and the sheet is read in time.
TEST(XlsConditionalFormats, AreBounded) {
  std::string rules;
  for (int i = 0; i < 20'000; ++i) rules += in_area(0, 2, 2) + rule(code("0\\?"), kFalse);
  for (int i = 0; i < 20'000; ++i) rules += extension(2, 0, 0, 1);
  EXPECT_EQ(numbers(rules + in_area(0, 2) + rule(code("0\\!"), kTrue)), "1 2 3");
}

}  // namespace
}  // namespace sluice::test::xls_conditional
