#include "cli/values.h"

#include <gtest/gtest.h>

namespace sluice::cli {
namespace {

TEST(Values, SizesHaveUnits) {
  EXPECT_EQ(parse_size("2GiB"), 2ULL << 30);
  EXPECT_EQ(parse_size("1.5mib"), 1536ULL << 10);
  EXPECT_EQ(parse_size("7B"), 7U);
}
TEST(Values, SizesThatAreNoneAreRefused) {
  for (const char* text :
       {"", "GiB", "2", "2GB", "-1GiB", "1.5B", "99999999999TiB", "1.GiB", "2 GiB"}) {
    EXPECT_EQ(parse_size(text), std::nullopt) << text;
  }
}
TEST(Values, SizesComeBackUnchanged) {
  for (const std::uint64_t size : {0ULL, 1ULL, 1000ULL, 1024ULL, 3ULL << 30, (1ULL << 40) + 1}) {
    EXPECT_EQ(parse_size(format_size(size)), size);
  }
  EXPECT_EQ(format_size(2ULL << 30), "2GiB");
}
TEST(Values, SecondsMayHaveDecimals) {
  EXPECT_EQ(parse_seconds("0.5"), 500U);
  EXPECT_EQ(parse_seconds("30"), 30'000U);
  EXPECT_EQ(parse_seconds("-1"), std::nullopt);
  EXPECT_EQ(parse_seconds("1e3"), std::nullopt);
  EXPECT_EQ(format_seconds(1050), "1.05");
}
TEST(Values, CountsAreDigitsAlone) {
  EXPECT_EQ(parse_count("12"), 12U);
  EXPECT_EQ(parse_count("+12"), std::nullopt);
  EXPECT_EQ(parse_count("99999999999999999999"), std::nullopt);
}

}  // namespace
}  // namespace sluice::cli
