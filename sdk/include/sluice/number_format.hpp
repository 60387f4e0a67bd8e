// SPDX-License-Identifier: Apache-2.0
//
// How a spreadsheet's number looks under its format, as a person sees it: `#,##0.00`, `[h]:mm:ss`,
// `[$€-407] 0.00;[Red]-0.00`. ECMA-376, part 1, 18.8.30 and 18.8.31; where that leaves it open, as
// Excel does.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace sluice {

// How days are counted (18.17.4).
enum class Epoch : std::uint8_t {
  k1900,  // 1 is 1900-01-01, and there is a 1900-02-29, which never was
  k1904,  // 0 is 1904-01-01
};

enum class DateStyle : std::uint8_t {
  kShown,  // as the format says
  kIso,    // whole dates as 2024-12-31, whatever their format; others as it says
};

class NumberFormat {
 public:
  // A format code; empty is General. Never fails: what makes no sense in it shows as it stands.
  explicit NumberFormat(std::string_view code);

  // One of the formats that have a number and no code (18.8.30), General for other numbers. Dates
  // that look as the reader's system has them are ISO: who wrote them is not known here.
  static NumberFormat builtin(std::uint32_t id);

  // Whether numbers are shown as General does.
  bool is_general() const;
  // Without blanks at its ends. What cannot be a date is General under a date's format.
  std::string number(double value, Epoch epoch = Epoch::k1900,
                     DateStyle style = DateStyle::kShown) const;
  std::string text(std::string_view value) const;

 private:
  struct Parsed;
  std::shared_ptr<const Parsed> parsed_;
  bool always_iso_ = false;
};

// The format `General`: as many digits as needed, at most 15; an exponent from 1E+16 on and below
// 1E-9.
std::string general_number(double value);

}  // namespace sluice
