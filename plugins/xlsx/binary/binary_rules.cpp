// SPDX-License-Identifier: Apache-2.0
//
// Conditional formats of a binary workbook ([MS-XLSB] 2.4.38 and 2.4.22).
#include <array>
#include <sluice/little_endian.hpp>

#include "xlsx/binary/binary_parts.hpp"
#include "xlsx/binary/records.hpp"
#include "xlsx/formula_tokens.hpp"

namespace sluice::xlsx {
namespace {

constexpr std::uint32_t kOfCell = 1;  // 2.5.14, CFType
constexpr std::uint32_t kOfFormula = 2;
constexpr std::uint32_t kNone = 0xFFFFFFFF;

// 2.5.13: what a rule of type kOfFormula is shown as. Its formula says the same.
RuleKind kind_of_template(std::uint32_t number, std::uint32_t parameter) {
  static constexpr std::array kOfText = {RuleKind::kContains, RuleKind::kContainsNot,
                                         RuleKind::kBegins, RuleKind::kEnds};
  switch (number) {
    case 1:
      return RuleKind::kFormula;
    case 8:
      return parameter < kOfText.size() ? kOfText[parameter] : RuleKind::kUndecided;
    case 9:
      return RuleKind::kBlank;
    case 10:
      return RuleKind::kNotBlank;
    case 11:
      return RuleKind::kError;
    case 12:
      return RuleKind::kNoError;
    default:
      return RuleKind::kUndecided;
  }
}

class BinaryRuleReader {
 public:
  explicit BinaryRuleReader(std::vector<ConditionalRule>& rules) : rules_(rules) {}

  void areas(std::string_view content) {
    FieldReader fields(content);
    fields.skip(8);  // how many rules follow, whether they are of a pivot table
    areas_.clear();
    constexpr std::size_t kAreaSize = 16;
    for (std::uint32_t left = fields.u32(); left > 0 && areas_.size() < kMaxRuleAreas; --left) {
      const auto area = read_binary_area(fields.bytes(kAreaSize));
      if (!fields.ok()) return;
      if (area) areas_.push_back(*area);
    }
  }

  void rule(std::string_view content) {
    if (rules_.size() >= kMaxRules) return;
    ConditionalRule rule;
    place_rule(rule, areas_, areas_left_);
    FieldReader fields(content);
    const std::uint32_t type = fields.u32();
    const std::uint32_t shown_as = fields.u32();
    const std::uint32_t format = fields.u32();
    if (format != kNone) rule.format = format;
    rule.priority = static_cast<std::int32_t>(fields.u32());
    const std::uint32_t parameter = fields.u32();
    fields.skip(8);
    rule.is_last = (fields.u16() & 2U) != 0;
    const std::array<std::uint32_t, 3> sizes = {fields.u32(), fields.u32(), fields.u32()};
    const std::uint32_t letters = fields.u32();
    if (letters != kNone) {
      rule.text = utf8_of_utf16le(
          fields.bytes(letters > fields.left() / 2 ? fields.left() + 1 : std::size_t{letters} * 2));
    }
    if (type == kOfFormula) rule.kind = kind_of_template(shown_as, parameter);
    if (type == kOfCell) set_comparison(rule, parameter);
    for (const std::uint32_t size : sizes) {
      if (size > 0) add_formula(rule, fields);
    }
    if (fields.ok()) rules_.push_back(std::move(rule));
  }

 private:
  // 2.5.97.1, CFParsedFormula: tokens, and what belongs to some of them, each behind its size.
  static void add_formula(ConditionalRule& rule, FieldReader& fields) {
    const std::string_view tokens = fields.bytes(fields.u32());
    fields.skip(fields.u32());
    rule.formulas.push_back(
        formula_of_tokens(tokens, TokenForm::kExcel2007, rule.base).value_or(std::string()));
  }

  std::vector<ConditionalRule>& rules_;
  std::vector<Area> areas_;
  std::size_t areas_left_ = kMaxRuleAreas;
};

}  // namespace

std::vector<ConditionalRule> read_binary_rules(const OpcPackage& package, const std::string& part) {
  std::vector<ConditionalRule> rules;
  BinaryRuleReader reader(rules);
  try {
    Records records(package, part);
    while (records.next()) {
      if (records.type() == RecordType::kConditionalFormat) reader.areas(records.content());
      if (records.type() == RecordType::kConditionalRule) reader.rule(records.content());
    }
  } catch (const Failure& failure) {
    if (failure.outcome() != Outcome::kMalformed) throw;  // the cells' reader reports it
  }
  sort_by_priority(rules);
  return rules;
}

// 2.4.353: flags, the number of properties, and for each its number, its size with both, its value.
std::optional<NumberFormat> read_binary_differential(std::string_view content,
                                                     const CellFormats& formats) {
  constexpr std::uint16_t kCode = 38;
  constexpr std::uint16_t kNumber = 41;
  std::optional<NumberFormat> format;
  FieldReader fields(content);
  fields.skip(4);
  for (std::uint16_t left = fields.u16(); left > 0; --left) {
    const std::uint16_t property = fields.u16();
    const std::uint16_t size = fields.u16();
    constexpr std::uint16_t kHead = 4;
    FieldReader value(fields.bytes(size < kHead ? fields.left() + 1 : size - kHead));
    if (!fields.ok()) return std::nullopt;
    if (property == kCode) {
      return NumberFormat(utf8_of_utf16le(value.bytes(std::size_t{value.u16()} * 2)));
    }
    if (property == kNumber) format = formats.format_of(value.u16());
  }
  return format;
}

}  // namespace sluice::xlsx
