// Several programs on one knowledge base at a time.
#include <chrono>
#include <thread>

#include "cli/real_program.h"

namespace sluice::test {
namespace {

using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

class SideBySide : public RealProgram {};

TEST_F(SideBySide, TwoAddsOfDifferentFoldersLoseNothingAndListNeverWaits) {
  make_mixed_documents(dir_ / "one", 120, 1);
  make_mixed_documents(dir_ / "two", 120, 2);
  Running one = start({"add", "one", "--json"});
  Running two = start({"add", "two", "--json"});
  std::size_t listed = 0;
  int lists = 0;
  while (one.is_running() || two.is_running()) {
    const auto begin = Clock::now();
    const Finished list = run({"list", "--json"});
    EXPECT_LT(Clock::now() - begin, seconds(3));
    ASSERT_EQ(list.exit_code, 0) << list.err;
    const std::size_t now = objects(list.out, "document").size();
    EXPECT_GE(now, listed) << "a document is gone from the list";
    listed = now;
    ++lists;
  }
  EXPECT_GT(lists, 1);
  const auto known = documents();
  std::size_t added = 0;
  for (Running* run : {&one, &two}) {
    const Finished finished = run->wait();
    EXPECT_EQ(finished.exit_code, 3) << "blank documents are among them: " << finished.err;
    for (const Json& doc : objects(finished.out, "doc")) {
      if (doc["result"] == "failed") {
        EXPECT_EQ(doc["reason"], "empty") << doc;
        continue;
      }
      added += doc["result"] == "added" ? 1 : 0;
      EXPECT_TRUE(known.contains(doc["name"])) << doc;
    }
  }
  EXPECT_EQ(added, known.size());
  EXPECT_GT(added, 700U);
  expect_consistent();
}

TEST_F(SideBySide, TwoAddsOfTheSameFolderAddEachDocumentOnce) {
  make_mixed_documents(dir_ / "in", 60);
  Running one = start({"add", "in", "--json"});
  Running two = start({"add", "in", "--json"});
  std::size_t added = 0;
  for (Running* run : {&one, &two}) {
    for (const Json& doc : objects(run->wait().out, "doc")) {
      added += doc["result"] == "added" ? 1 : 0;
      EXPECT_NE(doc["result"], "updated") << doc;
    }
  }
  EXPECT_EQ(added, documents().size());
  expect_consistent();
}

TEST_F(SideBySide, AddsShareTheLockGroupByGroup) {
  make_mixed_documents(dir_ / "large", 250);
  write("small/a.md", "a");
  Running large = start({"add", "large"});
  while (std::filesystem::is_empty(kb() / "raw") && large.is_running()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  const Finished small = add({"small"});
  EXPECT_EQ(small.exit_code, 0) << small.err;
  EXPECT_TRUE(large.is_running()) << "the small run had to wait for the end of the large one";
  large.wait();
  expect_consistent();
}

TEST_F(SideBySide, ThePrepareOfALivingRunIsNotReaped) {
  write("in/a.script", "sleep 1500\nbody text\n");
  Running slow = start({"add", "in", "--plugin", fixtures()});
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  const Finished recovered = run({"recover"});
  EXPECT_EQ(recovered.exit_code, 0) << recovered.err;
  EXPECT_THAT(recovered.out, ::testing::HasSubstr("the staging of 0 runs"));
  const Finished finished = slow.wait();
  EXPECT_EQ(finished.exit_code, 0) << finished.err;
  expect_consistent();
}

}  // namespace
}  // namespace sluice::test
