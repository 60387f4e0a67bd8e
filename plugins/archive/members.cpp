// SPDX-License-Identifier: Apache-2.0
#include "archive/members.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <string_view>
#include <vector>

#include "archive/stream_members.hpp"
#include "archive/zip_members.hpp"

namespace sluice::archive {
namespace {

std::string spelled(int year, unsigned month, unsigned day, unsigned hour, unsigned minute) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u %02u:%02u", year, month, day, hour,
                minute);
  return text.data();
}

bool is_zip(Job& job) {
  std::array<std::uint8_t, 4> head{};
  const std::size_t got = job.read(0, head);
  const std::string_view begin(reinterpret_cast<const char*>(head.data()), got);
  if (begin == "PK\3\4" || begin == "PK\5\6") return true;
  // Behind a program that unpacks it, or other bytes. The end stands in the last 64 KiB (4.3.16).
  if (job.media_type() != "application/octet-stream" && job.media_type() != "application/zip") {
    return false;
  }
  constexpr std::uint64_t kTail = 65'535 + 22;
  std::vector<std::uint8_t> tail(static_cast<std::size_t>(std::min(job.source_size(), kTail)));
  tail.resize(job.read(job.source_size() - tail.size(), tail));
  const std::string_view text(reinterpret_cast<const char*>(tail.data()), tail.size());
  return text.find("PK\5\6") != std::string_view::npos;
}

}  // namespace

std::unique_ptr<Members> open_members(Job& job, const MemberOptions& options) {
  if (is_zip(job)) return std::make_unique<ZipMembers>(job, options);
  return std::make_unique<StreamMembers>(job, options);
}

std::string date_of_unix_time(std::int64_t seconds) {
  // Before 1971 is what tools write that have no date; beyond 2200 is damage.
  constexpr std::int64_t kFirst = 31'536'000;
  constexpr std::int64_t kLast = 7'258'118'400;
  if (seconds < kFirst || seconds > kLast) return {};
  const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return spelled(static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                 static_cast<unsigned>(date.day()), static_cast<unsigned>(clock.hours().count()),
                 static_cast<unsigned>(clock.minutes().count()));
}

std::string date_of_dos_time(std::uint32_t dos_time) {
  const unsigned time = dos_time & 0xffffU;
  const unsigned date = dos_time >> 16U;
  const int year = 1980 + static_cast<int>(date >> 9U);
  const unsigned month = date >> 5U & 15U;
  const unsigned day = date & 31U;
  const std::chrono::year_month_day checked{std::chrono::year(year), std::chrono::month(month),
                                            std::chrono::day(day)};
  const bool is_first_day = date == 33;  // 1980-01-01 stands for no date
  if (!checked.ok() || is_first_day || time >> 11U > 23 || (time >> 5U & 63U) > 59) return {};
  return spelled(year, month, day, time >> 11U, time >> 5U & 63U);
}

}  // namespace sluice::archive
