// SPDX-License-Identifier: Apache-2.0
#include "xlsx/conditional_formats.hpp"

#include <algorithm>
#include <charconv>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/xml_stream.hpp>
#include <utility>

#include "xlsx/cell_formula.hpp"
#include "xlsx/truth.hpp"

namespace sluice::xlsx {
namespace {

// Each is looked at for each cell. Real sheets have some tens; beyond it cells have their own
// formats.
constexpr std::size_t kMaxRules = 500;
constexpr std::size_t kMaxRuleAreas = 1000;  // of all rules
constexpr std::size_t kMaxFormulaBytes = 1024;

RuleKind kind_of(std::string_view type) {
  static constexpr std::pair<std::string_view, RuleKind> kKinds[] = {
      {"cellIs", RuleKind::kComparison},     {"expression", RuleKind::kFormula},
      {"containsText", RuleKind::kContains}, {"notContainsText", RuleKind::kContainsNot},
      {"beginsWith", RuleKind::kBegins},     {"endsWith", RuleKind::kEnds},
      {"containsBlanks", RuleKind::kBlank},  {"notContainsBlanks", RuleKind::kNotBlank},
      {"containsErrors", RuleKind::kError},  {"notContainsErrors", RuleKind::kNoError}};
  for (const auto& [name, kind] : kKinds) {
    if (name == type) return kind;
  }
  return RuleKind::kUndecided;
}

std::optional<Comparison> comparison_of(std::string_view name) {
  static constexpr std::pair<std::string_view, Comparison> kComparisons[] = {
      {"lessThan", Comparison::kLess},       {"lessThanOrEqual", Comparison::kAtMost},
      {"equal", Comparison::kEqual},         {"notEqual", Comparison::kNotEqual},
      {"greaterThan", Comparison::kGreater}, {"greaterThanOrEqual", Comparison::kAtLeast},
      {"between", Comparison::kBetween},     {"notBetween", Comparison::kNotBetween}};
  for (const auto& [key, value] : kComparisons) {
    if (key == name) return value;
  }
  return std::nullopt;
}

class RuleReader : public XmlHandler {
 public:
  explicit RuleReader(std::vector<ConditionalRule>& rules) : rules_(rules) {}

  void start_element(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "x:conditionalFormatting") {
      read_areas(attributes["sqref"]);
    } else if (name == "x:cfRule" && !areas_.empty() && rules_.size() < kMaxRules) {
      start_rule(attributes);
    } else if (name == "x:formula" && is_open_) {
      rules_.back().formulas.emplace_back();
      in_formula_ = true;
    }
  }
  void end_element(std::string_view name) override {
    if (name == "x:formula") in_formula_ = false;
    if (name == "x:cfRule") is_open_ = false;
  }
  void text(std::string_view piece) override {
    if (!in_formula_) return;
    std::string& formula = rules_.back().formulas.back();
    formula += piece;
    if (formula.size() > kMaxFormulaBytes) rules_.back().kind = RuleKind::kUndecided;
    formula.resize(std::min(formula.size(), kMaxFormulaBytes));
  }

 private:
  void read_areas(std::string_view list) {
    areas_.clear();
    while (!list.empty() && areas_.size() < kMaxRuleAreas) {
      const std::size_t end = std::min(list.find(' '), list.size());
      if (const auto area = parse_area(list.substr(0, end))) areas_.push_back(*area);
      list.remove_prefix(std::min(end + 1, list.size()));
    }
  }

  void start_rule(const XmlAttributes& attributes) {
    if (areas_left_ < areas_.size()) return;
    areas_left_ -= areas_.size();
    ConditionalRule rule;
    rule.areas = areas_;
    rule.base = {kMaxRows, kMaxColumns};
    for (const Area& area : areas_) {
      rule.base.row = std::min(rule.base.row, area.first.row);
      rule.base.column = std::min(rule.base.column, area.first.column);
    }
    rule.kind = kind_of(attributes["type"]);
    if (rule.kind == RuleKind::kComparison) {
      const auto comparison = comparison_of(attributes["operator"]);
      rule.comparison = comparison.value_or(Comparison::kEqual);
      if (!comparison) rule.kind = RuleKind::kUndecided;
    }
    rule.text = attributes["text"];
    const std::string_view format = attributes["dxfId"];
    std::uint32_t number = 0;
    if (std::from_chars(format.data(), format.data() + format.size(), number).ec == std::errc()) {
      rule.format = number;
    }
    rule.is_last = is_true(attributes["stopIfTrue"]);
    const std::string_view priority = attributes["priority"];
    std::from_chars(priority.data(), priority.data() + priority.size(), rule.priority);
    rules_.push_back(std::move(rule));
    is_open_ = true;
  }

