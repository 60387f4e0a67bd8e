// The words of outcomes: what scripts match on.
#include "model/outcome.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace sluice {
namespace {

constexpr int kCount = static_cast<int>(Outcome::kGone) + 1;

TEST(Outcome, HasTheWordsOfTheContract) {
  EXPECT_EQ(word(Outcome::kOk), "ok");
  EXPECT_EQ(word(Outcome::kMissingDependency), "missing-dependency");
  EXPECT_EQ(word(Outcome::kOutOfMemory), "out-of-memory");
  EXPECT_EQ(word(Outcome::kSandboxViolation), "sandbox-violation");
  EXPECT_EQ(word(Outcome::kSourceUnstable), "source-unstable");
  EXPECT_EQ(word(Outcome::kRefused), "refused");
  EXPECT_EQ(word(Outcome::kGone), "gone");
}

TEST(Outcome, EveryWordLeadsBackToItsOutcome) {
  std::set<std::string_view> words;
  for (int i = 0; i < kCount; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    EXPECT_EQ(outcome_from_word(word(outcome)), outcome);
    EXPECT_TRUE(words.insert(word(outcome)).second) << word(outcome);
  }
}

TEST(Outcome, AnUnknownWordIsNone) {
  EXPECT_FALSE(outcome_from_word("exploded"));
  EXPECT_FALSE(outcome_from_word(""));
}

TEST(Outcome, OnlyOkAndPartialAreCommitted) {
  for (int i = 0; i < kCount; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    EXPECT_EQ(is_committable(outcome), outcome == Outcome::kOk || outcome == Outcome::kPartial);
  }
}

TEST(Outcome, EveryFailureSaysWhatToDo) {
  EXPECT_TRUE(hint(Outcome::kOk).empty());
  for (int i = 1; i < kCount; ++i) {
    const std::string_view said = hint(static_cast<Outcome>(i));
    EXPECT_FALSE(said.empty());
    EXPECT_FALSE(said.ends_with('.'));
  }
}

}  // namespace
}  // namespace sluice
