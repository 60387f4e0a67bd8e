// Power cuts: what the unmodified program does to the disk is recorded, and every state that a weak
// disk may show afterwards is built; the program's own recovery must bring each to the documents'
// states before or after, with all that was reported before the cut.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crash/scene/disturb.h"
#include "crash/scene/effort.h"
#include "crash/scene/power_cut.h"
#include "crash/scene/scenarios.h"

namespace sluice::crash {
namespace {

using testing::IsEmpty;

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
  cuts.replay(effort().full ? 0 : 700);
  EXPECT_THAT(cuts.violations(), IsEmpty());
  say_size("operations recorded", disk.recording().ops.size());
  say_size("states of the disk replayed", cuts.replayed());
}

INSTANTIATE_TEST_SUITE_P(Of, PowerLoss,
                         testing::Values("Adding", "Replacing", "Duplicates", "EditedByHand",
                                         "Removing", "Recovering"),
                         [](const auto& name) { return std::string(name.param); });

}  // namespace
}  // namespace sluice::crash
