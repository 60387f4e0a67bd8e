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
  return format_utc(seconds, "%Y-%m-%dT%H:%M:%SZ");
}
std::string log_time(std::int64_t seconds) {
  return format_utc(seconds, "%Y-%m-%d %H:%M:%S");
}

}  // namespace sluice::platform
