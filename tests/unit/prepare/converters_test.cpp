// Every way in which a converter or its process can fail, and the outcome that its document gets.
#include <gmock/gmock.h>

#include "prepare/prepare_fixture.h"

namespace sluice::prepare {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ConvertersTest : public PrepareTest {
 protected:
  // What becomes of a script that is converted in a process of its own.
  Bundle run(const std::string& script) { return prepare("a.alone", script); }
  void expect(const std::string& script, Outcome outcome, const std::string& reason_part) {
    const Bundle bundle = run(script);
    EXPECT_EQ(bundle.kind, Bundle::Kind::kFailed) << script;
    EXPECT_EQ(word(bundle.outcome), word(outcome)) << script << ": " << bundle.reason;
    EXPECT_THAT(bundle.reason, HasSubstr(reason_part)) << script;
    EXPECT_THAT(staging_listing(), IsEmpty()) << script;
  }
};

TEST_F(ConvertersTest, PassesOnWhatTheConverterSays) {
  expect("unsupported reason one", Outcome::kUnsupported, "reason one");
  expect("malformed reason two", Outcome::kMalformed, "reason two");
  expect("encrypted reason three", Outcome::kEncrypted, "reason three");
  expect("limit reason four", Outcome::kLimit, "reason four");
  expect("missing-dependency reason five", Outcome::kMissingDependency, "reason five");
  expect("io reason six", Outcome::kIo, "reason six");
  expect("internal reason seven", Outcome::kInternal, "reason seven");
}

TEST_F(ConvertersTest, NamesTheSignalOfACrash) {
  expect("body x\ncrash", Outcome::kCrashed, "SIGSEGV");
  expect("abort", Outcome::kCrashed, "SIGABRT");
}

TEST_F(ConvertersTest, AStackOverflowIsACrash) {
  expect("overflow-stack", Outcome::kCrashed, "SIGSEGV");
}

TEST_F(ConvertersTest, AForbiddenCallIsASandboxViolation) {
  expect("violate", Outcome::kSandboxViolation, "sandbox forbids");
  expect("kill-parent", Outcome::kSandboxViolation, "sandbox forbids");
}

TEST_F(ConvertersTest, EndingTheProcessIsInternal) {
  expect("exit 0", Outcome::kInternal, "no sound result");
  expect("exit 3", Outcome::kInternal, "code 3");
}

TEST_F(ConvertersTest, ExceptionsStopAtTheEdge) {
  expect("throw", Outcome::kInternal, "unknown type");
  const Bundle bare = prepare("a.bare", "throw");
  EXPECT_EQ(bare.outcome, Outcome::kInternal);
  EXPECT_THAT(bare.reason, HasSubstr("exception"));
}

TEST_F(ConvertersTest, AnInventedOutcomeIsInternal) {
  const Bundle bare = prepare("a.bare", "invent");
  EXPECT_EQ(bare.outcome, Outcome::kInternal);
  EXPECT_THAT(bare.reason, HasSubstr("4711"));
}

TEST_F(ConvertersTest, TimeIsUpForThoseThatListenAndThoseThatDoNot) {
  settings_.limits.wall_time = std::chrono::milliseconds(300);
  expect("hang", Outcome::kTimeout, "300 milliseconds");
  expect("hang-deaf", Outcome::kTimeout, "300 milliseconds");
  expect("stop-self", Outcome::kTimeout, "300 milliseconds");
}

TEST_F(ConvertersTest, ProcessorTimeIsUp) {
  settings_.limits.cpu_time = std::chrono::seconds(1);
  expect("spin", Outcome::kTimeout, "1 second of processor time");
}

TEST_F(ConvertersTest, MemoryRunsOut) {
#if defined(SLUICE_SANITIZED)
  GTEST_SKIP() << "a sanitizer needs an unlimited address space";
#else
  settings_.limits.memory = 256 << 20;
  expect("allocate", Outcome::kOutOfMemory, "256 MiB");
  expect("malloc", Outcome::kOutOfMemory, "256 MiB");
#endif
}

TEST_F(ConvertersTest, WhatFollowsARefusalOfMemoryIsNoCrash) {
#if defined(SLUICE_SANITIZED)
  GTEST_SKIP() << "a sanitizer needs an unlimited address space";
#else
  settings_.limits.memory = 256 << 20;
  expect("refused-then-crash", Outcome::kOutOfMemory, "256 MiB");
  expect("refused-then-abort", Outcome::kOutOfMemory, "256 MiB");
  expect("refused-then-empty", Outcome::kOutOfMemory, "256 MiB");
  // And where nothing was refused, a crash is one.
  expect("crash", Outcome::kCrashed, "SIGSEGV");
  const Bundle bundle = run("body x\nrefused-then-go-on");
  EXPECT_EQ(bundle.outcome, Outcome::kOk) << bundle.reason;
  ASSERT_EQ(bundle.warnings.size(), 1U);
  EXPECT_THAT(bundle.warnings[0].message, HasSubstr("memory ran short"));
#endif
}

TEST_F(ConvertersTest, ANumberThatNoMemoryWouldDoForIsTheConvertersToJudge) {
#if defined(SLUICE_SANITIZED)
  GTEST_SKIP() << "a sanitizer ends the process";
#else
  expect("absurd", Outcome::kMalformed, "too much");
#endif
}

TEST_F(ConvertersTest, AHintNamesTheKeyToRaise) {
  settings_.limits.wall_time = std::chrono::milliseconds(300);
  settings_.limits.assets = 3;
  EXPECT_THAT(run("hang").hint, AllOf(HasSubstr("--timeout"), HasSubstr("raise timeout"),
                                      HasSubstr("[limits.scripted-alone]")));
  EXPECT_THAT(run("endless-assets").hint, HasSubstr("raise assets in [limits.scripted-alone]"));
}

TEST_F(ConvertersTest, ALimitOfTheConvertersOwnIsThatOfItsDocumentsAlone) {
  Limits own;
  own.assets = 2;
  settings_.converter_limits.emplace("scripted-alone", own);
  settings_.limits.assets = 4;
  EXPECT_THAT(prepare("a.alone", "endless-assets").reason, HasSubstr("more than 2 assets"));
  EXPECT_THAT(prepare("a.script", "endless-assets").reason, HasSubstr("more than 4 assets"));
}

TEST_F(ConvertersTest, ScratchIsLimitedInAll) {
  settings_.limits.scratch_bytes = 8 << 20;
  for (const char* script : {"fill-scratch 1", "share-scratch 5"}) {
    const Bundle bundle = prepare("a.script", script);
    EXPECT_EQ(bundle.outcome, Outcome::kLimit) << script << ": " << bundle.reason;
    EXPECT_THAT(bundle.reason, HasSubstr("8 MiB for temporary files"));
    EXPECT_THAT(bundle.hint, HasSubstr("raise scratch in [limits.scripted]"));
    EXPECT_THAT(staging_listing(), IsEmpty());
  }
}

TEST_F(ConvertersTest, OutputThatGrowsBehindTheHostsBackIsSeen) {
  settings_.limits.output_bytes = 64 << 20;
  // Each file is within what one file may have; both together are not.
  expect("grow-files 40000000", Outcome::kLimit, "64 MiB of output");
  // One is not, and the system ends the process.
  expect("grow-files 100000000", Outcome::kLimit, "64 MiB of output");
}

TEST_F(ConvertersTest, OutputIsLimited) {
  settings_.limits.output_bytes = 1 << 20;
  expect("endless-output", Outcome::kLimit, "more than 1 MiB of output");
  expect("deaf-output", Outcome::kLimit, "more than 1 MiB of output");
  settings_.limits.assets = 10;
  expect("endless-assets", Outcome::kLimit, "more than 10 assets");
}

TEST_F(ConvertersTest, ADocumentWhoseProcessIsKilledByOthersIsTriedAgainAFewTimes) {
  expect("kill-self", Outcome::kOutOfMemory, "killed");
  settings_.sandbox = SandboxLevel::kOff;
  expect("kill-parent", Outcome::kInternal, "worker process died");
  // And the next one gets a new worker.
  EXPECT_EQ(run("body x").outcome, Outcome::kOk);
}

TEST_F(ConvertersTest, LyingResultsAreNoResults) {
  for (const char* noise :
       {"\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff", "\\x01\\0\\0\\0\\0\\0\\0\\0",
        "\\0\\x01\\0\\0\\0\\0\\0\\0", "abcdefgh"}) {
    expect("corrupt-results " + std::string(noise), Outcome::kInternal, "no sound result");
  }
}

TEST_F(ConvertersTest, NoiseOnTheChannelHarmsNobody) {
  // Whoever breaks the protocol is not served any more.
  expect("corrupt-channel noise\nasset a.png image/png x", Outcome::kIo, "");
  EXPECT_EQ(run("corrupt-channel noise\nbody x").outcome, Outcome::kOk);
  EXPECT_EQ(run("body x").outcome, Outcome::kOk);
}

TEST_F(ConvertersTest, BrokenPluginsAreRefusedByName) {
  const auto expect_refused = [this](const char* name, const char* reason,
                                     Outcome outcome = Outcome::kInternal) {
    const Bundle bundle = prepare(name, "text");
    EXPECT_EQ(word(bundle.outcome), word(outcome)) << name;
    EXPECT_THAT(bundle.hint, Not(HasSubstr("-vv"))) << name;
    EXPECT_THAT(bundle.reason, HasSubstr(reason)) << name;
    EXPECT_THAT(staging_listing(), IsEmpty());
  };
  expect_refused("a.impostor", "6.6.6");
  expect_refused("a.garbage", "size that cannot be");
  expect_refused("a.nothing", "sluice_plugin_v9");
  expect_refused("a.earlycrash", "ended while it loaded the library (SIGSEGV)", Outcome::kCrashed);
}

TEST_F(ConvertersTest, APluginOfTheFirstInterfaceHasNoCanaryAndConverts) {
  const Bundle bare = prepare("a.bare", "x");
  EXPECT_EQ(bare.outcome, Outcome::kOk) << bare.reason;
}

TEST_F(ConvertersTest, ACanaryIsConvertedBeforeTheFirstDocumentAndWarmsTheWorker) {
  const Bundle bundle = prepare("a.sings", "x");
  ASSERT_EQ(bundle.outcome, Outcome::kOk) << bundle.reason;
  EXPECT_EQ(body(bundle), "warm\n");
}

TEST_F(ConvertersTest, TheCanaryOfAConverterWithThreadsLeavesNoneBehind) {
  const Bundle bundle = prepare("a.threads", "x");
  ASSERT_EQ(bundle.outcome, Outcome::kOk) << bundle.reason;
  EXPECT_EQ(body(bundle), "cold\n");
}

TEST_F(ConvertersTest, AFailingCanaryRefusesItsPluginAndShowsWhy) {
  const auto expect_unfit = [this](const char* name, const char* reason) {
    const Bundle bundle = prepare(name, "x");
    EXPECT_EQ(word(bundle.outcome), word(Outcome::kMissingDependency)) << bundle.reason;
    EXPECT_THAT(bundle.reason, HasSubstr(reason)) << name;
    EXPECT_THAT(staging_listing(), IsEmpty());
  };
  expect_unfit("a.differs", R"(became "expec ted\n" instead of "expected\n")");
  expect_unfit("a.silent", R"(became "" instead of "expected\n")");
  expect_unfit("a.fails", "canary-fails does not work here: its test document failed: a font");
  expect_unfit("a.links", "asset");
}

TEST_F(ConvertersTest, ACrashingCanaryIsSaid) {
  const Bundle bundle = prepare("a.crashes", "x");
  EXPECT_EQ(word(bundle.outcome), word(Outcome::kCrashed));
  EXPECT_THAT(bundle.reason, AllOf(HasSubstr("canary-crashes"), HasSubstr("SIGABRT")));
}

TEST_F(ConvertersTest, AMissingWorkerProgramIsSaid) {
  settings_.worker_program = "/nowhere/sluice-worker";
  const Bundle bundle = run("body x");
  EXPECT_EQ(word(bundle.outcome), word(Outcome::kIo));
  EXPECT_THAT(bundle.reason, HasSubstr("/nowhere/sluice-worker"));
}

// --- several documents in one process ---

TEST_F(ConvertersTest, OnlyTheGuiltyOneOfABatchFails) {
  std::vector<Source> sources;
  for (int i = 0; i < 20; ++i) {
    const std::string text = i == 7    ? "body lost\nabort"
                             : i == 11 ? "exit 0"
                                       : "body " + std::to_string(i);
    sources.push_back(source("d" + std::to_string(100 + i) + ".script", text));
  }
  const std::vector<Bundle> all = prepare_all(sources, 1);
  ASSERT_EQ(all.size(), sources.size());
  for (int i = 0; i < 20; ++i) {
    const Bundle& bundle = all[static_cast<std::size_t>(i)];
    if (i == 7 || i == 11) {
      EXPECT_EQ(bundle.outcome, i == 7 ? Outcome::kCrashed : Outcome::kInternal) << i;
    } else {
      ASSERT_EQ(bundle.outcome, Outcome::kOk) << i << ": " << bundle.reason;
      EXPECT_EQ(body(bundle), std::to_string(i) + "\n");
    }
  }
}

TEST_F(ConvertersTest, ABatchIsNoExcuse) {
  settings_.limits.output_bytes = 40'000;
  settings_.limits.wall_time = std::chrono::milliseconds(1000);
  std::vector<Source> sources = {source("1.script", "body a"), source("2.script", "hang"),
                                 source("3.script", "endless-output"),
                                 source("4.script", "body d")};
  const std::vector<Bundle> all = prepare_all(sources, 1);
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].outcome, Outcome::kOk);
  EXPECT_EQ(all[1].outcome, Outcome::kTimeout);
  EXPECT_EQ(all[2].outcome, Outcome::kLimit);
  EXPECT_EQ(all[3].outcome, Outcome::kOk);
}

}  // namespace
}  // namespace sluice::prepare
