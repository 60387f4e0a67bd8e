// A converter that uses up all it can get, never ends, or lies to the host: each is one failed
// document with the right word, at most as costly as the limits say.
#include "sandbox/targets.h"

namespace sluice::test {
namespace {

class Exhaustion : public Escape {
 protected:
  // The outcome of a script of the plugin `scripted`, between two good documents.
  Json outcome_of(const std::string& script, std::vector<std::string> more = {},
                  std::map<std::string, std::string> env = {}) {
    write("in/a.md", "# Before\n");
    write("in/m.alone", script + std::string("\nnot \0\1\2\3\4\5\6\7", 13));
    write("in/z.md", "# Behind\n");
    std::vector<std::string> arguments = {"in", "--json", "--plugin", fixtures()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    env.emplace("SLUICE_SANDBOX_LEVEL", "required");
    const Finished run = add(arguments, env);
    Json found;
    for (const Json& doc : objects(run.out, "doc")) {
      if (doc["source"] == "in/m.alone") {
        found = doc;
      } else {
        EXPECT_TRUE(doc["result"] == "added" || doc["result"] == "unchanged") << doc;
      }
    }
    expect_consistent();
    expect_untouched();
    return found;
  }
  void expect(const Json& doc, const char* outcome) {
    EXPECT_EQ(doc["result"], "failed") << doc;
    EXPECT_EQ(doc["reason"], outcome) << doc;
    EXPECT_EQ(doc["converter"], "scripted-alone") << doc;
  }
};

#ifndef SLUICE_SANITIZED
TEST_F(Exhaustion, OfMemory) {
  expect(outcome_of("allocate", {"--memory-limit", "128MiB"}), "out-of-memory");
}

// A C library that answers with an error of its own.
TEST_F(Exhaustion, OfMemoryThatIsNotReported) {
  expect(outcome_of("malloc", {"--memory-limit", "128MiB"}), "out-of-memory");
}

// `ulimit -v` of any size: done, or one sentence; never a signal, never a bug report.
TEST_F(Exhaustion, OfAddressSpaceOfTheProgramItself) {
  write("a.md", "# A\n");
  for (const int kibibytes : {50'000, 60'000, 70'000, 80'000, 100'000, 150'000, 300'000}) {
    const std::string command = "ulimit -v " + std::to_string(kibibytes) + "; exec " +
                                sluice_program() + " -C " + kb().string() + " add a.md";
    const Finished run = Running({"/bin/sh", "-c", command}, {}, dir_.path()).wait();
    EXPECT_TRUE(run.exit_code == 0 || run.exit_code == 1 || run.exit_code == 3 ||
                run.exit_code == 127)
        << kibibytes << " " << run.exit_code << run.err;
    EXPECT_THAT(run.err, ::testing::Not(::testing::HasSubstr("a bug in Sluice"))) << kibibytes;
    expect_consistent();
  }
}
#endif

TEST_F(Exhaustion, OfProcessorTime) {
  expect(outcome_of("spin", {}, {{"SLUICE_LIMITS_CPU_TIME", "1"}}), "timeout");
}

TEST_F(Exhaustion, OfOutput) {
  expect(outcome_of("endless-output", {}, {{"SLUICE_LIMITS_OUTPUT", "1MiB"}}), "limit");
  expect(outcome_of("deaf-output", {}, {{"SLUICE_LIMITS_OUTPUT", "1MiB"}}), "limit");
}

TEST_F(Exhaustion, OfAssets) {
  expect(outcome_of("endless-assets", {}, {{"SLUICE_LIMITS_ASSETS", "20"}}), "limit");
}

TEST_F(Exhaustion, OfDescriptors) {
  const Json doc = outcome_of("descriptors");
  EXPECT_EQ(doc["result"], "added") << doc;
  const std::string text = read_file(kb() / "wiki/sources/m.md");
  EXPECT_THAT(text, ::testing::HasSubstr("descriptors: "));
  EXPECT_LE(std::stoi(text.substr(text.find("descriptors: ") + 13)), 256);
}

TEST_F(Exhaustion, OfTime) {
  expect(outcome_of("hang-deaf", {"--timeout", seconds_of(0.3)}), "timeout");
  expect(outcome_of("hang", {"--timeout", seconds_of(0.3)}), "timeout");
  // Below version 6 of Landlock, it may not signal even itself, and goes on.
  const Json stopped = outcome_of("stop-self", {"--timeout", seconds_of(0.3)});
  EXPECT_TRUE(stopped["reason"] == "timeout" || stopped["reason"] == "empty") << stopped;
}

TEST_F(Exhaustion, LyingResults) {
  for (const char* noise : {"\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff",
                            "\\x01\\0\\0\\0\\0\\0\\0\\0", "\\0\\x01\\0\\0\\0\\0\\0\\0"}) {
    expect(outcome_of(std::string("corrupt-results ") + noise), "internal");
  }
}

TEST_F(Exhaustion, NoiseOnTheChannel) {
  expect(outcome_of("corrupt-channel noise\nasset a.png image/png x"), "io");
}

}  // namespace
}  // namespace sluice::test
