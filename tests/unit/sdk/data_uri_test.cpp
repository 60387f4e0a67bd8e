#include <gtest/gtest.h>

#include <sluice/data_uri.hpp>

namespace sluice {
namespace {

std::string payload(const DataUri& uri) {
  return {uri.bytes.begin(), uri.bytes.end()};
}

TEST(DataUri, TakesBase64) {
  const auto uri = parse_data_uri("data:image/png;base64,aGk=");
  ASSERT_TRUE(uri);
  EXPECT_EQ(uri->media_type, "image/png");
  EXPECT_EQ(payload(*uri), "hi");
  for (const char* same : {"DATA:Image/PNG;BASE64,aGk", " data:image/png;charset=x;base64, aG\nk= ",
                           "data:image/png;base64,aGk%3D", "data:image/png; base64 ,aGk="}) {
    const auto other = parse_data_uri(same);
    ASSERT_TRUE(other) << same;
    EXPECT_EQ(payload(*other), "hi");
    EXPECT_EQ(other->media_type, "image/png");
  }
}

TEST(DataUri, TakesPercentEncodedText) {
  const auto uri = parse_data_uri("data:,a%20b,c");
  ASSERT_TRUE(uri);
  EXPECT_EQ(uri->media_type, "text/plain");
  EXPECT_EQ(payload(*uri), "a b,c");
}

TEST(DataUri, NeverPassesOnAHostileType) {
  for (const char* uri : {"data:image/x/../../y,z", "data:image/..\\y,z", "data:image/,z",
                          "data:/png,z", "data:image/p\xC3\xBCng,z", "data:image/a b,z"}) {
    const auto parsed = parse_data_uri(uri);
    ASSERT_TRUE(parsed) << uri;
    EXPECT_EQ(parsed->media_type, "text/plain") << uri;
  }
}

TEST(DataUri, RefusesWhatIsNone) {
  for (const char* uri :
       {"", "data:", "data:image/png;base64", "http://a,b", "data:;base64,a", "data:;base64,??"}) {
    EXPECT_FALSE(parse_data_uri(uri)) << uri;
  }
}

TEST(DataUri, RefusesMoreThanTheLimit) {
  EXPECT_TRUE(parse_data_uri("data:,12345678", 8));
  EXPECT_FALSE(parse_data_uri("data:,123456789", 8));
  EXPECT_FALSE(parse_data_uri("data:;base64," + std::string(100, 'A'), 8));
}

}  // namespace
}  // namespace sluice
