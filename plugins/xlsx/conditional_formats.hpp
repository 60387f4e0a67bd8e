// SPDX-License-Identifier: Apache-2.0
//
// Conditional formats that change how a number is shown (ECMA-376, part 1, 18.3.1.18
// and 18.3.1.10): "above 1,000, as #,##0 K". A rule is decided from its own constants and the cells
// of one row. One that needs more (other rows, other sheets, averages) is not decided: the cell
// then has its own format.
#pragma once

#include <cstdint>
#include <optional>
#include <sluice/opc.hpp>
#include <string>
#include <vector>

#include "xlsx/shared_strings.hpp"
#include "xlsx/sheet_reader.hpp"

namespace sluice::xlsx {

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
  std::string text;                     // that cells contain
  std::vector<std::string> formulas;    // at most two
  std::optional<std::uint32_t> format;  // the number of its differential format
  bool is_last = false;                 // if it holds, no rule behind it counts
  std::int64_t priority = 0;            // the lowest counts first
};

// The rules of a worksheet's part, in the order in which they count. Of a part that breaks off,
// those before that place.
std::vector<ConditionalRule> read_conditional_rules(const OpcPackage& package,
                                                    const std::string& part);

class ConditionalFormats {
 public:
  // `strings` must outlive it; `changes_numbers(format)`: whether a differential format has a
  // number format. Rules that change nothing here are dropped.
  template <typename Predicate>
  ConditionalFormats(std::vector<ConditionalRule> rules, const SharedStrings& strings,
                     const Predicate& changes_numbers)
      : strings_(&strings) {
    for (ConditionalRule& rule : rules) {
      if (rule.format && !changes_numbers(*rule.format)) rule.format.reset();
      if (rule.format || rule.is_last) rules_.push_back(std::move(rule));
    }
  }

  bool empty() const { return rules_.empty(); }
  // The differential format of a cell of that row; nothing if it has its own.
  std::optional<std::uint32_t> format(const Row& row, const Cell& cell) const;

 private:
  std::vector<ConditionalRule> rules_;
  const SharedStrings* strings_;
};

}  // namespace sluice::xlsx
