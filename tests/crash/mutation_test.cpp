// Tests of the tests: the commit protocol is broken on purpose, one sync left out, two steps
// swapped, a call that is not made, and the matrices must find it. Broken are the recording of an
// unmodified run, or the system calls of one; the program has no code for it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "crash/scene/disturb.h"
#include "crash/scene/power_cut.h"

namespace sluice::crash {
namespace {

using testing::IsEmpty;
using testing::Not;
using Ops = std::vector<Op>;
// Returns the first operation that is not as it was.
using Mutation = std::size_t (*)(Ops& ops);

bool contains(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}
bool is_group_sync(const Op& op) {
  return op.kind == Op::Kind::kSyncAll;
}
bool is_log_sync(const Op& op) {
  return op.kind == Op::Kind::kSync && contains(op.what, "registry.db-wal");
}
bool is_registry_sync(const Op& op) {
  return op.kind == Op::Kind::kSync && op.what.ends_with("registry.db");
}
bool is_publishing(const Op& op) {
  return op.kind == Op::Kind::kNames && contains(op.what, "staging/") &&
         (contains(op.what, "-> raw/") || contains(op.what, "-> wiki/"));
}
bool is_retargeting(const Op& op) {
  return op.kind == Op::Kind::kWrite && contains(op.what, "/retargeted-");
}
bool is_report(const Op& op) {
  return op.kind == Op::Kind::kReport && contains(op.bytes, "\"doc\"");
}

using Test = bool (*)(const Op&);
Ops::iterator first(Ops& ops, Test test) {
  const auto found = std::find_if(ops.begin(), ops.end(), test);
  if (found == ops.end()) throw std::runtime_error("there is nothing to mutate");
  return found;
}
Ops::iterator last(Ops& ops, Test test) {
  const auto found = std::find_if(ops.rbegin(), ops.rend(), test);
  if (found == ops.rend()) throw std::runtime_error("there is nothing to mutate");
  return std::prev(found.base());
}
// The last such operation before `end`.
Ops::iterator last_before(Ops& ops, Ops::iterator end, Test test) {
  while (end != ops.begin()) {
    if (test(*--end)) return end;
  }
  throw std::runtime_error("there is nothing to mutate");
}
std::size_t erase(Ops& ops, Ops::iterator at) {
  return static_cast<std::size_t>(ops.erase(at) - ops.begin());
}
std::size_t erase_all(Ops& ops, Test test) {
  const auto at = static_cast<std::size_t>(first(ops, test) - ops.begin());
  std::erase_if(ops, test);
  return at;
}
std::size_t move(Ops& ops, Ops::iterator from, Ops::iterator to) {
  const auto at = static_cast<std::size_t>(std::min(from, to) - ops.begin());
  if (from < to) {
    std::rotate(from, from + 1, to + 1);
  } else {
    std::rotate(to, from, from + 1);
  }
  return at;
}

std::size_t leave_out_the_sync_of_a_group(Ops& ops) {
  return erase(ops, first(ops, is_group_sync));
}
std::size_t leave_out_the_last_sync(Ops& ops) {
  return erase(ops, last(ops, is_group_sync));
}
std::size_t leave_out_the_syncs_of_commits(Ops& ops) {
  return erase_all(ops, is_log_sync);
}
std::size_t leave_out_the_sync_before_the_wal_goes(Ops& ops) {
  return erase_all(ops, is_registry_sync);
}
std::size_t publish_before_the_commit(Ops& ops) {
  const auto published = first(ops, is_publishing);
  return move(ops, published, last_before(ops, published, is_group_sync));
}
std::size_t report_before_the_commit(Ops& ops) {
  const auto report = first(ops, is_report);
  return move(ops, report, last_before(ops, report, is_log_sync));
}
std::size_t delete_journal_rows_before_the_sync(Ops& ops) {
  return move(ops, last(ops, is_group_sync), last(ops, is_log_sync));
}
std::size_t commit_before_the_sync_is_over(Ops& ops) {
  const auto commit = last_before(ops, first(ops, is_publishing), is_log_sync);
  return move(ops, last_before(ops, commit, is_group_sync), commit);
}
// Which began before.
std::size_t rely_on_the_flush_that_goes_on(Ops& ops) {
  const auto written = first(ops, is_retargeting);
  const auto begins =
      std::find_if(written, ops.end(), [](const Op& op) { return op.kind == Op::Kind::kBegin; });
  return erase(ops, std::find_if(begins, ops.end(), is_group_sync));
}

struct Named {
  const char* name;
  Mutation mutate;
  const char* scenario = "Replacing";
  bool during_a_sync = false;  // it changes nothing unless something is written during a sync
};

class BrokenDisk : public testing::TestWithParam<Named> {};

TEST_P(BrokenDisk, IsFoundByThePowerCuts) {
  if (!why_no_tracing().empty()) GTEST_SKIP() << why_no_tracing();
  const Stage stage(scenario(GetParam().scenario));
  Recording recording = GetParam().during_a_sync
                            ? record_with_writes_during_a_sync(stage)
                            : record(stage.world, stage.world.copy(stage.world.kb(), "run"),
                                     stage.scenario.commands.front());
  const std::size_t broken = GetParam().mutate(recording.ops);
  const DiskModel disk(std::move(recording));
  PowerCuts cuts(stage, disk);
  cuts.find_one(broken);
  EXPECT_THAT(cuts.violations(), Not(IsEmpty()))
      << "none of " << cuts.replayed() << " states of the disk shows it";
}

INSTANTIATE_TEST_SUITE_P(
    By, BrokenDisk,
    testing::Values(
        Named{"LeavingOutTheSyncOfAGroup", leave_out_the_sync_of_a_group},
        Named{"LeavingOutTheLastSync", leave_out_the_last_sync},
        Named{"LeavingOutTheSyncsOfCommits", leave_out_the_syncs_of_commits},
        Named{"LeavingOutTheSyncBeforeTheWalGoes", leave_out_the_sync_before_the_wal_goes},
        Named{"PublishingBeforeTheCommit", publish_before_the_commit},
        Named{"ReportingBeforeTheCommit", report_before_the_commit},
        Named{"DeletingJournalRowsBeforeTheSync", delete_journal_rows_before_the_sync},
        Named{"CommittingBeforeTheSyncIsOver", commit_before_the_sync_is_over},
        Named{"RelyingOnTheFlushThatGoesOn", rely_on_the_flush_that_goes_on, "LargeGroup", true}),
    [](const auto& mutation) { return std::string(mutation.param.name); });

// A run some of whose calls are not made, though the program is told that they were.
class BrokenRun : public testing::Test {
 protected:
  void SetUp() override {
    if (!why_no_tracing().empty()) GTEST_SKIP() << why_no_tracing();
  }

