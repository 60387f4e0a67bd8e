// Which knowledge base a command works on: -C, else SLUICE_KB, else the nearest parent.
#include "cli/command_session.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;

class KbChoice : public CommandSession {
 protected:
  KbChoice() {
    write("a.md", "a");
    for (const char* kb : {"one", "two", "two/three"}) EXPECT_EQ(run({"init", kb}), 0);
  }
  bool is_in(const std::string& kb) const { return exists(kb + "/raw/a.md"); }
  std::string source() const { return work("a.md").string(); }
};

TEST_F(KbChoice, TheOptionNamesIt) {
  ASSERT_EQ(run({"--kb", "one", "add", source()}), 0) << err_;
  EXPECT_TRUE(is_in("one"));
}

TEST_F(KbChoice, TheVariableNamesIt) {
  env_["SLUICE_KB"] = "two";
  ASSERT_EQ(run({"add", source()}), 0) << err_;
  EXPECT_TRUE(is_in("two"));
}

TEST_F(KbChoice, TheOptionBeatsTheVariable) {
  env_["SLUICE_KB"] = "two";
  ASSERT_EQ(run({"add", source(), "-C", "one"}), 0) << err_;
  EXPECT_TRUE(is_in("one"));
  EXPECT_FALSE(is_in("two"));
}

TEST_F(KbChoice, TheVariableBeatsTheParents) {
  env_["SLUICE_KB"] = work("one").string();
  std::filesystem::current_path(work("two"));
  ASSERT_EQ(run({"add", source()}), 0) << err_;
  EXPECT_TRUE(is_in("one"));
  EXPECT_FALSE(is_in("two"));
}

TEST_F(KbChoice, TheNearestParentIsTaken) {
  std::filesystem::create_directories(work("two/three/deep/er"));
  std::filesystem::current_path(work("two/three/deep/er"));
  ASSERT_EQ(run({"add", source()}), 0) << err_;
  EXPECT_TRUE(is_in("two/three"));
  EXPECT_FALSE(is_in("two"));
}

TEST_F(KbChoice, AnOptionThatNamesNoneIsRefused) {
  EXPECT_EQ(run({"-C", ".", "list"}), 10);
  EXPECT_THAT(err_, HasSubstr("given by --kb"));
}

TEST_F(KbChoice, EveryCommandThatNeedsOneSaysThatThereIsNone) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"list"},
                                                {"show", "a"},
                                                {"status"},
                                                {"recover"},
                                                {"add", "a.md"}}) {
    EXPECT_EQ(run(words), 10) << words[0];
    EXPECT_THAT(err_, HasSubstr("sluice init")) << words[0];
    EXPECT_EQ(out_, "") << words[0];
  }
}

}  // namespace
}  // namespace sluice::test
