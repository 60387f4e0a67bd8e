// SPDX-License-Identifier: Apache-2.0
#include "calendar/recurrence.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/utf8.hpp>
#include <vector>

#include "calendar/times.hpp"

namespace sluice::calendar {
namespace {

// A rule names up to 366 days.
constexpr std::size_t kMaxListed = 400;

std::vector<std::string> divided_by_comma(std::string_view list) {
  std::vector<std::string> parts;
  while (!list.empty() && parts.size() < kMaxListed) {
    const std::size_t end = std::min(list.find(','), list.size());
    if (end > 0) parts.emplace_back(trimmed(list.substr(0, end)));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return parts;
}

// "a", "a and b", "a, b and c".
std::string enumerated(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += i + 1 == parts.size() ? " and " : ", ";
    text += parts[i];
  }
  return text;
}

// "22nd".
std::string numbered(int number) {
  const int tens = number / 10 % 10;
  const int ones = number % 10;
  const char* const end = tens == 1   ? "th"
                          : ones == 1 ? "st"
                          : ones == 2 ? "nd"
                          : ones == 3 ? "rd"
                                      : "th";
  return std::to_string(number) + end;
}

// "second", "last", "second to last", "5th".
std::string ordinal(int number) {
  static constexpr auto kWords =
      std::to_array<const char*>({"first", "second", "third", "fourth", "fifth"});
  if (number == -1) return "last";
  if (number < 0) return ordinal(-number) + " to last";
  if (number >= 1 && number <= 5) return kWords[static_cast<std::size_t>(number - 1)];
  return numbered(number);
}

// 0 for what is no small number.
int number_of(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  if (!is_ascii_number(text) || text.size() > 5) return 0;
  int number = 0;
  for (const char c : text) number = number * 10 + (c - '0');
  return is_negative ? -number : number;
}

std::string weekday(std::string_view code) {
  static constexpr auto kDays =
      std::to_array<std::pair<const char*, const char*>>({{"MO", "Monday"},
                                                          {"TU", "Tuesday"},
                                                          {"WE", "Wednesday"},
                                                          {"TH", "Thursday"},
                                                          {"FR", "Friday"},
                                                          {"SA", "Saturday"},
                                                          {"SU", "Sunday"}});
  for (const auto& [known, name] : kDays) {
    if (code == known) return name;
  }
  return one_line(code, 40);
}

std::string month(std::string_view number) {
  static constexpr auto kMonths =
      std::to_array<const char*>({"January", "February", "March", "April", "May", "June", "July",
                                  "August", "September", "October", "November", "December"});
  const int index = number_of(number);
  return index >= 1 && index <= 12 ? kMonths[static_cast<std::size_t>(index - 1)]
                                   : one_line(number, 40);
}

class RuleText {
 public:
  explicit RuleText(std::string_view rule) {
    while (!rule.empty()) {
      const std::size_t end = std::min(rule.find(';'), rule.size());
      const std::string_view part = rule.substr(0, end);
      const std::size_t equals = part.find('=');
      if (equals != std::string_view::npos) {
        parts_[ascii_upper(trimmed(part.substr(0, equals)))] =
            ascii_upper(trimmed(part.substr(equals + 1)));
      }
      rule.remove_prefix(std::min(end + 1, rule.size()));
    }
  }

  std::string text() {
    std::string text = frequency();
    if (text.empty()) return {};
    text += days();
    text += listed("BYMONTHDAY", " on ", [](const std::string& day) {
      const int number = number_of(day);
      if (number < 0) return "the " + ordinal(number) + " day";
      return "the " + numbered(number);
    });
    text += listed("BYYEARDAY", " on ", [](const std::string& day) {
      return "day " + one_line(day, 40) + " of the year";
    });
    text +=
        listed("BYWEEKNO", " in week ", [](const std::string& week) { return one_line(week, 40); });
    text += listed("BYMONTH", " in ", [](const std::string& number) { return month(number); });
    text +=
        listed("BYHOUR", " at hour ", [](const std::string& hour) { return one_line(hour, 40); });
    text += listed("BYMINUTE", " at minute ", [](const std::string& m) { return one_line(m, 40); });
    text += listed("BYSECOND", " at second ", [](const std::string& s) { return one_line(s, 40); });
    return text + bound();
  }

 private:
  const std::string& part(const std::string& name) { return parts_[name]; }

  std::string frequency() {
    static constexpr auto kUnits =
        std::to_array<std::pair<const char*, const char*>>({{"SECONDLY", "second"},
                                                            {"MINUTELY", "minute"},
                                                            {"HOURLY", "hour"},
                                                            {"DAILY", "day"},
                                                            {"WEEKLY", "week"},
                                                            {"MONTHLY", "month"},
                                                            {"YEARLY", "year"}});
    for (const auto& [name, unit] : kUnits) {
      if (part("FREQ") != name) continue;
      const int interval = number_of(part("INTERVAL"));
      if (interval <= 1) return std::string("every ") + unit;
      return "every " + std::to_string(interval) + " " + unit + "s";
    }
    return {};
  }

  // "on Monday", "on the second Tuesday", "on the last weekday".
  std::string days() {
    const std::vector<std::string> codes = divided_by_comma(part("BYDAY"));
    if (codes.empty()) return {};
    const std::vector<std::string> positions = divided_by_comma(part("BYSETPOS"));
    const int position = positions.empty() ? 0 : number_of(positions.front());
    const bool is_workday = codes == std::vector<std::string>{"MO", "TU", "WE", "TH", "FR"};
    if (position != 0) {
      std::vector<std::string> names;
      for (const std::string& code : codes) names.push_back(weekday(code));
      if (is_workday) return " on the " + ordinal(position) + " weekday";
      if (codes.size() == 7) return " on the " + ordinal(position) + " day";
      if (codes.size() == 1) return " on the " + ordinal(position) + " " + names[0];
      return " on the " + ordinal(position) + " of " + enumerated(names);
    }
    if (is_workday) return " on weekdays";
    std::vector<std::string> names;
    for (const std::string& code : codes) {
      const std::string day = weekday(code.size() > 2 ? code.substr(code.size() - 2) : code);
      const int number = code.size() > 2 ? number_of(code.substr(0, code.size() - 2)) : 0;
      names.push_back(number == 0 ? day : "the " + ordinal(number) + " " + day);
    }
    return " on " + enumerated(names);
  }

  template <class Word>
  std::string listed(const std::string& name, const char* before, const Word& word) {
    std::vector<std::string> words;
    for (const std::string& each : divided_by_comma(part(name))) words.push_back(word(each));
    return words.empty() ? std::string() : before + enumerated(words);
  }

  std::string bound() {
    if (const int count = number_of(part("COUNT")); count > 0) {
      return count == 1 ? ", once" : ", " + std::to_string(count) + " times";
    }
    const std::string& until = part("UNTIL");
    return until.empty() ? std::string() : ", until " + time_text(until, {});
  }

  std::map<std::string, std::string> parts_;
};

}  // namespace

std::string recurrence_text(std::string_view rule) {
  const std::string text = RuleText(rule).text();
  // Two letters of a word may be half of a character.
  return text.empty() ? one_line(rule, 200) : valid_utf8(text);
}

}  // namespace sluice::calendar
