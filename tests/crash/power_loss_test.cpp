// Power cuts: what the unmodified program does to the disk is recorded, and every state that a weak
// disk may show afterwards is built; the program's own recovery must bring each to the documents'
// states before or after, with all that was reported before the cut.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "crash/scene/disturb.h"
#include "crash/scene/effort.h"
#include "crash/scene/power_cut.h"
#include "crash/scene/scenarios.h"

namespace sluice::crash {
namespace {

using testing::IsEmpty;

bool records_what_workers_write() {
  const Stage stage(scenario("Adding"));
  const auto recording = record(stage.world, stage.world.copy(stage.world.kb(), "run"),
                                stage.scenario.commands.front());
  return std::any_of(recording.ops.begin(), recording.ops.end(), [](const Op& op) {
    return op.kind == Op::Kind::kWrite && op.what.find(".assets/") != std::string::npos;
  });
}

// True if this process has no more rights than anybody, and may be traced.
bool become_anybody() {
  constexpr uid_t kNobody = 65534;
  return ::geteuid() != 0 ||
         (::setresuid(kNobody, kNobody, kNobody) == 0 && ::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0);
}

// A test of the tests: workers hide from whoever traces them without being root.
TEST(Recording, HasWhatTheWorkersOfAnybodyWrite) {
  if (!why_no_tracing().empty()) GTEST_SKIP() << why_no_tracing();
  enum { kSeen, kNotSeen, kNoProgram, kFailed };
  const pid_t child = ::fork();
  if (child == 0) {
    int end = kFailed;
    try {
      if (become_anybody()) {
        const bool runs = ::access(test::sluice_program().c_str(), X_OK) == 0;
        end = !runs ? kNoProgram : records_what_workers_write() ? kSeen : kNotSeen;
      }
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
    }
    ::_exit(end);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == kNoProgram) GTEST_SKIP() << "only its owner may run the program here";
  EXPECT_EQ(WEXITSTATUS(status), kSeen);
}

// A test of the tests: else the power cuts in a large group show nothing that others do not.
TEST(Recording, HasAFlushThatGoesOnWhileItsGroupIsDecided) {
  if (!why_no_tracing().empty()) GTEST_SKIP() << why_no_tracing();
  const Stage stage(scenario("LargeGroup"));
  EXPECT_NO_THROW(record_with_writes_during_a_sync(stage));
}

class PowerLoss : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (!why_no_tracing().empty()) GTEST_SKIP() << why_no_tracing();
  }
};

TEST_P(PowerLoss, EveryStateOfTheDiskIsRecoveredFrom) {
  const Stage stage(scenario(GetParam()));
  const DiskModel disk(record(stage.world, stage.world.copy(stage.world.kb(), "run"),
                              stage.scenario.commands.front()));
  PowerCuts cuts(stage, disk);
  const bool large = stage.scenario.is_large;
  if (effort().full) {
    cuts.replay(large ? 5000 : 0);
  } else {
    // A repair starts workers.
    cuts.replay(large ? 100 : stage.scenario.is_damaged ? 50 : 700);
  }
  EXPECT_THAT(cuts.violations(), IsEmpty());
  say_size("operations recorded", disk.recording().ops.size());
  say_size("states of the disk replayed", cuts.replayed());
}

INSTANTIATE_TEST_SUITE_P(Of, PowerLoss,
                         testing::Values("Adding", "Replacing", "Duplicates", "EditedByHand",
                                         "Removing", "Syncing", "SyncingTrees", "Linking",
                                         "Mirroring", "Indexing", "Merging", "Committing",
                                         "Reconverting", "ChangingTrees", "Recovering",
                                         "LargeGroup", "Repairing", "RepairingTheDead", "Fetching",
                                         "Importing"),
                         [](const auto& name) { return std::string(name.param); });

}  // namespace
}  // namespace sluice::crash
