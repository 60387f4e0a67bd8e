// SPDX-License-Identifier: Apache-2.0
//
// Conditional formats of a sheet that change how a number is shown ([MS-XLS] 2.4.56 CondFmt,
// 2.4.42 CF, 2.4.43 CFEx). Rules that only Excel 2007 and later know (CF12) are not read.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "xls/workbook.hpp"
#include "xlsx/conditional_formats.hpp"

namespace sluice::xls {

// Takes the records as they come.
class ConditionalRules {
 public:
  // Must outlive it.
  explicit ConditionalRules(const Workbook& workbook) : workbook_(workbook) {}

  // The areas of the rules that follow.
  void add_areas(const Record& record);
  void add_rule(const Record& record);
  // What Excel 2007 says more about one of the rules before.
  void add_extension(const Record& record);

  bool have_number_formats() const { return has_number_format_; }
  // In the order in which they count.
  std::vector<xlsx::ConditionalRule> sorted() const;

 private:
  // Of a rule: the number of its areas' record, and its place behind it.
  using Name = std::pair<std::uint16_t, std::uint16_t>;

  const Workbook& workbook_;
  std::vector<xlsx::ConditionalRule> rules_;
  std::map<Name, std::size_t> by_name_;
  std::vector<xlsx::Area> areas_;
  Name next_ = {};
  std::size_t areas_left_ = xlsx::kMaxRuleAreas;
  bool has_number_format_ = false;
};

}  // namespace sluice::xls
