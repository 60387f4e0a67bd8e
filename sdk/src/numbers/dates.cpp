// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/dates.hpp>

namespace sluice {
namespace {

constexpr std::size_t kYearSize = 4;
constexpr std::size_t kMonthSize = 7;
constexpr std::size_t kDaySize = 10;

std::size_t size_of(DatePrecision precision) {
  switch (precision) {
    case DatePrecision::kYear:
      return kYearSize;
    case DatePrecision::kMonth:
      return kMonthSize;
    default:
      return kDaySize;
  }
}

}  // namespace

std::size_t iso_date_size(std::string_view text) {
  constexpr std::string_view kShape = "dddd-dd-dd";
  std::size_t size = 0;
  while (size < std::min(text.size(), kShape.size())) {
    if (kShape[size] == 'd' ? !is_ascii_digit(text[size]) : text[size] != '-') break;
    ++size;
  }
  if (size >= kDaySize) return kDaySize;
  if (size >= kMonthSize) return kMonthSize;
  return size >= kYearSize ? kYearSize : 0;
}

std::string iso_date(std::string_view text, DatePrecision least) {
  const std::string_view value = trimmed(text);
  const std::size_t size = iso_date_size(value);
  if (size < size_of(least)) return {};
  const bool has_time = size == kDaySize && value.size() > size && value[size] == 'T';
  return std::string(has_time ? value : value.substr(0, size));
}

}  // namespace sluice
