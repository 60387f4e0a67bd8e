// The record of runs: what a run wrote is on record with its figures, and a run that found nothing
// new writes nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/owner/bundle_maker.h"

namespace sluice::owner {
namespace {

using test::Session;
using test::Workspace;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class OwnerRuns : public testing::Test {
 protected:
  // A run that added so many documents and skipped these.
  void run(std::int64_t added, std::vector<SkipCount> skips = {}) const {
    RunRow row;
    row.command = "add";
    row.started_at = 1'700'000'000;
    row.milliseconds = 1500;
    row.events_before = 7;
    row.is_whole = true;
    row.added = added;
    row.bytes = 4096;
    row.skips = std::move(skips);
    Session session(space_.kb);
    session.owner.record_run(std::move(row));
    session.owner.finish();
  }
  std::vector<RunRow> runs() const { return space_.open().registry().last_runs(2000); }

  Workspace space_;
};

TEST_F(OwnerRuns, FiguresComeBackAsTheyWere) {
  run(3, {{"hidden", "", 2}, {"unsupported", "js", 150}});
  ASSERT_THAT(runs(), SizeIs(1));
  const RunRow row = runs()[0];
  EXPECT_EQ(row.command, "add");
  EXPECT_EQ(row.started_at, 1'700'000'000);
  EXPECT_EQ(row.milliseconds, 1500);
  EXPECT_EQ(row.events_before, 7);
  EXPECT_TRUE(row.is_whole);
  EXPECT_EQ(row.added, 3);
  EXPECT_EQ(row.failed_new, 0);
  EXPECT_EQ(row.bytes, 4096);
  EXPECT_THAT(row.skips,
              ElementsAre(SkipCount{"hidden", "", 2}, SkipCount{"unsupported", "js", 150}));
}

TEST_F(OwnerRuns, ARunThatFoundNothingNewIsNotRecorded) {
  run(0);
  EXPECT_THAT(runs(), IsEmpty());
  run(0, {{"unsupported", "js", 1}});
  run(0, {{"unsupported", "js", 1}});
  EXPECT_THAT(runs(), SizeIs(1)) << "what it skips is new once";
  run(0, {{"unsupported", "js", 2}});
  EXPECT_THAT(runs(), SizeIs(2));
}

TEST_F(OwnerRuns, OnlyTheNewestKeepsItsSkips) {
  run(1, {{"unsupported", "js", 1}});
  run(1, {{"unsupported", "css", 1}});
  ASSERT_THAT(runs(), SizeIs(2));
  EXPECT_THAT(runs()[0].skips, ElementsAre(SkipCount{"unsupported", "css", 1}));
  EXPECT_THAT(runs()[1].skips, IsEmpty());
}

TEST_F(OwnerRuns, TheOldestGoes) {
  Session session(space_.kb);
  {
    Transaction transaction(session.kb.registry());
    for (int i = 0; i < 1005; ++i) {
      RunRow row;
      row.command = "watch";
      row.added = i;
      transaction.writer().append_run(row);
    }
    transaction.commit();
  }
  const std::vector<RunRow> kept = session.kb.registry().last_runs(2000);
  ASSERT_THAT(kept, SizeIs(1000));
  EXPECT_EQ(kept.front().added, 1004);
  EXPECT_EQ(kept.back().added, 5);
}

}  // namespace
}  // namespace sluice::owner
