// SPDX-License-Identifier: Apache-2.0
#include "mail/mime/date.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/dates.hpp>
#include <sluice/utf8.hpp>
#include <vector>

#include "mail/mime/fields.hpp"

namespace sluice::mail {
namespace {

constexpr std::size_t kMaxDateBytes = 200;

// The words and numbers of a date; comments are none.
std::vector<std::string> tokens_of(std::string_view text) {
  std::vector<std::string> tokens;
  std::string token;
  int depth = 0;
  for (const char c : text) {
    depth += c == '(' ? 1 : 0;
    const bool divides = c == ' ' || c == '\t' || c == ',' || c == '-' || c == '+';
    if (depth == 0 && !divides) {
      token += c;
    } else if (!token.empty()) {
      tokens.push_back(std::move(token));
      token.clear();
    }
    // The sign of an offset belongs to it; between the parts of a date it divides.
    if (depth == 0 && (c == '+' || c == '-')) token = c;
    depth -= c == ')' && depth > 0 ? 1 : 0;
  }
  if (!token.empty()) tokens.push_back(std::move(token));
  return tokens;
}

int number_of(std::string_view digits) {
  if (!is_ascii_number(digits) || digits.size() > 6) return -1;
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

int month_of(std::string_view word) {
  static constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
  if (word.size() < 3) return 0;
  const std::string start = ascii_lower(word.substr(0, 3));
  for (std::size_t i = 0; i < 12; ++i) {
    if (kMonths.substr(i * 3, 3) == start) return static_cast<int>(i) + 1;
  }
  return 0;
}

// RFC 5322, 4.3: the zones of America by name. Others say nothing that is sure.
std::string offset_of(std::string_view zone) {
  if ((zone.starts_with('+') || zone.starts_with('-')) && zone.size() == 5 &&
      is_ascii_number(zone.substr(1))) {
    const int hours = number_of(zone.substr(1, 2));
    const int minutes = number_of(zone.substr(3, 2));
    if (hours > 23 || minutes > 59) return {};
    return std::string(zone.substr(0, 3)) + ":" + std::string(zone.substr(3));
  }
  struct Zone {
    std::string_view name;
    std::string_view offset;
  };
  static constexpr auto kZones = std::to_array<Zone>({{"gmt", "+00:00"},
                                                      {"ut", "+00:00"},
                                                      {"utc", "+00:00"},
                                                      {"z", "+00:00"},
                                                      {"est", "-05:00"},
                                                      {"edt", "-04:00"},
                                                      {"cst", "-06:00"},
                                                      {"cdt", "-05:00"},
                                                      {"mst", "-07:00"},
                                                      {"mdt", "-06:00"},
                                                      {"pst", "-08:00"},
                                                      {"pdt", "-07:00"}});
  for (const Zone& known : kZones) {
    if (equal_ignoring_ascii_case(zone, known.name)) return std::string(known.offset);
  }
  return {};
}

struct Time {
  int hour = 0;
  int minute = 0;
  int second = 0;
};

std::optional<Time> time_of(std::string_view token) {
  Time time;
  int* const parts[] = {&time.hour, &time.minute, &time.second};
  std::size_t count = 0;
  while (count < 3) {
    // "10.30.00" is written, too.
    const std::size_t end = std::min(token.find_first_of(":."), token.size());
    const int number = number_of(token.substr(0, end));
    if (number < 0) return std::nullopt;
    *parts[count++] = number;
    if (end == token.size()) break;
    token.remove_prefix(end + 1);
  }
  const bool fits = count >= 2 && time.hour < 24 && time.minute < 60 && time.second <= 60;
  return fits ? std::optional(time) : std::nullopt;
}

// RFC 5322, 4.3: years of two and three digits.
int full_year(int year, std::size_t digits) {
  if (digits == 2) return year < 50 ? 2000 + year : 1900 + year;
  return digits == 3 ? 1900 + year : year;
}

}  // namespace

std::string iso_date_of_mail(std::string_view value) {
  const std::string line = unfolded(value.substr(0, kMaxDateBytes));
  if (iso_date_size(trimmed(line)) == 10) {
    return valid_utf8(iso_date(line));
  }
  int day = 0;
  int month = 0;
  int year = 0;
  std::optional<Time> time;
  std::string offset;
  for (const std::string& token : tokens_of(line)) {
    std::string_view word = token;
    if (time && offset.empty()) {
      offset = offset_of(word);
      if (!offset.empty()) continue;
    }
    if (!time && word.size() > 1 && (word[0] == '-' || word[0] == '+')) word.remove_prefix(1);
    const int number = number_of(word);
    if (month == 0 && month_of(word) > 0) {
      month = month_of(word);
    } else if (!time && word.find_first_of(":.") != word.npos && time_of(word)) {
      time = time_of(word);
    } else if (number > 0 && day == 0 && word.size() <= 2 && number <= 31) {
      day = number;
    } else if (number >= 0 && year == 0 && word.size() >= 2 && day > 0) {
      year = full_year(number, word.size());
    }
  }
  if (day == 0 || month == 0 || year < 1000 || year > 9999) return {};
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
  std::string date = text;
  if (!time) return date;
  std::snprintf(text, sizeof text, "T%02d:%02d:%02d", time->hour, time->minute, time->second);
  return date + text + offset;
}

}  // namespace sluice::mail