  using Chosen = bool (*)(const Call& call);
  static std::vector<std::string> found_wrong(const Stage& stage, Chosen chosen) {
    const std::string kb = stage.world.copy(stage.world.kb(), "run");
    int skipped = 0;
    const auto outcomes = disturb(stage.world, kb, stage.scenario.commands, [&](const Call& call) {
      Verdict verdict;
      if (!chosen(call)) return verdict;
      ++skipped;
      verdict.action = Verdict::Action::kPretend;
      if (call.syscall->kind == Kind::kWrite) {
        verdict.pretended = static_cast<std::int64_t>(call.arguments[2]);
      }
      return verdict;
    });
    EXPECT_GT(skipped, 0) << "there is nothing to break";
    stage.world.run(kb, {"recover"});
    std::vector<std::string> wrong;
    try {
      wrong = stage.judge.wrong(kb, reported(outcomes.front().out));
    } catch (const std::exception& error) {
      wrong.emplace_back(error.what());
    }
    return wrong;
  }
};

TEST_F(BrokenRun, WithoutTheRenamesOfMarkdownIsFound) {
  EXPECT_THAT(found_wrong(Stage(scenario("Replacing")),
                          [](const Call& call) {
                            return call.syscall->kind == Kind::kRename &&
                                   contains(call.to, "/wiki/sources/") && call.to.ends_with(".md");
                          }),
              Not(IsEmpty()));
}

TEST_F(BrokenRun, WithoutTheWritesOfTheRegistryIsFound) {
  EXPECT_THAT(found_wrong(Stage(scenario("Replacing")),
                          [](const Call& call) {
                            return call.syscall->kind == Kind::kWrite &&
                                   contains(call.path, "registry.db-wal");
                          }),
              Not(IsEmpty()));
}

TEST_F(BrokenRun, WithoutTheRenamesOfRecoveryIsFound) {
  EXPECT_THAT(found_wrong(Stage(scenario("Recovering")),
                          [](const Call& call) {
                            return call.syscall->kind == Kind::kRename &&
                                   (contains(call.path + call.to, "/wiki/sources/") ||
                                    contains(call.path + call.to, "/raw/"));
                          }),
              Not(IsEmpty()));
}

TEST_F(BrokenRun, WithoutTheLinesOfTheLogIsFound) {
  EXPECT_THAT(found_wrong(Stage(scenario("Adding")),
                          [](const Call& call) {
                            return call.syscall->kind == Kind::kWrite &&
                                   call.path.ends_with("log.md");
                          }),
              Not(IsEmpty()));
}

// What is no mutation to the owner: bytes that a lane lost are found before they are published.
TEST_F(BrokenRun, WithoutTheWritesOfRawFilesHarmsNothing) {
  EXPECT_THAT(found_wrong(Stage(scenario("Replacing")),
                          [](const Call& call) {
                            return call.syscall->kind == Kind::kWrite &&
                                   call.path.ends_with(".raw");
                          }),
              IsEmpty());
}

TEST_F(BrokenRun, WithoutTheEndOfItsStagingHarmsNothing) {
  EXPECT_THAT(found_wrong(Stage(scenario("Adding")),
                          [](const Call& call) {
                            return (call.syscall->kind == Kind::kUnlink ||
                                    call.syscall->kind == Kind::kRemoveDir) &&
                                   contains(call.path, "/staging/");
                          }),
              IsEmpty());
}

}  // namespace
}  // namespace sluice::crash
