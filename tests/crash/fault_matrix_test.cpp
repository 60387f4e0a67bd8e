// Calls of the real program, and of the SQLite in it, that fail: each of them, with each error that
// fits it, once or from then on. A document may fail with a reason, a run may stop with its exit
// code; nothing may be reported that is not so, nothing be half done; and a run without faults must
// end in the undisturbed state.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "crash/scene/disturb.h"
#include "crash/scene/effort.h"
#include "crash/scene/scenarios.h"

namespace sluice::crash {
namespace {

using testing::AnyOf;
using testing::IsEmpty;

constexpr int kShort = -1;          // no error: half of the bytes
constexpr std::size_t kEnough = 3;  // points that fail

int count_complaints() {
  return testing::UnitTest::GetInstance()->current_test_info()->result()->total_part_count();
}

// What a call of this kind may meet.
std::vector<int> errors_of(const Call& call) {
  switch (call.syscall->kind) {
    case Kind::kOpen:
      if (call.creates()) return {EMFILE, EACCES, EIO, ENOSPC, EDQUOT};
      return {EMFILE, EACCES, EIO};
    case Kind::kWrite:
      return {ENOSPC, EDQUOT, EIO, kShort};
    case Kind::kTruncate:
    case Kind::kSync:
    case Kind::kSyncAll:
      return {ENOSPC, EDQUOT, EIO};
    case Kind::kMakeDir:
    case Kind::kRename:
    case Kind::kLink:
      return {ENOSPC, EDQUOT, EACCES, EIO};
    case Kind::kUnlink:
    case Kind::kRemoveDir:
    case Kind::kMode:
    case Kind::kLook:
      return {EACCES, EIO};
    case Kind::kForeign:
      return {ENOMEM, ENOSPC};
    default:
      return {EIO};
  }
}

enum class Lasting { kOnce, kFromThen };

// Fails the `first`-th call on the knowledge base with the `variant`-th of its errors, and from
// then on every call that may meet the same.
class FailAt {
 public:
  FailAt(std::size_t first, std::size_t variant, Lasting lasting, std::string kb)
      : first_(first), variant_(variant), lasting_(lasting), kb_(std::move(kb)) {}

  Verdict operator()(const Call& call) {
    if (!call.is_below(kb_)) return {};
    ++calls_;
    if (calls_ == first_) {
      const auto errors = errors_of(call);
      variants_ = errors.size();
      if (variant_ >= variants_) return {};
      error_ = errors[variant_];
      point_ = std::string(call.syscall->name) + " " + call.path;
      return fail();
    }
    if (calls_ < first_ || lasting_ == Lasting::kOnce || error_ == 0) return {};
    const auto errors = errors_of(call);
    const bool meets_it = std::find(errors.begin(), errors.end(), error_) != errors.end();
    return meets_it ? fail() : Verdict{};
  }

  std::size_t calls() const { return calls_; }
  std::size_t variants() const { return variants_; }
  std::string point() const {
    return (error_ == kShort ? "half of " : std::string(::strerror(error_)) + " at ") + point_;
  }

 private:
  Verdict fail() const {
    Verdict verdict;
    verdict.action = error_ == kShort ? Verdict::Action::kShorten : Verdict::Action::kFail;
    verdict.error = error_;
    return verdict;
  }

  const std::size_t first_;
  const std::size_t variant_;
  const Lasting lasting_;
  const std::string kb_;
  std::size_t calls_ = 0;
  std::size_t variants_ = 0;
  int error_ = 0;
  std::string point_;
};

class FaultMatrix : public testing::TestWithParam<std::tuple<const char*, Lasting>> {
 protected:
  void SetUp() override {
    if (!why_no_tracing().empty()) GTEST_SKIP() << why_no_tracing();
  }

