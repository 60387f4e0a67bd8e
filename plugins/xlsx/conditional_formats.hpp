// SPDX-License-Identifier: Apache-2.0
//
// Conditional formats that change how a number is shown (ECMA-376, part 1, 18.3.1.18
// and 18.3.1.10; [MS-XLSX] 2.6.25 for those in extLst): "above 1,000, as #,##0 K". A rule is
// decided from its own constants and the cells of one row. One that needs more (other rows, other
// sheets, averages) is not decided: the cell then has its own format.
#pragma once

#include <cstdint>
#include <optional>
#include <sluice/number_format.hpp>
#include <sluice/opc.hpp>
#include <string>
#include <vector>

#include "xlsx/shared_strings.hpp"
#include "xlsx/sheet_reader.hpp"

namespace sluice::xlsx {

// Each is looked at for each cell. Real sheets have some tens; beyond it cells have their own
// formats.
inline constexpr std::size_t kMaxRules = 500;
inline constexpr std::size_t kMaxRuleAreas = 1000;  // of all rules
inline constexpr std::size_t kMaxFormulaBytes = 1024;

enum class RuleKind : std::uint8_t {
  kComparison,  // of the cell with formulas, by `comparison`
  kFormula,
  kContains,
  kContainsNot,
  kBegins,
  kEnds,
  kBlank,
  kNotBlank,
  kError,
  kNoError,
  kUndecided,
};

enum class Comparison : std::uint8_t {
  kLess,
  kAtMost,
  kEqual,
  kNotEqual,
  kAtLeast,
  kGreater,
  kBetween,
  kNotBetween,
};

struct ConditionalRule {
  std::vector<Area> areas;
  Place base;  // what relative references of its formulas are relative to
  RuleKind kind = RuleKind::kUndecided;
  Comparison comparison = Comparison::kEqual;
  std::string text;                        // that cells contain
  std::vector<std::string> formulas;       // at most two
  std::optional<std::uint32_t> format;     // the number of its differential format
  std::optional<NumberFormat> own_format;  // that stands in the rule itself, and counts before it
  bool is_last = false;                    // if it holds, no rule behind it counts
  std::int64_t priority = 0;               // the lowest counts first
};

// The rules of a worksheet's part, in the order in which they count. Of a part that breaks off,
// those before that place.
std::vector<ConditionalRule> read_conditional_rules(const OpcPackage& package,
                                                    const std::string& part);

// Makes a rule a comparison, by the number that binary workbooks have for it ([MS-XLSB] 2.5.10,
// CFOper); an unknown one is not decided.
void set_comparison(ConditionalRule& rule, std::uint32_t number);
// Gives a rule its areas, and with them its base; `areas_left` counts down to what a sheet may
// have, and beyond it a rule has none.
void place_rule(ConditionalRule& rule, const std::vector<Area>& areas, std::size_t& areas_left);
// In the order in which they count.
void sort_by_priority(std::vector<ConditionalRule>& rules);

class ConditionalFormats {
 public:
  // `strings` must outlive it; `number_format(index)`: that of a differential format, or nullptr.
  // Rules that change nothing here are dropped.
  template <typename Lookup>
  ConditionalFormats(std::vector<ConditionalRule> rules, const SharedStrings& strings,
                     const Lookup& number_format)
      : strings_(&strings) {
    for (ConditionalRule& rule : rules) {
      const NumberFormat* named = rule.format ? number_format(*rule.format) : nullptr;
      if (!rule.own_format && named != nullptr) rule.own_format = *named;
      if (rule.own_format || rule.is_last) rules_.push_back(std::move(rule));
    }
  }

  bool empty() const { return rules_.empty(); }
  // What a rule gives to a cell of that row, as long as this lives; nullptr if it has its own.
  const NumberFormat* format(const Row& row, const Cell& cell) const;

 private:
  std::vector<ConditionalRule> rules_;
  const SharedStrings* strings_;
};

}  // namespace sluice::xlsx
