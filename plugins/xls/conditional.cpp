// SPDX-License-Identifier: Apache-2.0
#include "xls/conditional.hpp"

#include <array>
#include <optional>
#include <sluice/little_endian.hpp>

#include "xls/area.hpp"
#include "xlsx/characters.hpp"
#include "xlsx/formula_tokens.hpp"

namespace sluice::xls {
namespace {

// 2.5.92, DXFN: flags that say which of its parts are there, and those parts in this order.
constexpr std::uint32_t kHasNumberFormat = 1U << 25;
struct LookPart {
  std::uint32_t flag;
  std::size_t size;
};
constexpr std::array kLooks = {LookPart{1U << 26, 118},                        // font
                               LookPart{1U << 27, 8}, LookPart{1U << 28, 8},   // alignment, borders
                               LookPart{1U << 29, 4}, LookPart{1U << 30, 2}};  // fill, protection

// 2.5.93 and 2.5.94: the number of a format, or its code.
NumberFormat number_format(FieldReader& fields, bool is_code, const Workbook& workbook) {
  if (!is_code) {
    fields.skip(1);
    return workbook.formats.format_of(fields.u8());
  }
  fields.skip(2);  // its size
  const std::size_t count = fields.u16();
  const bool is_wide = (fields.u8() & 1U) != 0;
  return NumberFormat(xlsx::read_characters(fields, count, is_wide));
}

std::optional<NumberFormat> read_look(FieldReader& fields, const Workbook& workbook) {
  const std::uint32_t flags = fields.u32();
  const bool is_code = (fields.u16() & 1U) != 0;
  std::optional<NumberFormat> format;
  if ((flags & kHasNumberFormat) != 0) format = number_format(fields, is_code, workbook);
  for (const LookPart& part : kLooks) {
    if ((flags & part.flag) != 0) fields.skip(part.size);
  }
  return format;
}

}  // namespace

void ConditionalRules::add_areas(const Record& record) {
  FieldReader fields(record.body);
  fields.skip(2);  // how many rules follow
  next_ = {static_cast<std::uint16_t>(fields.u16() >> 1), 0};
  fields.skip(8);  // the box around the areas
  areas_.clear();
  for (std::uint16_t left = fields.u16(); left > 0; --left) {
    const xlsx::Area area = read_area(fields);
    if (!fields.ok() || areas_.size() >= xlsx::kMaxRuleAreas) return;
    areas_.push_back(area);
  }
}

void ConditionalRules::add_rule(const Record& record) {
  if (rules_.size() >= xlsx::kMaxRules) return;
  xlsx::ConditionalRule rule;
  xlsx::place_rule(rule, areas_, areas_left_);
  FieldReader fields(record.body);
  const std::uint8_t type = fields.u8();
  const std::uint8_t comparison = fields.u8();
  const std::array<std::uint16_t, 2> sizes = {fields.u16(), fields.u16()};
  rule.own_format = read_look(fields, workbook_);
  if (type == 1) xlsx::set_comparison(rule, comparison);
  if (type == 2) rule.kind = xlsx::RuleKind::kFormula;
  for (const std::uint16_t size : sizes) {
    if (size == 0) continue;
    const auto text =
        xlsx::formula_of_tokens(fields.bytes(size), xlsx::TokenForm::kExcel97, rule.base);
    rule.formulas.push_back(text.value_or(std::string()));
  }
  if (!fields.ok()) return;
  rule.is_last = true;  // in Excel 2003 only the first that holds counts
  rule.priority = static_cast<std::int64_t>(rules_.size());
  has_number_format_ = has_number_format_ || rule.own_format;
  by_name_.emplace(next_, rules_.size());
  rules_.push_back(std::move(rule));
  ++next_.second;
}

void ConditionalRules::add_extension(const Record& record) {
  FieldReader fields(record.body);
  fields.skip(12);                // the record's number, and its areas
  if (fields.u32() != 0) return;  // of a rule of Excel 2007's own
  const std::uint16_t group = fields.u16();
  const std::uint16_t nth = fields.u16();
  fields.skip(2);  // what it compares with, what it is shown as
  const std::uint16_t priority = fields.u16();
  const std::uint8_t flags = fields.u8();
  if (!fields.ok()) return;
  const auto rule = by_name_.find({group, nth});
  if (rule == by_name_.end()) return;
  constexpr std::uint8_t kIsLast = 2;
  rules_[rule->second].priority = priority;
  rules_[rule->second].is_last = (flags & kIsLast) != 0;
}

std::vector<xlsx::ConditionalRule> ConditionalRules::sorted() const {
  std::vector<xlsx::ConditionalRule> rules = rules_;
  xlsx::sort_by_priority(rules);
  return rules;
}

}  // namespace sluice::xls
