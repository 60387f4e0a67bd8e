// sluice check by the real program: beside others at work, after kills, and on what it may not
// write to.
#include <signal.h>

#include <thread>

#include "cli/real_program.h"

namespace sluice::test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Check : public RealProgram {};

TEST_F(Check, FindsNothingWhileOthersAddAndRemove) {
  make_mixed_documents(dir_ / "in", 60);
  ASSERT_NE(add({"in"}).exit_code, 1);
  make_mixed_documents(dir_ / "more", 200, 1);
  Running adding = start({"add", "more"});
  int checks = 0;
  while (adding.is_running()) {
    const Finished checked = run({"check"});
    ASSERT_EQ(checked.exit_code, 0) << checked.out << checked.err;
    ++checks;
  }
  adding.wait();
  EXPECT_GT(checks, 0);
  const Finished last = run({"check", "-j", "4"});
  EXPECT_THAT(last.out, HasSubstr("damages 0, remarks 0,")) << last.out;
}

TEST_F(Check, FindsNothingOnceAKilledRunIsRecoveredFrom) {
  make_mixed_documents(dir_ / "in", 150);
  for (int round = 0; round < 8; ++round) {
    Running running = start({"add", "in"});
    std::this_thread::sleep_for(std::chrono::milliseconds(20 * round));
    running.signal(SIGKILL);
    running.wait();
    ASSERT_EQ(run({"recover"}).exit_code, 0);
    const Finished checked = run({"check"});
    ASSERT_EQ(checked.exit_code, 0) << checked.out;
    ASSERT_THAT(checked.out, HasSubstr("damages 0, remarks 0,")) << checked.out;
  }
}

TEST_F(Check, BySomebodyWhoMayNotWriteGoesWithoutTheLock) {
  if (!has_other_user()) GTEST_SKIP() << "no other user";
  write("in/a.md", "a");
  ASSERT_EQ(add({"in"}).exit_code, 0);
  const Finished sound = run_as_other_user({"check"});
  EXPECT_EQ(sound.exit_code, 0) << sound.err;
  EXPECT_THAT(sound.err, HasSubstr("without the lock"));
  fs::remove(kb() / "raw/a.md");
  EXPECT_EQ(run_as_other_user({"check"}).exit_code, 13);
}

TEST_F(Check, CtrlCEndsIt) {
  for (int i = 0; i < 30; ++i) {
    write("in/" + std::to_string(i) + ".txt", std::string(4 << 20, 'a') + std::to_string(i));
  }
  ASSERT_EQ(add({"in"}).exit_code, 0);
  Running checking = start({"check", "-j", "1"});
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  checking.signal(SIGINT);
  const Finished finished = checking.wait();
  // It may have been done before.
  EXPECT_TRUE(finished.exit_code == 130 || finished.exit_code == 0) << finished.exit_code;
  EXPECT_EQ(run({"check"}).exit_code, 0);
}

}  // namespace
}  // namespace sluice::test
