// Ctrl-C: the first finishes the commit in hand and stops, the second stops at once.
#include <signal.h>

#include <chrono>
#include <thread>

#include "cli/real_program.h"

namespace sluice::test {
namespace {

using ::testing::IsEmpty;

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

class Interrupt : public RealProgram {
 protected:
  std::size_t published() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(kb() / "raw"), {}));
  }
  void wait_for_some(std::size_t count) const {
    const auto end = Clock::now() + seconds(20);
    while (published() < count && Clock::now() < end) std::this_thread::sleep_for(milliseconds(1));
  }
};

TEST_F(Interrupt, WhatIsReportedIsCommittedAndTheNextRunCompletesIt) {
  make_mixed_documents(dir_ / "in", 200);
  Running running = start({"add", "in", "--json", "-j", "2"});
  wait_for_some(20);
  running.signal(SIGINT);
  const Finished run = running.wait();
  EXPECT_EQ(run.exit_code, 130) << run.err;
  EXPECT_THAT(run.err, ::testing::EndsWith("stopped; run the same command to go on\n"));
  const auto summary = objects(run.out, "summary");
  EXPECT_EQ(summary.size(), 1U);
  const auto known = documents();
  std::size_t added = 0;
  for (const Json& doc : objects(run.out, "doc")) {
    if (doc["result"] != "added") continue;
    ++added;
    EXPECT_TRUE(known.contains(doc["name"])) << doc;
  }
  EXPECT_EQ(added, known.size()) << "committed and not reported";
  EXPECT_GT(added, 0U);
  expect_consistent();

  const Finished rest = add({"in", "--strict"});
  EXPECT_EQ(rest.exit_code, 3) << "blank documents are among them";
  EXPECT_THAT(rest.err, ::testing::Not(::testing::HasSubstr("stopped")));
  const Tree interrupted = without_log(published_tree(kb()));
  fs::remove_all(kb());
  ASSERT_EQ(sluice({"init", kb().string()}).exit_code, 0);
  EXPECT_EQ(add({"in"}).exit_code, 3);
  EXPECT_THAT(differences(without_log(published_tree(kb())), interrupted), IsEmpty());
}

TEST_F(Interrupt, ADocumentThatTakesMinutesDoesNotHoldItUp) {
  write("in/a.script", "body a\n");
  write("in/b.script", "hang-deaf\n");
  Running running = start({"add", "in", "--plugin", fixtures(), "-j", "1"});
  std::this_thread::sleep_for(milliseconds(400));
  const auto begin = Clock::now();
  running.signal(SIGINT);
  EXPECT_EQ(running.wait().exit_code, 130);
  EXPECT_LT(Clock::now() - begin, seconds(4));
  const Finished recovered = run({"recover"});
  ASSERT_EQ(recovered.exit_code, 0) << recovered.err;
  expect_consistent();
}

TEST_F(Interrupt, TerminationIsTheSame) {
  make_mixed_documents(dir_ / "in", 300);
  Running running = start({"add", "in"});
  wait_for_some(5);
  running.signal(SIGTERM);
  const Finished run = running.wait();
  EXPECT_TRUE(run.exit_code == 130 || run.exit_code == 128 + SIGTERM) << run.exit_code << run.err;
  ASSERT_EQ(this->run({"recover"}).exit_code, 0);
  expect_consistent();
}

TEST_F(Interrupt, NoWorkerOutlivesTheProgram) {
  write("in/a.script", "hang-deaf\n");
  Running running = start({"add", "in", "--plugin", fixtures(), "-j", "1"});
  const auto end = Clock::now() + seconds(10);
  while (running.descendants().size() < 2 && Clock::now() < end) {
    std::this_thread::sleep_for(milliseconds(5));
  }
  const auto workers = running.descendants();
  ASSERT_FALSE(workers.empty());
  running.signal(SIGINT);
  running.wait();
  const auto patience = Clock::now() + seconds(5);
  for (const int pid : workers) {
    while (::kill(pid, 0) == 0 && Clock::now() < patience) {
      std::this_thread::sleep_for(milliseconds(5));
    }
    EXPECT_NE(::kill(pid, 0), 0) << pid;
  }
}

}  // namespace
}  // namespace sluice::test
