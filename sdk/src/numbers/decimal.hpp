// SPDX-License-Identifier: Apache-2.0
//
// A number as a spreadsheet shows it: 15 significant decimal digits, rounded half away from zero.
#pragma once

#include <cstddef>
#include <string>

namespace sluice {

// The magnitude of a number: 0.DIGITS times ten to the power `point`. No zeros at either end of
// the digits; zero has none.
class Decimal {
 public:
  // The 15 digits that a spreadsheet keeps of a finite number; its sign is left out.
  explicit Decimal(double value);

  bool is_zero() const { return digits_.empty(); }
  int point() const { return point_; }
  // Times ten to the power of `by`.
  void shift(int by) { point_ += is_zero() ? 0 : by; }
  // To `places` digits after the decimal point.
  void round(int places);

  // The digits before the decimal point, none for 0; and `places` of them after it.
  std::string whole() const;
  std::string fraction(std::size_t places) const;

 private:
  std::string digits_;
  int point_ = 0;
};

}  // namespace sluice
