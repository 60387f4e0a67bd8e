// The real program, killed before each of its state-changing system calls, whichever of its threads
// or workers makes it. After each death the real recovery must bring every document to its state
// before or after, with all that was reported; and a repeated run to the undisturbed result.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "crash/scene/disturb.h"
#include "crash/scene/effort.h"
#include "crash/scene/scenarios.h"

namespace sluice::crash {
namespace {

using testing::IsEmpty;

constexpr int kKilled = 128 + 9;

// Kills the program that is about to make the `last`-th change of all, and now and then the others
// with it.
class KillAt {
 public:
  explicit KillAt(std::size_t last) : last_(last) {}
  Verdict operator()(const Call& call) {
    Verdict verdict;
    if (!call.changes_something() || ++changes_ != last_) return verdict;
    point_ = std::string(call.syscall->name) + " " + call.path;
    verdict.action = last_ % 3 == 0 ? Verdict::Action::kKillAll : Verdict::Action::kKill;
    return verdict;
  }
  const std::string& point() const { return point_; }

 private:
  const std::size_t last_;
  std::size_t changes_ = 0;
  std::string point_;
};

std::vector<Reported> all_reported(const std::vector<Tracer::Outcome>& outcomes) {
  std::vector<Reported> all;
  for (const auto& outcome : outcomes) {
    const auto some = reported(outcome.out);
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

class KillMatrix : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (!why_no_tracing().empty()) GTEST_SKIP() << why_no_tracing();
  }
};

// Ends and recovery of one disturbed run.
void expect_recovered(const Stage& stage, const std::string& kb,
                      const std::vector<Tracer::Outcome>& outcomes) {
  for (const auto& outcome : outcomes) {
    ASSERT_TRUE(outcome.exit_code == 0 || outcome.exit_code == kKilled)
        << outcome.exit_code << outcome.out << outcome.err;
  }
  for (const auto& words : stage.scenario.recovery) {
    const auto recovery = stage.world.run(kb, words);
    ASSERT_EQ(recovery.exit_code, 0) << recovery.out << recovery.err;
  }
  ASSERT_THAT(stage.judge.wrong(kb, all_reported(outcomes)), IsEmpty());
}

TEST_P(KillMatrix, EveryDeathIsRecoveredFrom) {
  const Stage stage(scenario(GetParam()));
  const World& world = stage.world;
  const auto& commands = stage.scenario.commands;
  const std::size_t count = count_calls(world, world.copy(world.kb(), "run"), commands);
  std::size_t tried = 0;
  // Some more: threads and processes take turns as they like.
  const bool large = stage.scenario.is_large;
  for (const std::size_t last : points(count + 3, large || stage.scenario.is_damaged ? 6 : 24,
                                       GetParam(), large ? 120 : SIZE_MAX)) {
    const std::string kb = world.copy(world.kb(), "run");
    KillAt kill(last);
    const auto outcomes = disturb(world, kb, commands, std::ref(kill));
    SCOPED_TRACE("death before change " + std::to_string(last) + ": " + kill.point());
    ++tried;
    ASSERT_NO_FATAL_FAILURE(expect_recovered(stage, kb, outcomes));
    if (!stage.scenario.is_repeatable || (!effort().full && tried % 3 != 0)) continue;
    for (const auto& words : commands) {
      const auto again = world.run(kb, words);
      ASSERT_EQ(again.exit_code, 0) << again.out << again.err;
    }
    ASSERT_THAT(stage.judge.unfinished(kb), IsEmpty());
  }
  EXPECT_GT(count, 10U) << "there was hardly anything to die at";
  say_size("deaths", tried);
}

// Deaths of the recovery from a death, and of the recovery from that.
TEST_P(KillMatrix, RecoveryDiesAndIsRecoveredFrom) {
  const Stage stage(scenario(GetParam()));
  const World& world = stage.world;
  const auto& commands = stage.scenario.commands;
  const auto& recovery = stage.scenario.recovery.back();
  const std::size_t count = count_calls(world, world.copy(world.kb(), "run"), commands);
  std::mt19937_64 random(effort().seed);
  std::size_t tried = 0;
  const bool large = stage.scenario.is_large;
  const std::string salt = std::string(GetParam()) + " recovery";
  for (const std::size_t last : points(count, large ? 2 : 5, salt, large ? 10 : 40)) {
    const std::string dead = world.copy(world.kb(), "dead");
    const auto outcomes = disturb(world, dead, commands, KillAt(last));
    const std::size_t changes = count_calls(world, world.copy(dead, "run"), {recovery});
    for (const std::size_t second : points(changes, 4, GetParam() + std::to_string(last), 12)) {
      const std::string kb = world.copy(dead, "run");
      KillAt kill(second);
      disturb(world, kb, {recovery}, std::ref(kill));
      SCOPED_TRACE("death before change " + std::to_string(last) + ", then of recovery before " +
                   std::to_string(second) + ": " + kill.point());
      disturb(world, kb, {recovery}, KillAt(1 + random() % changes));
      ASSERT_NO_FATAL_FAILURE(expect_recovered(stage, kb, outcomes));
      tried += 2;
    }
  }
  say_size("deaths of a recovery", tried);
}

std::vector<const char*> names() {
  std::vector<const char*> names;
  for (const Scenario& one : scenarios()) {
    if (one.name != "AddingApart") names.push_back(one.name.c_str());
  }
  return names;
}

INSTANTIATE_TEST_SUITE_P(Of, KillMatrix, testing::ValuesIn(names()),
                         [](const auto& name) { return std::string(name.param); });

}  // namespace
}  // namespace sluice::crash
