// sluice remove by the real program: beside others at work, and killed in the middle.
#include <signal.h>

#include <random>
#include <thread>

#include "cli/real_program.h"

namespace sluice::test {
namespace {

namespace fs = std::filesystem;

class Remove : public RealProgram {
 protected:
  std::vector<std::string> names() {
    std::vector<std::string> names;
    for (const auto& [name, document] : documents()) names.push_back(name);
    return names;
  }
};

TEST_F(Remove, OfEveryDocumentLeavesNothing) {
  make_mixed_documents(dir_ / "in", 40);
  ASSERT_NE(add({"in"}).exit_code, 1);
  std::vector<std::string> words = names();
  ASSERT_GT(words.size(), 20U);
  words.insert(words.begin(), "remove");
  const Finished removed = run(words);
  ASSERT_EQ(removed.exit_code, 0) << removed.err;
  EXPECT_TRUE(documents().empty());
  EXPECT_TRUE(fs::is_empty(kb() / "raw"));
  EXPECT_TRUE(fs::is_empty(kb() / "wiki/sources/images"));
  expect_consistent();
}

TEST_F(Remove, ByTwoProcessesAtOnceTakesEachDocumentOutOnce) {
  for (int i = 0; i < 40; ++i) write("in/n" + std::to_string(i) + ".md", std::to_string(i));
  ASSERT_EQ(add({"in"}).exit_code, 0);
  std::vector<Running> running;
  for (int i = 0; i < 40; ++i) {
    for (int twice = 0; twice < 2; ++twice) {
      running.push_back(start({"remove", "n" + std::to_string(i)}));
    }
    std::vector<int> codes = {running[0].wait().exit_code, running[1].wait().exit_code};
    std::sort(codes.begin(), codes.end());
    // One finds it, the other finds it gone.
    EXPECT_EQ(codes, (std::vector<int>{0, 1})) << i;
    running.clear();
  }
  EXPECT_TRUE(documents().empty());
  expect_consistent();
}

TEST_F(Remove, BesideARunThatAddsHarmsNothing) {
  make_mixed_documents(dir_ / "in", 60);
  ASSERT_NE(add({"in"}).exit_code, 1);
  const std::vector<std::string> before = names();
  make_mixed_documents(dir_ / "more", 200, 1);
  Running adding = start({"add", "more"});
  for (std::size_t i = 0; i < before.size(); i += 4) {
    const Finished removed = run({"remove", before[i]});
    EXPECT_EQ(removed.exit_code, 0) << removed.err;
  }
  const Finished added = adding.wait();
  EXPECT_TRUE(added.exit_code == 0 || added.exit_code == 3) << added.err;
  expect_consistent();
}

TEST_F(Remove, KilledAtAnyMomentRemovesAllOrNothing) {
  std::mt19937 random(5);
  for (int i = 0; i < 60; ++i) write("in/n" + std::to_string(i) + ".md", std::to_string(i));
  int killed = 0;
  for (int round = 0; round < 25; ++round) {
    ASSERT_EQ(add({"in"}).exit_code, 0);
    std::vector<std::string> words = names();
    ASSERT_EQ(words.size(), 60U);
    words.insert(words.begin(), "remove");
    Running removing = start(words);
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 40'000));
    removing.signal(SIGKILL);
    if (removing.wait().exit_code != 0) ++killed;
    ASSERT_EQ(run({"recover"}).exit_code, 0);
    const std::size_t left = documents().size();
    EXPECT_TRUE(left == 0 || left == 60) << left;
    expect_consistent();
  }
  EXPECT_GT(killed, 0);
}

}  // namespace
}  // namespace sluice::test
