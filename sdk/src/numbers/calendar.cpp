// SPDX-License-Identifier: Apache-2.0
#include "numbers/calendar.hpp"

#include <unicode/dtfmtsym.h>
#include <unicode/uloc.h>

#include <array>
#include <chrono>
#include <cmath>
#include <map>

namespace sluice {
namespace {

constexpr double kLastDay = 2'958'465;  // 9999-12-31
constexpr double k1904Shift = 1'462;    // days from one epoch to the other
constexpr std::int64_t kDayMilliseconds = 86'400'000;

void set_date(Moment& moment, std::int64_t day, Epoch epoch) {
  // Lotus 1-2-3 took 1900 for a leap year, and everybody since has.
  if (epoch == Epoch::k1900 && (day == 60 || day == 0)) {
    moment.year = 1900;
    moment.month = day == 60 ? 2 : 1;
    moment.day = day == 60 ? 29 : 0;
    moment.weekday = day == 60 ? 3 : 6;
    return;
  }
  const bool before_leap_day = epoch == Epoch::k1900 && day < 60;
  using std::chrono::days;
  const auto base = std::chrono::sys_days(std::chrono::year(1899) / std::chrono::December / 30);
  const std::chrono::sys_days date = base + days(day + (before_leap_day ? 1 : 0));
  const std::chrono::year_month_day civil(date);
  moment.year = static_cast<int>(civil.year());
  moment.month = static_cast<int>(static_cast<unsigned>(civil.month()));
  moment.day = static_cast<int>(static_cast<unsigned>(civil.day()));
  moment.weekday = static_cast<int>(std::chrono::weekday(date).c_encoding());
}

// ICU's symbols of the language of an LCID, made once.
const icu::DateFormatSymbols& symbols(std::uint32_t lcid) {
  static std::map<std::uint32_t, icu::DateFormatSymbols> known;
  const auto at = known.find(lcid);
  if (at != known.end()) return at->second;
  std::array<char, ULOC_FULLNAME_CAPACITY> name{};
  UErrorCode status = U_ZERO_ERROR;
  // The upper bits say which calendar and digits to use, not which language.
  uloc_getLocaleForLCID(lcid & 0xffff, name.data(), ULOC_FULLNAME_CAPACITY - 1, &status);
  const icu::Locale locale(U_FAILURE(status) || lcid == 0 ? "en" : name.data());
  status = U_ZERO_ERROR;
  return known.emplace(lcid, icu::DateFormatSymbols(locale, status)).first->second;
}

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

// The name and, for a letter, only its first character.
std::string name_of(const icu::UnicodeString* names, std::int32_t count, int index,
                    NameWidth width) {
  if (names == nullptr || index < 0 || index >= count) return {};
  const icu::UnicodeString& name = names[index];
  if (width != NameWidth::kLetter) return utf8(name);
  return utf8(name.tempSubString(0, name.moveIndex32(0, 1)));
}

icu::DateFormatSymbols::DtWidthType icu_width(NameWidth width) {
  return width == NameWidth::kShort ? icu::DateFormatSymbols::ABBREVIATED
                                    : icu::DateFormatSymbols::WIDE;
}

}  // namespace

std::optional<Moment> moment_of(double serial, Epoch epoch) {
  if (!(serial >= 0) || serial > kLastDay + 1) return std::nullopt;
  if (epoch == Epoch::k1904) serial += k1904Shift;
  // What is stored is a whole number of seconds more often than its digits say: round to
  // milliseconds before anything is cut off.
  double day = std::floor(serial);
  auto time = static_cast<std::int64_t>(std::llround((serial - day) * kDayMilliseconds));
  if (time >= kDayMilliseconds) {
    time -= kDayMilliseconds;
    ++day;
  }
  if (day > kLastDay) return std::nullopt;
  Moment moment;
  set_date(moment, static_cast<std::int64_t>(day), epoch);
  moment.millisecond = static_cast<int>(time % 1000);
  moment.second = static_cast<int>(time / 1000 % 60);
  moment.minute = static_cast<int>(time / 60'000 % 60);
  moment.hour = static_cast<int>(time / 3'600'000);
  return moment;
}

std::string month_name(int month, NameWidth width, std::uint32_t lcid) {
  std::int32_t count = 0;
  const auto* names =
      symbols(lcid).getMonths(count, icu::DateFormatSymbols::FORMAT, icu_width(width));
  return name_of(names, count, month - 1, width);
}

std::string weekday_name(int weekday, NameWidth width, std::uint32_t lcid) {
  std::int32_t count = 0;
  const auto* names =
      symbols(lcid).getWeekdays(count, icu::DateFormatSymbols::FORMAT, icu_width(width));
  return name_of(names, count, weekday + 1, width);  // the first is empty
}

}  // namespace sluice
