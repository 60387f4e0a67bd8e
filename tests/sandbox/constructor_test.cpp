// A library that is hostile from its first instruction on: every attack from its constructor, and
// those that only a constructor can try, since it can play the zygote.
#include <csignal>
#include <set>
#include <thread>

#include "sandbox/cases.h"
#include "sandbox/targets.h"

namespace sluice::test {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

bool can_be_tried(const Case& one) {
  // They use what only a document's job has, or would harm the machine.
  static const std::set<std::string> kNeedJob = {"chmod-output", "reserve-disk",
                                                 "grow-beyond-limit"};
  // A sanitizer's fork is more than one call, which could not show the key: it needs none.
  if (kIsSanitized && (one.name == std::string("fork") || one.name == std::string("fork-bomb"))) {
    return false;
  }
  return one.without != Without::kUntried && !kNeedJob.contains(one.name);
}

class EscapeFromConstructor : public Escape, public ::testing::WithParamInterface<Case> {};

TEST_P(EscapeFromConstructor, IsKeptIn) {
  if (!can_be_tried(GetParam())) GTEST_SKIP() << "not from a constructor";
  const Outcome out = attack_from_constructor(GetParam().name, Sandbox::kOn);
  // Refused, or its worker was killed and nothing was converted.
  EXPECT_TRUE(out.denied() || out.doc["result"] == "failed") << out.doc << out.text;
  EXPECT_FALSE(out.succeeded()) << out.text;
}

INSTANTIATE_TEST_SUITE_P(Attacks, EscapeFromConstructor, ::testing::ValuesIn(kCases),
                         [](const ::testing::TestParamInfo<Case>& one) {
                           std::string name = one.param.name;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

// Otherwise the tests above could not fail.
TEST_F(Escape, FromAConstructorIsNotStoppedByAnythingElse) {
  for (const char* name : {"read-secret", "read-beside-library", "write-kb", "truncate",
                           "empty-by-opening", "chmod", "kill", "fork", "shared-mapping"}) {
    const Outcome out = attack_from_constructor(name, Sandbox::kOff);
    EXPECT_TRUE(out.succeeded()) << name << out.doc << out.text;
  }
}

TEST_F(Escape, TheHostStopsNoProcessThatAWorkerNames) {
  const Outcome out = attack_from_constructor("name-another-process", Sandbox::kOn, 1);
  EXPECT_EQ(out.doc["result"], "failed") << out.doc;
}

TEST_F(Escape, AConstructorCannotFork) {
  if (kIsSanitized) GTEST_SKIP() << "a sanitizer's build cannot ask for a key to fork";
  EXPECT_TRUE(attack_from_constructor("orphan", Sandbox::kOn).denied());
  EXPECT_TRUE(attack_from_constructor("find-key", Sandbox::kOn).denied());
  EXPECT_FALSE(orphan_stays());
}

TEST_F(Escape, NoProcessOfAHostileZygoteStays) {
  const Outcome out = attack_from_constructor("start-with-key-of-run", Sandbox::kOn, 1);
  EXPECT_EQ(out.doc["result"], "failed") << out.doc;
  EXPECT_FALSE(orphan_stays());
}

TEST_F(Escape, NoProcessOfAHostileZygoteOutlivesAHostThatIsKilled) {
  order_constructor("start-with-key-of-run");
  write("in/m.hostile", order("constructor"));
  Running host = start({"add", "in", "--plugin", plugins_of_constructor()});
  const auto deadline = steady_clock::now() + seconds(20) * slowness();
  while (!orphan_lives() && host.is_running() && steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  ASSERT_TRUE(orphan_lives());
  host.signal(SIGKILL);
  host.wait();
  EXPECT_FALSE(orphan_stays());
}

TEST_F(Escape, AConstructorThatHangsIsATimeout) {
  const auto begin = steady_clock::now();
  const Outcome out = attack_from_constructor("hang", Sandbox::kOn, 1);
  EXPECT_EQ(out.doc["reason"], "timeout") << out.doc;
  EXPECT_LT(steady_clock::now() - begin, seconds(15) * slowness());
}

}  // namespace
}  // namespace sluice::test
