// SPDX-License-Identifier: Apache-2.0
#include "numbers/decimal.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <sluice/number_format.hpp>
#include <string_view>

namespace sluice {
namespace {

constexpr int kShownDigits = 15;

void strip_zeros(std::string& digits) {
  digits.erase(digits.find_last_not_of('0') + 1);
}

}  // namespace

Decimal::Decimal(double value) {
  // "d.dddddddddddddde-ddd"
  std::array<char, 40> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), std::fabs(value),
                                 std::chars_format::scientific, kShownDigits - 1)
                       .ptr;
  const std::string_view all(text.data(), static_cast<std::size_t>(end - text.data()));
  const auto e = all.find('e');
  if (e == std::string_view::npos) return;  // infinite, or no number
  digits_ = std::string(1, all[0]) + std::string(all.substr(2, e - 2));
  strip_zeros(digits_);
  if (!digits_.empty()) point_ = std::atoi(text.data() + e + 1) + 1;
}

void Decimal::round(int places) {
  const int keep = point_ + places;  // digits that stay
  if (keep >= static_cast<int>(digits_.size())) return;
  if (keep < 0) {
    digits_.clear();
  } else {
    const bool up = digits_[static_cast<std::size_t>(keep)] >= '5';
    digits_.resize(static_cast<std::size_t>(keep));
    if (up) {
      std::size_t at = digits_.size();
      while (at > 0 && digits_[at - 1] == '9') digits_[--at] = '0';
      if (at > 0) {
        ++digits_[at - 1];
      } else {
        digits_.insert(digits_.begin(), '1');
        ++point_;
      }
    }
    strip_zeros(digits_);
  }
  if (digits_.empty()) point_ = 0;
}

std::string Decimal::whole() const {
  if (point_ <= 0) return {};
  std::string out = digits_.substr(0, static_cast<std::size_t>(point_));
  out.resize(static_cast<std::size_t>(point_), '0');
  return out;
}

std::string Decimal::fraction(std::size_t places) const {
  std::string out;
  if (point_ < 0) out.assign(static_cast<std::size_t>(-point_), '0');
  const auto begin = static_cast<std::size_t>(point_ > 0 ? point_ : 0);
  if (begin < digits_.size()) out += digits_.substr(begin);
  out.resize(places, '0');
  return out;
}

std::string general_number(double value) {
  if (!std::isfinite(value)) return "#NUM!";
  const Decimal number(value);
  if (number.is_zero()) return "0";
  const std::string sign = value < 0 ? "-" : "";
  const int exponent = number.point() - 1;
  if (exponent >= 16 || exponent < -9) {
    Decimal mantissa = number;
    mantissa.shift(-exponent);
    std::string fraction = mantissa.fraction(kShownDigits);
    strip_zeros(fraction);
    std::string out = sign + mantissa.whole();
    if (!fraction.empty()) out += "." + fraction;
    const std::string power = std::to_string(std::abs(exponent));
    return out + (exponent < 0 ? "E-" : "E+") + (power.size() < 2 ? "0" : "") + power;
  }
  std::string fraction = number.fraction(static_cast<std::size_t>(kShownDigits + 10));
  strip_zeros(fraction);
  const std::string whole = number.whole();
  std::string out = sign + (whole.empty() ? "0" : whole);
  if (!fraction.empty()) out += "." + fraction;
  return out;
}

}  // namespace sluice
