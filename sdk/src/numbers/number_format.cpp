// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <sluice/blanks.hpp>
#include <sluice/number_format.hpp>
#include <utility>
#include <vector>

#include "numbers/format_render.hpp"

namespace sluice {
namespace {

// 18.8.30, for English; what it leaves to the system (5 to 8, 37 to 44) as Excel has it there.
constexpr std::array<std::string_view, 50> kBuiltin = {
    "General",
    "0",
    "0.00",
    "#,##0",
    "#,##0.00",
    "\"$\"#,##0_);(\"$\"#,##0)",
    "\"$\"#,##0_);(\"$\"#,##0)",
    "\"$\"#,##0.00_);(\"$\"#,##0.00)",
    "\"$\"#,##0.00_);(\"$\"#,##0.00)",
    "0%",
    "0.00%",
    "0.00E+00",
    "# ?/?",
    "# ?\?/??",
    "yyyy-mm-dd",
    "d-mmm-yy",
    "d-mmm",
    "mmm-yy",
    "h:mm AM/PM",
    "h:mm:ss AM/PM",
    "h:mm",
    "h:mm:ss",
    "yyyy-mm-dd h:mm",
    "",
    "",
    "",
    "",
    "yyyy-mm-dd",
    "yyyy-mm-dd",
    "yyyy-mm-dd",
    "yyyy-mm-dd",
    "yyyy-mm-dd",
    "h:mm",
    "h:mm:ss",
    "yyyy-mm-dd",
    "yyyy-mm-dd",
    "yyyy-mm-dd",
    "#,##0_);(#,##0)",
    "#,##0_);(#,##0)",
    "#,##0.00_);(#,##0.00)",
    "#,##0.00_);(#,##0.00)",
    "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)",
    "_(\"$\"* #,##0_);_(\"$\"* (#,##0);_(\"$\"* \"-\"_);_(@_)",
    "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)",
    "_(\"$\"* #,##0.00_);_(\"$\"* (#,##0.00);_(\"$\"* \"-\"??_);_(@_)",
    "mm:ss",
    "[h]:mm:ss",
    "mm:ss.0",
    "##0.0E+0",
    "@",
};

// 18.8.31: one section is for all numbers, two are for positive and negative ones, the third is for
// zero; conditions replace these. The fourth is for text.
const FormatSection& section_for(const std::vector<FormatSection>& sections, double value,
                                 bool& keep_sign) {
  // The text section is none for numbers, unless it is the only one.
  std::size_t count = std::min<std::size_t>(sections.size(), 3);
  if (count > 1 && sections[count - 1].kind == FormatSectionKind::kText) --count;
  keep_sign = true;
  bool conditional = false;
  for (std::size_t i = 0; i < count; ++i) {
    const auto& condition = sections[i].condition;
    if (!condition) continue;
    conditional = true;
    if (!condition->holds(value)) continue;
    // A section for negative numbers only says by itself that they are.
    keep_sign = !(condition->value <= 0 && (condition->comparison == Comparison::kLess ||
                                            condition->comparison == Comparison::kLessEqual)) ||
                count == 1;
    return sections[i];
  }
  if (conditional) {
    for (std::size_t i = 0; i < count; ++i) {
      if (!sections[i].condition) return sections[i];
    }
    return sections[count - 1];
  }
  if (count >= 2 && value < 0) {
    keep_sign = false;
    return sections[1];
  }
  if (count >= 3 && value == 0) return sections[2];
  return sections[0];
}

}  // namespace

struct NumberFormat::Parsed {
  std::vector<FormatSection> sections;
};

NumberFormat::NumberFormat(std::string_view code)
    : parsed_(
          std::make_shared<Parsed>(Parsed{parse_format_code(code.empty() ? "General" : code)})) {}

NumberFormat NumberFormat::builtin(std::uint32_t id) {
  // 50 to 58: dates of East Asian systems.
  if (id >= 50 && id <= 58) return NumberFormat("yyyy-mm-dd");
  NumberFormat format(id < kBuiltin.size() ? kBuiltin[id] : std::string_view());
  format.always_iso_ = id == 22;
  return format;
}

bool NumberFormat::is_general() const {
  const auto& sections = parsed_->sections;
  const FormatSection& first = sections[0];
  return sections.size() == 1 && !first.condition && first.tokens.size() == 1 &&
         first.tokens[0].kind == FormatTokenKind::kGeneral;
}

std::string NumberFormat::number(double value, Epoch epoch, DateStyle style) const {
  if (!std::isfinite(value)) return general_number(value);
  bool keep_sign = true;
  const FormatSection& section = section_for(parsed_->sections, value, keep_sign);
  if (section.kind == FormatSectionKind::kDate) {
    const std::string date =
        render_date(section, value, epoch, always_iso_ ? DateStyle::kIso : style);
    return std::string(trimmed(date, " "));
  }
  return std::string(trimmed(render_number(section, value, keep_sign), " "));
}

std::string NumberFormat::text(std::string_view value) const {
  const FormatSection& last = parsed_->sections.back();
  const bool for_text = last.kind == FormatSectionKind::kText || parsed_->sections.size() == 4;
  if (!for_text) return std::string(value);
  std::string out;
  for (const FormatToken& token : last.tokens) {
    if (token.kind == FormatTokenKind::kText) out += value;
    if (token.kind == FormatTokenKind::kLiteral) out += token.text;
  }
  return out;
}

}  // namespace sluice
