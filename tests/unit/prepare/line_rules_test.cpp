// Who may have a turn after whom: the table is complete, and a lane does what each of its rows
// says.
#include "prepare/line_rules.h"

#include <gmock/gmock.h>

#include <set>

#include "platform/error.h"
#include "prepare/prepare_fixture.h"

namespace sluice::prepare {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

TEST(LineRules, HaveEachPairOnceAndAReasonEach) {
  std::set<std::pair<AttemptCause, Outcome>> seen;
  for (const LineRule& rule : line_rules()) {
    EXPECT_TRUE(seen.emplace(rule.cause, rule.outcome).second) << rule.why;
    EXPECT_FALSE(rule.why.empty());
  }
  for (int i = 0; i < static_cast<int>(Outcome::kSourceUnstable); ++i) {
    EXPECT_TRUE(seen.contains({AttemptCause::kConversion, static_cast<Outcome>(i)})) << i;
  }
  for (int i = 1; i <= static_cast<int>(AttemptCause::kQuarantineUnsafe); ++i) {
    const auto cause = static_cast<AttemptCause>(i);
    EXPECT_TRUE(seen.contains({cause, outcome_of(cause)})) << i;
  }
}

TEST(LineRules, NobodyFollowsTamperingOrAnAttack) {
  for (const LineRule& rule : line_rules()) {
    const bool is_suspicious =
        rule.cause == AttemptCause::kUntrusted || rule.outcome == Outcome::kSandboxViolation;
    EXPECT_FALSE(is_suspicious && rule.next_tries) << rule.why;
  }
}

// Each row of a conversion with a document that makes the first converter end so, and a second one
// behind it that would convert anything.
struct Ending {
  const char* name;
  Outcome outcome;
  const char* script;
};

class LineRuleOf : public PrepareTest, public ::testing::WithParamInterface<Ending> {};

TEST_P(LineRuleOf, IsWhatTheLaneDoes) {
  const Ending& ending = GetParam();
  if (ending.outcome == Outcome::kTimeout) {
    settings_.limits.wall_time = std::chrono::milliseconds(300);
  }
  settings_.limits.output_bytes = 1 << 20;
  const Bundle bundle = prepare("a.script", ending.script);
  ASSERT_FALSE(bundle.attempts.empty());
  EXPECT_EQ(bundle.attempts[0].converter, "scripted");
  EXPECT_EQ(word(bundle.attempts[0].outcome), word(ending.outcome)) << bundle.attempts[0].reason;
  if (next_tries(AttemptCause::kConversion, ending.outcome)) {
    EXPECT_EQ(bundle.converter, "scripted-second");
    ASSERT_THAT(bundle.attempts, SizeIs(2));
    ASSERT_EQ(bundle.kind, Bundle::Kind::kPrepared) << bundle.reason;
    ASSERT_FALSE(bundle.warnings.empty());
    EXPECT_EQ(bundle.warnings.back().code, kTakeover);
    EXPECT_THAT(bundle.warnings.back().message, HasSubstr("scripted-second took over"));
  } else {
    EXPECT_EQ(bundle.converter, "scripted");
    EXPECT_THAT(bundle.attempts, SizeIs(1));
    EXPECT_EQ(word(bundle.outcome), word(ending.outcome)) << bundle.reason;
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, LineRuleOf,
    ::testing::Values(Ending{"ok", Outcome::kOk, "body x"},
                      Ending{"partial", Outcome::kPartial, "body x\npartial page 2"},
                      Ending{"empty", Outcome::kEmpty, "empty scanned"},
                      Ending{"unsupported", Outcome::kUnsupported, "unsupported no\nbody x"},
                      Ending{"declined", Outcome::kUnsupported, "not mine\nbody x"},
                      Ending{"malformed", Outcome::kMalformed, "first malformed cut\nbody x"},
                      Ending{"encrypted", Outcome::kEncrypted, "first encrypted yes\nbody x"},
                      Ending{"limit", Outcome::kLimit, "first limit many\nbody x"},
                      Ending{"output", Outcome::kLimit, "first endless-output\nbody x"},
                      Ending{"cancelled", Outcome::kCancelled, "first cancelled\nbody x"},
                      Ending{"missing", Outcome::kMissingDependency,
                             "first missing-dependency font\nbody x"},
                      Ending{"io", Outcome::kIo, "first io disk\nbody x"},
                      Ending{"internal", Outcome::kInternal, "first internal bug\nbody x"},
                      Ending{"throw", Outcome::kInternal, "first throw\nbody x"},
                      Ending{"exit", Outcome::kInternal, "first exit 3\nbody x"},
                      Ending{"crash", Outcome::kCrashed, "crash\nbody x"},
                      Ending{"timeout", Outcome::kTimeout, "first hang-deaf\nbody x"},
                      Ending{"memory", Outcome::kOutOfMemory, "first exit 86\nbody x"},
                      Ending{"violation", Outcome::kSandboxViolation, "first violate\nbody x"}),
    [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace sluice::prepare
