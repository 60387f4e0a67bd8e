// The recorded time, and SOURCE_DATE_EPOCH in its place.
#include "platform/clock.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace sluice::platform {
namespace {

class ClockTest : public ::testing::Test {
 protected:
  ~ClockTest() override { ::unsetenv("SOURCE_DATE_EPOCH"); }
  static void expect_now() {
    const std::int64_t before = std::time(nullptr);
    const std::int64_t recorded = record_time_s();
    EXPECT_GE(recorded, before - 1);
    EXPECT_LE(recorded, std::time(nullptr) + 1);
  }
};

TEST_F(ClockTest, RecordsTheTimeOfDay) {
  ::unsetenv("SOURCE_DATE_EPOCH");
  expect_now();
}

TEST_F(ClockTest, SourceDateEpochTakesItsPlace) {
  ::setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
  EXPECT_EQ(record_time_s(), 1'700'000'000);
}

TEST_F(ClockTest, ASenselessSourceDateEpochIsIgnored) {
  for (const char* text : {"", "yesterday", "12x"}) {
    ::setenv("SOURCE_DATE_EPOCH", text, 1);
    expect_now();
  }
}

TEST_F(ClockTest, WritesTimesInUtc) {
  ::setenv("TZ", "Asia/Tokyo", 1);
  ::tzset();
  EXPECT_EQ(iso_time(1'700'000'000), "2023-11-14T22:13:20Z");
  EXPECT_EQ(log_time(1'700'000'000), "2023-11-14 22:13:20");
  ::unsetenv("TZ");
  ::tzset();
}

TEST_F(ClockTest, WritesEachTimeAsTheSystemDoes) {
  // Each step is another day, hour and minute; from 1653 on to 2923.
  for (std::int64_t seconds = -10'000'000'000; seconds < 30'000'000'000; seconds += 7'654'321) {
    const auto time = static_cast<std::time_t>(seconds);
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    char text[32];
    ASSERT_GT(std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts), 0U);
    ASSERT_EQ(iso_time(seconds), text);
  }
}

TEST_F(ClockTest, WritesTheFarEndsOfTime) {
  EXPECT_EQ(iso_time(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(iso_time(253'402'300'799), "9999-12-31T23:59:59Z");
}

}  // namespace
}  // namespace sluice::platform