  void expect_sound(const Stage& stage, const std::string& kb, const Tracer::Outcome& outcome) {
    const auto said = reported(outcome.out);
    ASSERT_THAT(outcome.exit_code, AnyOf(0, 1, 3, 13)) << outcome.out << outcome.err;
    for (const Reported& report : said) {
      ASSERT_TRUE(report.result != "failed" || !report.reason.empty()) << report.path;
    }
    if (outcome.exit_code == 0 && stage.scenario.is_damaged) {
      // It says that all is mended: so it must be before another repair could do it.
      stage.world.must(kb, {"recover"});
      ASSERT_THAT(stage.judge.unfinished(kb), IsEmpty()) << outcome.out << outcome.err;
    }
    for (const auto& words : stage.scenario.recovery) {
      const auto recovery = stage.world.run(kb, words);
      ASSERT_EQ(recovery.exit_code, 0) << recovery.out << recovery.err;
    }
    ASSERT_THAT(stage.judge.wrong(kb, said), IsEmpty()) << outcome.out << outcome.err;
    if (outcome.exit_code == 0) {
      ASSERT_THAT(stage.judge.unfinished(kb), IsEmpty()) << outcome.out << outcome.err;
    } else if (stage.scenario.is_repeatable) {
      const auto again = stage.world.run(kb, stage.scenario.commands.front());
      ASSERT_EQ(again.exit_code, 0) << again.out << again.err;
      ASSERT_THAT(stage.judge.unfinished(kb), IsEmpty()) << outcome.out << outcome.err;
    }
  }
};

// SQLite falls back to a log index that it may only read; closing, it then deleted a log that it
// had not merged, and with it what was committed.
TEST(FaultTwice, AnIndexOfTheLogThatCannotBeMadeLosesNoCommit) {
  if (!why_no_tracing().empty()) GTEST_SKIP() << why_no_tracing();
  const Stage stage(scenario("Recovering"));
  const std::string kb = stage.world.copy(stage.world.kb(), "run");
  int faults = 0;
  disturb(
      stage.world, kb, {{"recover"}},
      [&](const Call& call) {
        const bool fails = call.path.ends_with("registry.db-shm") &&
                           ((call.syscall->kind == Kind::kTruncate && faults == 0) ||
                            (call.creates() && faults == 1));
        Verdict verdict;
        if (!fails) return verdict;
        ++faults;
        verdict.action = Verdict::Action::kFail;
        verdict.error = ENOSPC;
        return verdict;
      },
      kAllCalls);
  EXPECT_GE(faults, 1);
  stage.world.must(kb, {"recover"});
  EXPECT_THAT(stage.judge.unfinished(kb), IsEmpty());
}

bool syncs_the_log(const Call& call) {
  return call.syscall->kind == Kind::kSync && call.path.ends_with("registry.db-wal");
}

// The disk is full when the log is synced that has the COMMIT in it, and from then on: the log
// stays, and whoever opens it next finds the COMMIT, whose staged files must be there.
TEST(FaultFromThen, ACommitThatFailedMayComeTrue) {
  if (!why_no_tracing().empty()) GTEST_SKIP() << why_no_tracing();
  const Stage stage(scenario("Repairing"), Order::kAny);
  const auto run = [&stage](std::size_t full_from, std::size_t& syncs) {
    const std::string kb = stage.world.copy(stage.world.kb(), "run");
    bool published = false;
    syncs = 0;
    return disturb(
               stage.world, kb, stage.scenario.commands,
               [&](const Call& call) {
                 Verdict verdict;
                 published |= call.syscall->kind == Kind::kRename &&
                              call.path.find("/staging/") != std::string::npos &&
                              (call.to.starts_with(kb + "/raw/") ||
                               call.to.starts_with(kb + "/wiki/sources/"));
                 if (!call.is_below(kb)) return verdict;
                 syncs += syncs_the_log(call) && !published ? 1 : 0;
                 const auto errors = errors_of(call);
                 if (syncs < full_from || std::ranges::find(errors, ENOSPC) == errors.end()) {
                   return verdict;
                 }
                 verdict.action = Verdict::Action::kFail;
                 verdict.error = ENOSPC;
                 return verdict;
               },
               kAllCalls)
        .front();
  };
  std::size_t syncs = 0;
  run(SIZE_MAX, syncs);  // the last one before something is published is the COMMIT's
  ASSERT_GT(syncs, 0U);
  std::size_t again = 0;
  const auto outcome = run(syncs, again);
  ASSERT_NE(outcome.exit_code, 0);
  const std::string kb = stage.world.path("run");
  for (const auto& words : stage.scenario.recovery) stage.world.must(kb, words);
  EXPECT_THAT(stage.judge.wrong(kb, reported(outcome.out)), IsEmpty());
}

TEST_P(FaultMatrix, EveryFaultLeavesASoundKnowledgeBase) {
  const auto [name, lasting] = GetParam();
  const Stage stage(scenario(name), Order::kAny);
  const World& world = stage.world;
  FailAt none(0, 0, lasting, world.path("run"));
  disturb(world, world.copy(world.kb(), "run"), stage.scenario.commands, std::ref(none), kAllCalls);
  std::size_t tried = 0;
  std::size_t failed = 0;
  std::size_t missed = 0;
  const std::string salt = std::string(name) + (lasting == Lasting::kOnce ? " once" : " lasting");
  const auto chosen = points(none.calls(), stage.scenario.is_damaged ? 6 : 14, salt);
  for (const std::size_t first : chosen) {
    std::size_t variants = 1;
    for (std::size_t variant = 0; variant < variants; ++variant) {
      const std::string kb = world.copy(world.kb(), "run");
      FailAt fail(first, variant, lasting, kb);
      const auto outcomes = disturb(world, kb, stage.scenario.commands, std::ref(fail), kAllCalls);
      variants = std::max(variants, fail.variants());
      SCOPED_TRACE("call " + std::to_string(first) + ": " + fail.point());
      const int complaints = count_complaints();
      expect_sound(stage, kb, outcomes.front());
      ++tried;
      // Not at the first: what comes behind it is to be tried as well.
      failed += count_complaints() > complaints ? 1 : 0;
      ASSERT_LT(failed, kEnough);
      missed += fail.calls() < first ? 1 : 0;
    }
  }
  // Threads and processes take turns as they like: the last calls may not be there every time.
  EXPECT_LE(missed * 3, chosen.size()) << "calls that no run came to";
  EXPECT_GT(none.calls(), 50U) << "there was hardly anything to fail";
  say_size("faults injected", tried);
}

INSTANTIATE_TEST_SUITE_P(Of, FaultMatrix,
                         testing::Combine(testing::Values("AddingApart", "Replacing", "Removing",
                                                          "Syncing", "Linking", "Recovering",
                                                          "Importing", "Repairing"),
                                          testing::Values(Lasting::kOnce, Lasting::kFromThen)),
                         [](const auto& fault) {
                           return std::string(std::get<0>(fault.param)) +
                                  (std::get<1>(fault.param) == Lasting::kOnce ? "Once"
                                                                              : "FromThen");
                         });

}  // namespace
}  // namespace sluice::crash
