// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <cstdio>
#include <optional>
#include <sluice/blanks.hpp>
#include <sluice/code_page.hpp>
#include <sluice/little_endian.hpp>
#include <sluice/ole_metadata.hpp>
#include <string>

namespace sluice {
namespace {

// 2.15, those types of values that are of interest.
constexpr std::uint32_t kShort = 2;
constexpr std::uint32_t kLong = 3;
constexpr std::uint32_t kText = 30;
constexpr std::uint32_t kWideText = 31;
constexpr std::uint32_t kTime = 64;

constexpr std::uint64_t kTicksPerSecond = 10'000'000;

// Empty for one that was never set.
std::string time_text(std::uint64_t ticks) {
  using namespace std::chrono;
  constexpr auto ticks_of = [](year first) {
    const auto since = sys_days(first / January / 1) - sys_days(1601y / January / 1);
    return static_cast<std::uint64_t>(seconds(since).count()) * kTicksPerSecond;
  };
  constexpr std::uint64_t kFirst = ticks_of(1980y);  // before it there was no such program
  constexpr std::uint64_t kEnd = ticks_of(2201y);
  return ticks < kFirst || ticks >= kEnd ? std::string() : iso_time_of_filetime(ticks);
}

// One set of properties (2.20).
class PropertySet {
 public:
  // `stream`: with its header (2.21), the first set of it.
  explicit PropertySet(std::string_view stream) {
    const std::uint32_t begin = little_u32(stream, 44);
    if (begin < stream.size()) set_ = stream.substr(begin);
    constexpr std::uint32_t kMost = 1'000;
    count_ = std::min(little_u32(set_, 4), kMost);
    constexpr std::uint32_t kCodePage = 1;
    if (const auto value = find(kCodePage); little_u32(value, 0) == kShort) {
      constexpr std::uint32_t kUtf16 = 1200;
      const std::uint32_t number = little_u16(value, 4);
      is_utf16_ = number == kUtf16;
      code_page_ = CodePage(number);
    }
  }

  std::string text(std::uint32_t id) const {
    const std::string_view value = find(id);
    const std::uint32_t size = little_u32(value, 4);
    if (size > value.size() || value.size() < 8) return {};
    const std::uint32_t type = little_u32(value, 0);
    if (type == kWideText || (type == kText && is_utf16_)) {
      const std::size_t bytes = type == kWideText ? std::size_t{size} * 2 : size;
      return up_to_zero(utf8_of_utf16le(value.substr(8, bytes)));
    }
    if (type != kText) return {};
    return code_page_.utf8(up_to_zero(std::string(value.substr(8, size))));
  }
  std::string time(std::uint32_t id) const {
    const std::string_view value = find(id);
    return little_u32(value, 0) == kTime ? time_text(little_number(value, 4, 8)) : std::string();
  }
  std::uint32_t count(std::uint32_t id) const {
    const std::string_view value = find(id);
    return little_u32(value, 0) == kLong ? little_u32(value, 4) : 0;
  }

 private:
  static std::string up_to_zero(std::string text) { return text.substr(0, text.find('\0')); }
  std::string_view find(std::uint32_t id) const {
    for (std::size_t i = 0; i < count_; ++i) {
      if (little_u32(set_, 8 + i * 8) != id) continue;
      const std::uint32_t at = little_u32(set_, 12 + i * 8);
      return at < set_.size() ? set_.substr(at) : std::string_view();
    }
    return {};
  }

  std::string_view set_;
  std::uint32_t count_ = 0;
  CodePage code_page_{1252};
  bool is_utf16_ = false;
};

void set(Job& job, std::string_view key, const std::string& value) {
  const std::string line = one_line(value);
  if (!line.empty()) job.set_metadata(key, line);
}

}  // namespace

std::string iso_time_of_filetime(std::uint64_t ticks) {
  using namespace std::chrono;
  constexpr std::int64_t kFrom1601To1970 = 11'644'473'600;
  const auto since_1601 = static_cast<std::int64_t>(ticks / kTicksPerSecond);
  const sys_seconds time{seconds(since_1601 - kFrom1601To1970)};
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(time - day);
  char text[48];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

void set_ole_metadata(Job& job, CompoundFile& file) {
  const CompoundFile::Entry* entry = file.find("\x05SummaryInformation");
  if (entry == nullptr) return;
  constexpr std::uint64_t kMost = std::uint64_t{1} << 20;  // thumbnails stand in it, too
  const CompoundFile::Content content = file.read(*entry, kMost);
  const PropertySet summary(content.bytes);
  set(job, "title", summary.text(2));
  set(job, "author", summary.text(4));
  set(job, "description", summary.text(6));
  set(job, "keywords", summary.text(5));
  set(job, "created", summary.time(12));
  set(job, "modified", summary.time(13));
  const std::uint32_t pages = summary.count(14);
  constexpr std::uint32_t kMostPages = 1'000'000;
  if (pages > 0 && pages < kMostPages) job.set_metadata("pages", std::to_string(pages));
}

}  // namespace sluice
