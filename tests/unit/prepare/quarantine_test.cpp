// A converter that crashes again and again is left out for the rest of the run: at the same
// document however many lanes there are, with the next one in line in its place.
#include "prepare/quarantine.h"

#include <gmock/gmock.h>

#include "prepare/prepare_fixture.h"

namespace sluice::prepare {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class QuarantineTest : public PrepareTest {
 protected:
  // Makes sources d100.<extension>, d101.<extension>, ...
  std::vector<Source> sources(const std::vector<std::string>& scripts,
                              const std::string& extension) {
    std::vector<Source> all;
    // A pool counts from 0: what one before it staged would be in the way.
    for (const auto& entry : std::filesystem::directory_iterator(tree_.path("staging"))) {
      std::filesystem::remove_all(entry.path());
    }
    for (std::size_t i = 0; i < scripts.size(); ++i) {
      all.push_back(source("d" + std::to_string(100 + i) + "." + extension, scripts[i]));
    }
    return all;
  }
  // "ok", "crashed", or "quarantined", each with its converter.
  static std::vector<std::string> words(const std::vector<Bundle>& bundles) {
    std::vector<std::string> all;
    for (const Bundle& bundle : bundles) {
      const bool out = bundle.reason.find("in quarantine") != std::string::npos;
      all.push_back((out ? "quarantined" : std::string(word(bundle.outcome))) + " " +
                    bundle.converter);
    }
    return all;
  }
  static int warnings(const std::vector<Bundle>& bundles) {
    int count = 0;
    for (const Bundle& bundle : bundles) {
      for (const Warning& warning : bundle.warnings) count += warning.code == "quarantine" ? 1 : 0;
    }
    return count;
  }
};

TEST_F(QuarantineTest, AfterSoManyCrashesInARowAConverterIsLeftOut) {
  settings_.limits.quarantine_after = 2;
  const auto all =
      prepare_all(sources({"body a", "crash", "crash", "body b", "crash"}, "alone"), 1);
  EXPECT_THAT(
      words(all),
      testing::ElementsAre("ok scripted-alone", "crashed scripted-alone", "crashed scripted-alone",
                           "quarantined scripted-alone", "quarantined scripted-alone"));
  EXPECT_EQ(warnings(all), 1) << "it is said once";
  ASSERT_EQ(all[2].warnings.size(), 1U);
  EXPECT_THAT(all[2].warnings[0].message, HasSubstr("SIGSEGV"));
  EXPECT_THAT(all[2].warnings[0].message,
              HasSubstr("quarantine_after = 0 in [limits.scripted-alone]"));
  EXPECT_EQ(all[3].outcome, Outcome::kCrashed);
  EXPECT_THAT(all[3].reason, HasSubstr("2 times in a row"));
  EXPECT_THAT(all[3].hint, HasSubstr("[limits.scripted-alone]"));
}

TEST_F(QuarantineTest, ADocumentThatGoesWellStartsTheCountAnew) {
  settings_.limits.quarantine_after = 2;
  const auto all = prepare_all(
      sources({"crash", "body a", "crash", "malformed x", "abort", "body b"}, "alone"), 2);
  EXPECT_THAT(words(all), Not(testing::Contains(HasSubstr("quarantined"))));
  EXPECT_EQ(warnings(all), 0);
}

TEST_F(QuarantineTest, ZeroIsNever) {
  settings_.limits.quarantine_after = 0;
  const auto all = prepare_all(sources(std::vector<std::string>(12, "crash"), "alone"), 2);
  for (const std::string& word : words(all)) EXPECT_EQ(word, "crashed scripted-alone");
}

TEST_F(QuarantineTest, AConverterMayHaveACountOfItsOwn) {
  Limits own;
  own.quarantine_after = 1;
  settings_.converter_limits.emplace("scripted-alone", own);
  settings_.limits.quarantine_after = 0;
  const auto all = prepare_all(sources({"crash", "body a"}, "alone"), 1);
  EXPECT_THAT(words(all),
              testing::ElementsAre("crashed scripted-alone", "quarantined scripted-alone"));
}

TEST_F(QuarantineTest, TheNextConverterInLineTakesOver) {
  settings_.limits.quarantine_after = 2;
  const auto all =
      prepare_all(sources({"crash\nbody a", "crash\nbody b", "body c", "body d"}, "script"), 1);
  EXPECT_THAT(words(all), testing::ElementsAre("ok scripted-second", "ok scripted-second",
                                               "ok scripted-second", "ok scripted-second"));
  EXPECT_EQ(body(all[3]), "d\n");
}

TEST_F(QuarantineTest, AViolationAmongTheCrashesEndsTheLine) {
  settings_.limits.quarantine_after = 2;
  const auto all =
      prepare_all(sources({"crash\nbody a", "violate\nbody b", "body c", "body d"}, "script"), 1);
  EXPECT_THAT(words(all), testing::ElementsAre("ok scripted-second", "sandbox-violation scripted",
                                               "quarantined scripted", "quarantined scripted"));
  EXPECT_EQ(word(all[2].outcome), word(Outcome::kSandboxViolation));
}

TEST_F(QuarantineTest, WhoTakesOverIsSaidLikeAfterACrash) {
  settings_.limits.quarantine_after = 1;
  const auto all = prepare_all(sources({"crash\nbody a", "body b"}, "script"), 1);
  ASSERT_EQ(all[1].attempts.size(), 2U);
  EXPECT_EQ(all[1].attempts[0].converter, "scripted");
  EXPECT_EQ(all[1].attempts[0].cause, AttemptCause::kQuarantine);
  ASSERT_EQ(all[1].warnings.size(), 1U);
  EXPECT_EQ(all[1].warnings[0].code, kTakeover);
  EXPECT_THAT(all[1].warnings[0].message,
              AllOf(HasSubstr("scripted could not be used"), HasSubstr("it crashed once"),
                    HasSubstr("scripted-second took over")));
}

TEST_F(QuarantineTest, TimeoutsLimitsAndWantOfMemoryDoNotCount) {
  settings_.limits.quarantine_after = 1;
  settings_.limits.wall_time = std::chrono::milliseconds(200);
  settings_.limits.assets = 1;
  const auto all =
      prepare_all(sources({"hang", "endless-assets", "exit 86", "body a"}, "alone"), 1);
  EXPECT_THAT(words(all),
              testing::ElementsAre("timeout scripted-alone", "limit scripted-alone",
                                   "out-of-memory scripted-alone", "ok scripted-alone"));
}

TEST_F(QuarantineTest, ViolationsAndLostWorkersCount) {
  settings_.limits.quarantine_after = 2;
  settings_.sandbox = SandboxLevel::kOff;  // where it is on, a worker cannot be killed like that
  const auto all = prepare_all(sources({"violate", "kill-parent", "body a"}, "alone"), 1);
  EXPECT_THAT(words(all),
              testing::ElementsAre("sandbox-violation scripted-alone", "internal scripted-alone",
                                   "quarantined scripted-alone"));
}

// The point of deciding in input order: lanes are ahead of the decision, each at its own pace.
TEST_F(QuarantineTest, TheNumberOfLanesMakesNoDifference) {
  settings_.limits.quarantine_after = 3;
  std::vector<std::string> scripts;
  for (int i = 0; i < 40; ++i) {
    const bool bad = i == 3 || i == 4 || i == 9 || (i >= 20 && i <= 22);
    scripts.push_back(bad ? "sleep " + std::to_string(i % 5 * 20) + "\ncrash\nbody x"
                          : "body " + std::to_string(i));
  }
  for (const char* extension : {"alone", "script"}) {
    const auto expected = words(prepare_all(sources(scripts, extension), 1));
    for (const unsigned jobs : {2U, 3U, 8U}) {
      const auto all = prepare_all(sources(scripts, extension), jobs);
      EXPECT_EQ(words(all), expected) << jobs << " lanes, ." << extension;
      EXPECT_EQ(warnings(all), 1);
    }
  }
}

TEST_F(QuarantineTest, WhatWasPreparedTooEarlyLeavesNothingInTheWay) {
  settings_.limits.quarantine_after = 1;
  // The second is done long before the first has crashed.
  const auto all = prepare_all(
      sources({"sleep 300\ncrash", "asset a.png image/png PNG\nlink 1\nbody b"}, "alone"), 2);
  EXPECT_THAT(words(all),
              testing::ElementsAre("crashed scripted-alone", "quarantined scripted-alone"));
  EXPECT_EQ(all[1].kind, Bundle::Kind::kFailed);
  EXPECT_THAT(all[1].assets, IsEmpty());
}

}  // namespace
}  // namespace sluice::prepare
