// SPDX-License-Identifier: Apache-2.0
#include "odf/numbers.hpp"

#include <algorithm>
#include <sluice/list_number.hpp>

namespace sluice::odf {
namespace {

// style:num-format (20.322) by the names of list_number.
std::string spelled(std::int64_t value, std::string_view format) {
  if (format == "a") return list_number(value, "lowerLetter");
  if (format == "A") return list_number(value, "upperLetter");
  if (format == "i") return list_number(value, "lowerRoman");
  if (format == "I") return list_number(value, "upperRoman");
  if (format == "一, 二, 三, ...") return list_number(value, "chineseCounting");
  if (format == "①, ②, ③, ...") return list_number(value, "decimalEnclosedCircle");
  return std::to_string(value);
}

}  // namespace

void Counters::advance(const ListStyle& style, std::size_t level) {
  // Numbers of levels that were passed over are the first ones.
  for (std::size_t i = 0; i < level; ++i) {
    if (is_running_[i]) continue;
    values_[i] = style[i].start;
    is_running_[i] = true;
  }
  values_[level] = is_running_[level] ? values_[level] + 1 : style[level].start;
  is_running_[level] = true;
  for (std::size_t i = level + 1; i < is_running_.size(); ++i) is_running_[i] = false;
}

void Counters::restart(std::size_t level, std::int64_t number) {
  values_[level] = std::clamp<std::int64_t>(number, 0, kMaxListNumber) - 1;
  is_running_[level] = true;
}

Label Counters::label(const ListStyle& style, std::size_t level) const {
  const ListLevel& own = style[level];
  Label label;
  if (own.kind == ListLevel::Kind::kBullet) return label;
  label.kind = Label::Kind::kNone;
  if (own.kind == ListLevel::Kind::kNone) return label;
  label.number = values_[level];
  label.text = own.prefix;
  const auto shown = static_cast<std::size_t>(own.shown_levels);
  bool is_first = true;
  for (std::size_t i = level + 1 > shown ? level + 1 - shown : 0; i <= level; ++i) {
    if (style[i].kind != ListLevel::Kind::kNumber) continue;
    if (!is_first) label.text += '.';
    is_first = false;
    label.text += spelled(values_[i], style[i].format);
  }
  label.text += own.suffix;
  const std::string digits = std::to_string(label.number);
  const bool is_plain =
      label.number >= 0 && label.number <= kMaxListNumber &&
      (label.text == digits || label.text == digits + "." || label.text == digits + ")");
  label.kind = is_plain ? Label::Kind::kNumber : Label::Kind::kLiteral;
  return label;
}

Counters ListNumbers::begin(std::string_view style, bool continues_last,
                            std::string_view continued) const {
  if (const auto known = by_id_.find(continued); !continued.empty() && known != by_id_.end()) {
    return known->second;
  }
  const auto known = by_style_.find(style);
  return (continues_last || !continued.empty()) && known != by_style_.end() ? known->second
                                                                            : Counters();
}

void ListNumbers::end(std::string_view style, std::string_view id, const Counters& counters) {
  if (by_style_.size() < kMaxLists) by_style_.insert_or_assign(std::string(style), counters);
  if (!id.empty() && by_id_.size() < kMaxLists) by_id_.insert_or_assign(std::string(id), counters);
}

}  // namespace sluice::odf
