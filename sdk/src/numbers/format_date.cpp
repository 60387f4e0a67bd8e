// SPDX-License-Identifier: Apache-2.0
//
// Dates, times of day and durations under a section that has their letters.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <tuple>

#include "numbers/calendar.hpp"
#include "numbers/format_render.hpp"

namespace sluice {
namespace {

std::string padded(long long number, unsigned width) {
  std::string digits = std::to_string(number);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return digits;
}

// Seconds, with `decimals` digits of a fraction, rounded.
struct Duration {
  long long seconds = 0;
  long long fraction = 0;

  Duration(double days, unsigned decimals) {
    long long scale = 1;
    for (unsigned i = 0; i < decimals; ++i) scale *= 10;
    const long long total = std::llround(days * 86'400.0 * static_cast<double>(scale));
    seconds = total / scale;
    fraction = total % scale;
  }
};

// What the tokens of one section need to know of the value.
struct Clock {
  Moment moment;
  Duration elapsed;
  bool counts = false;  // some token counts hours, minutes or seconds without end
  bool half = false;    // twelve hours, with AM or PM
  std::uint32_t lcid = 0;
};

struct Era {
  int year;
  int month;
  int day;
  const char* letter;
  const char* name;
};

// Those that spreadsheets know, newest first.
constexpr std::array<Era, 5> kEras = {{
    {2019, 5, 1, "R", "令和"},
    {1989, 1, 8, "H", "平成"},
    {1926, 12, 25, "S", "昭和"},
    {1912, 7, 30, "T", "大正"},
    {1868, 1, 1, "M", "明治"},
}};

constexpr std::uint32_t kJapanese = 0x411;

const Era& era_of(const Moment& moment) {
  const auto date = std::tie(moment.year, moment.month, moment.day);
  for (const Era& era : kEras) {
    if (date >= std::tie(era.year, era.month, era.day)) return era;
  }
  return kEras.back();
}

std::string era(const FormatToken& token, const Clock& clock) {
  if ((clock.lcid & 0xffff) != kJapanese) return {};
  const Era& era = era_of(clock.moment);
  if (token.count == 1) return era.letter;
  constexpr std::size_t kCharacter = 3;  // bytes
  return std::string(era.name).substr(0, token.count == 2 ? kCharacter : std::string::npos);
}

std::string year(const FormatToken& token, const Clock& clock) {
  const Moment& moment = clock.moment;
  if (token.symbol == 'e' && (clock.lcid & 0xffff) == kJapanese) {
    return std::to_string(moment.year - era_of(moment).year + 1);
  }
  return token.count <= 2 ? padded(moment.year % 100, 2) : padded(moment.year, 4);
}

std::string month(const FormatToken& token, const Clock& clock) {
  const int number = clock.moment.month;
  switch (token.count) {
    case 1:
    case 2:
      return padded(number, token.count);
    case 3:
      return month_name(number, NameWidth::kShort, clock.lcid);
    case 5:
      return month_name(number, NameWidth::kLetter, clock.lcid);
    default:
      return month_name(number, NameWidth::kWide, clock.lcid);
  }
}

std::string day(const FormatToken& token, const Clock& clock) {
  if (token.count <= 2) return padded(clock.moment.day, token.count);
  return weekday_name(clock.moment.weekday, token.count == 3 ? NameWidth::kShort : NameWidth::kWide,
                      clock.lcid);
}

std::string hour(const FormatToken& token, const Clock& clock) {
  int number = clock.moment.hour;
  if (clock.half) number = number % 12 == 0 ? 12 : number % 12;
  return padded(number, token.count);
}

std::string fraction(const FormatToken& token, const Clock& clock) {
  const std::array<int, 4> divisors = {1000, 100, 10, 1};
  const long long value =
      clock.counts ? clock.elapsed.fraction : clock.moment.millisecond / divisors[token.count];
  return "." + padded(value, token.count);
}

std::string shown(const FormatToken& token, const Clock& clock) {
  const Duration& elapsed = clock.elapsed;
  switch (token.kind) {
    case FormatTokenKind::kYear:
      return year(token, clock);
    case FormatTokenKind::kEra:
      return era(token, clock);
    case FormatTokenKind::kMonth:
      return month(token, clock);
    case FormatTokenKind::kDay:
      return day(token, clock);
    case FormatTokenKind::kHour:
      return hour(token, clock);
    case FormatTokenKind::kMinute:
      return padded(clock.counts ? elapsed.seconds / 60 % 60 : clock.moment.minute, token.count);
    case FormatTokenKind::kSecond:
      return padded(clock.counts ? elapsed.seconds % 60 : clock.moment.second, token.count);
    case FormatTokenKind::kFraction:
      return fraction(token, clock);
    case FormatTokenKind::kElapsedHours:
      return padded(elapsed.seconds / 3600, token.count);
    case FormatTokenKind::kElapsedMinutes:
      return padded(elapsed.seconds / 60, token.count);
    case FormatTokenKind::kElapsedSeconds:
      return padded(elapsed.seconds, token.count);
    case FormatTokenKind::kHalfOfDay:
      return std::string(clock.moment.hour < 12 ? "AM" : "PM")
          .substr(0, token.symbol == 'A' ? 2 : 1);
    case FormatTokenKind::kSlash:
      return "/";
    case FormatTokenKind::kPoint:
      return ".";
    case FormatTokenKind::kPercent:
      return "%";
    case FormatTokenKind::kDigit:
      return "0";
    default:
      return token.text;
  }
}

std::string iso(const FormatSection& section, const Moment& moment) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", moment.year, moment.month, moment.day);
  std::string out(text.data());
  if (!section.has(FormatTokenKind::kHour)) return out;
  std::snprintf(text.data(), text.size(), " %02d:%02d", moment.hour, moment.minute);
  out += text.data();
  if (!section.has(FormatTokenKind::kSecond)) return out;
  std::snprintf(text.data(), text.size(), ":%02d", moment.second);
  return out + text.data();
}

// Spreadsheets round to what is shown of a second, and then cut off minutes and hours: 16:17:36.96
// is 16:17:37, and 16:17 without seconds.
double rounded_to_shown(double serial, unsigned decimals) {
  constexpr long long kDay = 86'400'000;  // milliseconds, to which what is stored is exact
  constexpr std::array<long long, 4> kUnits = {1000, 100, 10, 1};
  const long long unit = kUnits[std::min<std::size_t>(decimals, kUnits.size() - 1)];
  const double day = std::floor(serial);
  const long long time = std::llround((serial - day) * static_cast<double>(kDay));
  const long long shown = (time + unit / 2) / unit * unit;
  return day + static_cast<double>(shown) / static_cast<double>(kDay);
}

}  // namespace

std::string render_date(const FormatSection& section, double serial, Epoch epoch, DateStyle style) {
  bool counts = false;
  unsigned decimals = 0;
  for (const FormatToken& token : section.tokens) {
    counts = counts || token.kind == FormatTokenKind::kElapsedHours ||
             token.kind == FormatTokenKind::kElapsedMinutes ||
             token.kind == FormatTokenKind::kElapsedSeconds;
    if (token.kind == FormatTokenKind::kFraction) decimals = token.count;
  }
  constexpr double kMaxDays = 1e9;
  if (counts && std::fabs(serial) > kMaxDays) return general_number(serial);
  const auto moment = moment_of(counts ? 0 : rounded_to_shown(serial, decimals), epoch);
  if (!moment) return general_number(serial);
  const bool whole_date = section.has(FormatTokenKind::kYear) &&
                          section.has(FormatTokenKind::kMonth) &&
                          section.has(FormatTokenKind::kDay);
  if (style == DateStyle::kIso && whole_date) return iso(section, *moment);
  const Clock clock{*moment, Duration(counts ? std::fabs(serial) : 0, decimals), counts,
                    section.has(FormatTokenKind::kHalfOfDay), section.lcid};
  std::string out = counts && serial < 0 ? "-" : "";
  for (const FormatToken& token : section.tokens) out += shown(token, clock);
  return out;
}

}  // namespace sluice
