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

constexpr std::size_t kMaxAreaBytes = kMaxRuleAreas * 32;  // of the list of areas of one element

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

bool is_of_text(RuleKind kind) {
  return kind == RuleKind::kContains || kind == RuleKind::kContainsNot ||
         kind == RuleKind::kBegins || kind == RuleKind::kEnds;
}

NumberFormat number_format_of(std::string_view code, std::string_view id) {
  std::uint32_t number = 0;
  std::from_chars(id.data(), id.data() + id.size(), number);
  return code.empty() ? NumberFormat::builtin(number) : NumberFormat(code);
}

std::vector<Area> read_areas(std::string_view list) {
  std::vector<Area> areas;
  while (!list.empty() && areas.size() < kMaxRuleAreas) {
    const std::size_t end = std::min(list.find_first_of(kAsciiBlanks), list.size());
    if (const auto area = parse_area(list.substr(0, end))) areas.push_back(*area);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return areas;
}

class RuleReader : public XmlHandler {
 public:
  explicit RuleReader(std::vector<ConditionalRule>& rules) : rules_(rules) {}

  void start_element(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "x:conditionalFormatting" || name == "x14:conditionalFormatting") {
      place_rules();
      areas_ = attributes["sqref"].substr(0, kMaxAreaBytes);
    } else if (name == "x:cfRule" || name == "x14:cfRule") {
      if (rules_.size() < kMaxRules) start_rule(attributes);
    } else if ((name == "x:formula" || name == "xm:f") && is_open_) {
      rules_.back().formulas.emplace_back();
      in_formula_ = true;
    } else if (name == "x:numFmt" && is_open_) {
      rules_.back().own_format = number_format_of(attributes["formatCode"], attributes["numFmtId"]);
    } else if (name == "xm:sqref") {
      in_areas_ = true;
    }
  }
  void end_element(std::string_view name) override {
    if (name == "x:formula" || name == "xm:f") in_formula_ = false;
    if (name == "x:cfRule" || name == "x14:cfRule") is_open_ = false;
    if (name == "xm:sqref") in_areas_ = false;
    if (name == "x:conditionalFormatting" || name == "x14:conditionalFormatting") place_rules();
  }
  void text(std::string_view piece) override {
    if (in_areas_)
      areas_ += piece.substr(0, kMaxAreaBytes - std::min(areas_.size(), kMaxAreaBytes));
    if (!in_formula_) return;
    std::string& formula = rules_.back().formulas.back();
    formula += piece;
    if (formula.size() > kMaxFormulaBytes) rules_.back().kind = RuleKind::kUndecided;
    formula.resize(std::min(formula.size(), kMaxFormulaBytes));
  }

 private:
  // The rules of the present element get its areas, which may stand behind them.
  void place_rules() {
    const std::vector<Area> areas = read_areas(areas_);
    for (; placed_ < rules_.size(); ++placed_) place_rule(rules_[placed_], areas, areas_left_);
    areas_.clear();
  }

  void start_rule(const XmlAttributes& attributes) {
    ConditionalRule rule;
    rule.kind = kind_of(attributes["type"]);
    if (rule.kind == RuleKind::kComparison) {
      const auto comparison = comparison_of(attributes["operator"]);
      rule.comparison = comparison.value_or(Comparison::kEqual);
      if (!comparison) rule.kind = RuleKind::kUndecided;
    }
    rule.text = attributes["text"];
    // That of a rule in extLst may be the value of a formula.
    if (is_of_text(rule.kind) && rule.text.empty()) rule.kind = RuleKind::kUndecided;
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
  std::string areas_;       // of the present element, as a list
  std::size_t placed_ = 0;  // rules that have their areas
  std::size_t areas_left_ = kMaxRuleAreas;
  bool is_open_ = false;
  bool in_formula_ = false;
  bool in_areas_ = false;
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

void set_comparison(ConditionalRule& rule, std::uint32_t number) {
  static constexpr Comparison kByNumber[] = {
      Comparison::kBetween, Comparison::kNotBetween, Comparison::kEqual,   Comparison::kNotEqual,
      Comparison::kGreater, Comparison::kLess,       Comparison::kAtLeast, Comparison::kAtMost};
  if (number < 1 || number > std::size(kByNumber)) return;
  rule.kind = RuleKind::kComparison;
  rule.comparison = kByNumber[number - 1];
}

void place_rule(ConditionalRule& rule, const std::vector<Area>& areas, std::size_t& areas_left) {
  if (areas_left < areas.size()) return;
  areas_left -= areas.size();
  rule.areas = areas;
  rule.base = {kMaxRows, kMaxColumns};
  for (const Area& area : areas) {
    rule.base.row = std::min(rule.base.row, area.first.row);
    rule.base.column = std::min(rule.base.column, area.first.column);
  }
}

void sort_by_priority(std::vector<ConditionalRule>& rules) {
  std::stable_sort(rules.begin(), rules.end(),
                   [](const auto& a, const auto& b) { return a.priority < b.priority; });
}

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
  sort_by_priority(rules);
  return rules;
}

const NumberFormat* ConditionalFormats::format(const Row& row, const Cell& cell) const {
  for (const ConditionalRule& rule : rules_) {
    const bool is_inside = std::any_of(rule.areas.begin(), rule.areas.end(), [&](const Area& area) {
      return area.contains(row.number, cell.column);
    });
    if (!is_inside) continue;
    const FormulaPlace place{row, {row.number, cell.column}, rule.base, *strings_};
    const auto result = applies(rule, cell, place);
    // It may hold, and would come before all others.
    if (!result) return nullptr;
    if (*result) return rule.own_format ? &*rule.own_format : nullptr;
  }
  return nullptr;
}

}  // namespace sluice::xlsx
