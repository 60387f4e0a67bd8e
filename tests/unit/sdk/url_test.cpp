#include <gtest/gtest.h>

#include <sluice/url.hpp>

namespace sluice {
namespace {

TEST(Url, PercentDecodes) {
  EXPECT_EQ(percent_decode("a%20b%2Fc"), "a b/c");
  EXPECT_EQ(percent_decode("100%"), "100%");
  EXPECT_EQ(percent_decode("%4"), "%4");
  EXPECT_EQ(percent_decode("%zz%41"), "%zzA");
  EXPECT_EQ(percent_decode("%00"), std::string(1, '\0'));
}

TEST(Url, TellsTheScheme) {
  EXPECT_EQ(url_scheme("https://e.org"), "https");
  EXPECT_EQ(url_scheme("C:\\a"), "C");
  EXPECT_EQ(url_scheme("a/b:c"), "");
  EXPECT_EQ(url_scheme("1a:b"), "");
  EXPECT_EQ(url_scheme("image.png"), "");
  EXPECT_EQ(url_scheme(""), "");
}

TEST(Url, DropsQueryAndFragment) {
  EXPECT_EQ(url_path("a.png?x#y"), "a.png");
  EXPECT_EQ(url_path("a.png#y?x"), "a.png");
  EXPECT_EQ(url_path("#y"), "");
}

}  // namespace
}  // namespace sluice
