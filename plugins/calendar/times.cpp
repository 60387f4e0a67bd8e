// SPDX-License-Identifier: Apache-2.0
#include "calendar/times.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <optional>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/counted.hpp>

namespace sluice::calendar {
namespace {

struct Moment {
  std::string date;   // "2024-03-01"
  std::string clock;  // "10:00"; empty for a whole day
  bool is_utc = false;
  std::string offset;  // "-05:00", as vCards have it
};

// "-0500", "-05:00" or "-05", as ISO 8601 has them.
std::string offset_of(std::string_view text) {
  std::string digits;
  for (const char c : text.substr(1)) {
    if (is_ascii_digit(c)) digits += c;
  }
  digits.resize(4, '0');
  return text[0] + digits.substr(0, 2) + ":" + digits.substr(2);
}

std::optional<Moment> moment_of(std::string_view value) {
  value = trimmed(value);
  Moment moment;
  const std::size_t sign =
      value.find_first_of("+-", std::min(value.find_first_of("Tt"), value.size()));
  if (sign != std::string_view::npos) {
    moment.offset = offset_of(value.substr(sign));
    value = value.substr(0, sign);
  }
  // Some write the extended form.
  std::string bare;
  for (const char c : value) {
    if (c != '-' && c != ':') bare += c;
  }
  if (bare.size() < 8 || !is_ascii_number(std::string_view(bare).substr(0, 8))) return std::nullopt;
  moment.date = bare.substr(0, 4) + "-" + bare.substr(4, 2) + "-" + bare.substr(6, 2);
  if (bare.size() == 8) return moment;
  const std::string_view clock = std::string_view(bare).substr(8);
  if (clock.size() < 5 || (clock[0] != 'T' && clock[0] != 't') ||
      !is_ascii_number(clock.substr(1, 4))) {
    return std::nullopt;
  }
  moment.clock = std::string(clock.substr(1, 2)) + ":" + std::string(clock.substr(3, 2));
  const bool has_seconds = clock.size() >= 7 && is_ascii_number(clock.substr(5, 2));
  if (has_seconds && clock.substr(5, 2) != "00") {
    moment.clock += ":" + std::string(clock.substr(5, 2));
  }
  moment.is_utc = bare.back() == 'Z' || bare.back() == 'z';
  return moment;
}

std::string zone_text(const Moment& moment, std::string_view zone) {
  if (moment.clock.empty()) return {};
  if (moment.is_utc) return " UTC";
  if (!moment.offset.empty()) return " " + moment.offset;
  return zone.empty() ? std::string() : " " + one_line(zone, 100);
}

// The day before, for whole days, whose end is not part of them.
std::string day_before(const std::string& date) {
  const auto number = [&date](std::size_t at, std::size_t size) {
    int value = 0;
    for (const char c : date.substr(at, size)) value = value * 10 + (c - '0');
    return value;
  };
  const std::chrono::year_month_day day{std::chrono::year(number(0, 4)),
                                        std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                        std::chrono::day(static_cast<unsigned>(number(8, 2)))};
  if (!day.ok()) return date;
  const std::chrono::year_month_day before{std::chrono::sys_days(day) - std::chrono::days(1)};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(before.year()),
                static_cast<unsigned>(before.month()), static_cast<unsigned>(before.day()));
  return text.data();
}

}  // namespace

std::string time_text(std::string_view value, std::string_view zone) {
  const auto moment = moment_of(value);
  if (!moment) return one_line(value, 100);
  return moment->date + (moment->clock.empty() ? "" : " " + moment->clock) +
         zone_text(*moment, zone);
}

std::string time_text(const Property& property) {
  return time_text(property.value, property.parameter("TZID"));
}

std::string iso_time(std::string_view value) {
  const auto moment = moment_of(value);
  if (!moment) return {};
  if (moment->clock.empty()) return moment->date;
  return moment->date + "T" + moment->clock + (moment->is_utc ? "Z" : moment->offset);
}

std::string duration_text(std::string_view value) {
  const std::string whole = one_line(value, 100);
  std::string_view rest = trimmed(value);
  if (rest.starts_with('-') || rest.starts_with('+')) rest.remove_prefix(1);
  if (!rest.starts_with('P')) return whole;
  rest.remove_prefix(1);
  std::string text;
  bool in_time = false;
  while (!rest.empty()) {
    if (rest[0] == 'T') {
      in_time = true;
      rest.remove_prefix(1);
      continue;
    }
    std::uint64_t number = 0;
    std::size_t digits = 0;
    while (digits < rest.size() && digits < 9 && is_ascii_digit(rest[digits])) {
      number = number * 10 + static_cast<std::uint64_t>(rest[digits++] - '0');
    }
    if (digits == 0 || digits == rest.size()) return whole;
    const char unit = rest[digits];
    const char* const noun = unit == 'W'              ? "week"
                             : unit == 'D'            ? "day"
                             : unit == 'H'            ? "hour"
                             : unit == 'M' && in_time ? "minute"
                             : unit == 'S'            ? "second"
                                                      : nullptr;
    if (noun == nullptr) return whole;
    if (number > 0) text += (text.empty() ? "" : " ") + counted(number, noun);
    rest.remove_prefix(digits + 1);
  }
  return text.empty() ? "0 minutes" : text;
}

std::string span_text(const Property& start, const Property* end) {
  const auto from = moment_of(start.value);
  if (end == nullptr || !from) return time_text(start);
  const auto to = moment_of(end->value);
  if (!to) return time_text(start) + " to " + time_text(*end);
  if (from->clock.empty() && to->clock.empty()) {
    const std::string last = day_before(to->date);
    return last <= from->date ? from->date : from->date + " to " + last;
  }
  const std::string from_zone = zone_text(*from, start.parameter("TZID"));
  const std::string to_zone = zone_text(*to, end->parameter("TZID"));
  const std::string begin =
      from->date + " " + from->clock + (from_zone == to_zone ? std::string() : from_zone);
  const std::string day = from->date == to->date ? std::string() : to->date + " ";
  return begin + " to " + day + to->clock + to_zone;
}

}  // namespace sluice::calendar
