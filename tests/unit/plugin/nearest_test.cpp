#include "plugin/nearest.h"

#include <gtest/gtest.h>

#include <vector>

namespace sluice::plugin {
namespace {

const std::vector<std::string> kWords = {"paths", "allow", "deny", "order", "lock_timeout"};

TEST(Nearest, FindsSwappedNeighbours) {
  EXPECT_EQ(nearest("dney", kWords), "deny");
}
TEST(Nearest, FindsAMissingLetter) {
  EXPECT_EQ(nearest("alow", kWords), "allow");
}
TEST(Nearest, FindsAWordThatIsCutShort) {
  EXPECT_EQ(nearest("lock", kWords), "lock_timeout");
}
TEST(Nearest, FindsNothingWhereNothingIsNear) {
  EXPECT_EQ(nearest("zebra", kWords), "");
}
TEST(Nearest, IgnoresAHugeWord) {
  EXPECT_EQ(nearest(std::string(1 << 20, 'a'), kWords), "");
}
TEST(Nearest, SuggestsAllWordsWhereNoneIsNear) {
  EXPECT_EQ(suggest("zebra", kWords), "known here: paths, allow, deny, order, lock_timeout");
}

}  // namespace
}  // namespace sluice::plugin