  std::vector<ConditionalRule>& rules_;
  std::vector<Area> areas_;  // of the present element
  std::size_t areas_left_ = kMaxRuleAreas;
  bool is_open_ = false;
  bool in_formula_ = false;
};

std::optional<bool> compares(const ConditionalRule& rule, const Operand& value,
                             const FormulaPlace& place) {
  const bool has_two =
      rule.comparison == Comparison::kBetween || rule.comparison == Comparison::kNotBetween;
  if (rule.formulas.size() < (has_two ? 2U : 1U)) return std::nullopt;
  const auto first = value_of_formula(rule.formulas[0], place);
  const auto second = has_two ? value_of_formula(rule.formulas[1], place) : first;
  if (!first || !second) return std::nullopt;
  const int order = compare(value, *first);
  switch (rule.comparison) {
    case Comparison::kLess:
      return order < 0;
    case Comparison::kAtMost:
      return order <= 0;
    case Comparison::kEqual:
      return order == 0;
    case Comparison::kNotEqual:
      return order != 0;
    case Comparison::kAtLeast:
      return order >= 0;
    case Comparison::kGreater:
      return order > 0;
    case Comparison::kBetween:
    case Comparison::kNotBetween:
      break;
  }
  // Its ends may stand in either order.
  const bool is_between = compare(*first, *second) <= 0
                              ? order >= 0 && compare(value, *second) <= 0
                              : order <= 0 && compare(value, *second) >= 0;
  return is_between == (rule.comparison == Comparison::kBetween);
}

std::optional<bool> says(const ConditionalRule& rule, const Operand& value) {
  if (value.kind != Operand::Kind::kText) return std::nullopt;  // the text that a number shows
  const std::string text = ascii_lower(value.text);
  const std::string part = ascii_lower(rule.text);
  switch (rule.kind) {
    case RuleKind::kContains:
      return text.find(part) != std::string::npos;
    case RuleKind::kContainsNot:
      return text.find(part) == std::string::npos;
    case RuleKind::kBegins:
      return text.starts_with(part);
    case RuleKind::kEnds:
      return text.ends_with(part);
    default:
      return std::nullopt;
  }
}

std::optional<bool> applies(const ConditionalRule& rule, const Cell& cell,
                            const FormulaPlace& place) {
  const bool is_error = cell.type == CellType::kError;
  if (rule.kind == RuleKind::kFormula) {
    return rule.formulas.empty() ? std::nullopt : holds(rule.formulas[0], place);
  }
  if (rule.kind == RuleKind::kError || rule.kind == RuleKind::kNoError) {
    return is_error == (rule.kind == RuleKind::kError);
  }
  const auto value = operand_of(cell, place.strings);
  if (!value) return is_error ? std::optional<bool>(false) : std::nullopt;
  if (rule.kind == RuleKind::kBlank || rule.kind == RuleKind::kNotBlank) {
    const bool is_blank_cell =
        cell.value.empty() || (value->kind == Operand::Kind::kText && trimmed(value->text).empty());
    return is_blank_cell == (rule.kind == RuleKind::kBlank);
  }
  return rule.kind == RuleKind::kComparison ? compares(rule, *value, place) : says(rule, *value);
}

}  // namespace

std::vector<ConditionalRule> read_conditional_rules(const OpcPackage& package,
                                                    const std::string& part) {
  std::vector<ConditionalRule> rules;
  const ZipEntry* entry = package.zip().find(part);
  if (entry == nullptr) return rules;
  RuleReader reader(rules);
  try {
    ZipStream bytes = package.zip().stream(*entry);
    stream_xml(bytes, part, office_namespaces(), reader);
  } catch (const Failure& failure) {
    if (failure.outcome() != Outcome::kMalformed) throw;  // the cells' reader reports it
  }
  std::stable_sort(rules.begin(), rules.end(),
                   [](const auto& a, const auto& b) { return a.priority < b.priority; });
  return rules;
}

std::optional<std::uint32_t> ConditionalFormats::format(const Row& row, const Cell& cell) const {
  for (const ConditionalRule& rule : rules_) {
    const bool is_inside = std::any_of(rule.areas.begin(), rule.areas.end(), [&](const Area& area) {
      return area.contains(row.number, cell.column);
    });
    if (!is_inside) continue;
    const FormulaPlace place{row, {row.number, cell.column}, rule.base, *strings_};
    const auto result = applies(rule, cell, place);
    // It may hold, and would come before all others.
    if (!result) return std::nullopt;
    if (*result && (rule.format || rule.is_last)) return rule.format;
  }
  return std::nullopt;
}

}  // namespace sluice::xlsx
