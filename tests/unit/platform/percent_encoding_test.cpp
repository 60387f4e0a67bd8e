#include "platform/percent_encoding.h"

#include <gtest/gtest.h>

namespace sluice::platform {
namespace {

TEST(PercentEncoding, EncodesBlanksControlCharactersAndWhatIsReserved) {
  EXPECT_EQ(percent_encoded("a b/c%d?", "%?"), "a%20b/c%25d%3F");
  EXPECT_EQ(percent_encoded("\n\x7F\u00E9(", ""), "%0A%7F\u00E9(");
}

}  // namespace
}  // namespace sluice::platform
