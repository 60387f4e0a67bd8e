#include "platform/clock.h"

#include <chrono>
#include <cstdlib>
#include <ctime>

namespace sluice::platform {
namespace {

std::string format_utc(std::int64_t seconds, const char* format) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
#if defined(_WIN32)
  gmtime_s(&parts, &time);
#else
  gmtime_r(&time, &parts);
#endif
  char text[32];
  const std::size_t size = std::strftime(text, sizeof text, format, &parts);
  return {text, size};
}

}  // namespace

std::int64_t file_clock_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::int64_t record_time_s() {
  if (const char* fixed = std::getenv("SOURCE_DATE_EPOCH")) {
    char* end = nullptr;
    const long long value = std::strtoll(fixed, &end, 10);
    if (end != fixed && *end == '\0') return value;
  }
  return file_clock_ns() / 1'000'000'000;
}

std::string iso_time(std::int64_t seconds) {
  using namespace std::chrono;
  // Not with strftime(): a list has several for each document.
  const sys_seconds time{std::chrono::seconds(seconds)};
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const int year = static_cast<int>(date.year());
  if (year >= 0 && year <= 9999) {
    std::string text = "0000-00-00T00:00:00Z";
    const auto put = [&text](std::size_t at, std::size_t digits, std::int64_t value) {
      for (; digits > 0; value /= 10) text[at + --digits] = static_cast<char>('0' + value % 10);
    };
    const hh_mm_ss clock(time - day);
    put(0, 4, year);
    put(5, 2, static_cast<unsigned>(date.month()));
    put(8, 2, static_cast<unsigned>(date.day()));
    put(11, 2, clock.hours().count());
    put(14, 2, clock.minutes().count());
    put(17, 2, clock.seconds().count());
    return text;
  }
  return format_utc(seconds, "%Y-%m-%dT%H:%M:%SZ");
}
std::string log_time(std::int64_t seconds) {
  std::string text = iso_time(seconds);
  text.pop_back();
  constexpr std::size_t kClock = 8;  // "00:00:00"
  text[text.size() - kClock - 1] = ' ';
  return text;
}

}  // namespace sluice::platform
