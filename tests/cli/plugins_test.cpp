// Converters that misbehave: the document fails with the right word and the right name, the rest of
// the run is committed, and the exit code says that something failed.
#include "cli/real_program.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;

namespace fs = std::filesystem;

class MisbehavingPlugin : public RealProgram {
 protected:
  MisbehavingPlugin() {
    write("in/a.md", "# Before\n");
    write("in/z.md", "# Behind\n");
  }

  // The document's doc object after a run with the good ones around it.
  Json outcome_of(const std::string& name, const std::string& content,
                  std::vector<std::string> more = {}) {
    // What is no text is nobody else's: no other converter gets a try.
    write("in/" + name, content + std::string("\n\0\1\2\3\4\5\6\7", 9));
    std::vector<std::string> arguments = {"in", "--json", "--plugin", fixtures()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Finished run = add(arguments);
    EXPECT_EQ(run.exit_code, 3) << run.out << run.err;
    EXPECT_TRUE(fs::exists(kb() / "raw/a.md"));
    EXPECT_TRUE(fs::exists(kb() / "raw/z.md"));
    expect_consistent();
    for (const Json& doc : objects(run.out, "doc")) {
      if (doc["source"] == "in/" + name) return doc;
    }
    ADD_FAILURE() << "not reported: " << name;
    return {};
  }

  void expect_failure(const Json& doc, const std::string& reason, const std::string& converter) {
    EXPECT_EQ(doc["result"], "failed") << doc;
    EXPECT_EQ(doc["reason"], reason) << doc;
    EXPECT_EQ(doc["converter"], converter) << doc;
    EXPECT_NE(doc["message"], nullptr) << doc;
  }
};

TEST_F(MisbehavingPlugin, ThatCrashes) {
  const Json doc = outcome_of("m.alone", "crash");
  expect_failure(doc, "crashed", "scripted-alone");
  EXPECT_THAT(doc["message"].get<std::string>(), HasSubstr("SIGSEGV"));
}

TEST_F(MisbehavingPlugin, ThatAborts) {
  const Json doc = outcome_of("m.alone", "abort");
  expect_failure(doc, "crashed", "scripted-alone");
}

TEST_F(MisbehavingPlugin, ThatHangs) {
  expect_failure(outcome_of("m.alone", "hang-deaf", {"--timeout", "0.3"}), "timeout",
                 "scripted-alone");
}

TEST_F(MisbehavingPlugin, ThatSpins) {
  expect_failure(outcome_of("m.alone", "spin", {"--timeout", "0.3"}), "timeout", "scripted-alone");
}

TEST_F(MisbehavingPlugin, ThatThrows) {
  expect_failure(outcome_of("m.alone", "throw"), "internal", "scripted-alone");
}

TEST_F(MisbehavingPlugin, ThatLetsExceptionsEscapeThroughTheCInterface) {
  write("m.bare", "throw");
  write("n.bare", "fine");
  const Finished run =
      add({"m.bare", "n.bare", "--json", "--plugin", fixtures(), "--converter", "bare"});
  EXPECT_EQ(run.exit_code, 3) << run.err;
  const auto docs = objects(run.out, "doc");
  ASSERT_EQ(docs.size(), 2U);
  expect_failure(docs[0], "internal", "bare");
  EXPECT_EQ(docs[1]["result"], "added");
}

#ifndef SLUICE_SANITIZED
TEST_F(MisbehavingPlugin, ThatAllocatesWithoutEnd) {
  expect_failure(outcome_of("m.alone", "allocate", {"--memory-limit", "128MiB"}), "out-of-memory",
                 "scripted-alone");
}

TEST_F(MisbehavingPlugin, ThatOverflowsItsStack) {
  expect_failure(outcome_of("m.alone", "overflow-stack"), "crashed", "scripted-alone");
}
#endif

TEST_F(MisbehavingPlugin, ThatWritesWithoutEnd) {
  write("kb/.sluice/config.toml", "[limits]\noutput = \"4MiB\"\n");
  expect_failure(outcome_of("m.alone", "endless-output"), "limit", "scripted-alone");
}

TEST_F(MisbehavingPlugin, ThatReturnsGarbage) {
  expect_failure(outcome_of("m.garbage", "x"), "internal", "garbage");
}

TEST_F(MisbehavingPlugin, ThatExportsNothing) {
  expect_failure(outcome_of("m.nothing", "x"), "internal", "nothing");
}

TEST_F(MisbehavingPlugin, ThatIsNotWhatItsManifestSays) {
  const Json doc = outcome_of("m.impostor", "x");
  expect_failure(doc, "internal", "impostor");
}

TEST_F(MisbehavingPlugin, ThatCrashesAsItIsLoaded) {
  const Json doc = outcome_of("m.earlycrash", "x");
  EXPECT_EQ(doc["result"], "failed") << doc;
  EXPECT_EQ(doc["converter"], "early-crash") << doc;
}

TEST_F(MisbehavingPlugin, ThatLiesInItsResults) {
  expect_failure(outcome_of("m.alone", "corrupt-results \\xff\\xff\\xff\\x7f\\xff\\xff\\xff\\x7f"),
                 "internal", "scripted-alone");
}

TEST_F(MisbehavingPlugin, ManyAtOnceHarmNobodyElse) {
  for (int i = 0; i < 12; ++i) {
    const std::string number = std::to_string(i);
    write("in/good" + number + ".script", "body good " + number + "\n");
    write("in/bad" + number + ".alone", "crash" + std::string("\n\0\1\2\3", 5) + number);
  }
  const Finished run = add({"in", "--plugin", fixtures(), "-j", "4"});
  EXPECT_EQ(run.exit_code, 3) << run.err;
  EXPECT_THAT(run.out, HasSubstr("\nadded 14, updated 0, unchanged 0, duplicate 0, failed 12, "));
  EXPECT_THAT(run.out, ::testing::StartsWith("failed by converter: scripted-alone 12\n"));
  // A line each, and one for the converter that is left out from the fifth on.
  EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 13) << run.err;
  expect_consistent();
}

TEST_F(MisbehavingPlugin, ThatKeepsCrashingIsLeftOutAndCanBeTakenBack) {
  for (int i = 0; i < 4; ++i) {
    // What is no text is nobody else's.
    write("in/m" + std::to_string(i) + ".alone", "crash" + std::string("\n\0\1\2\3", 5));
  }
  write("in/n.alone", "body good" + std::string("\0\1\2\3\4\5\6\n", 8));
  write("kb/.sluice/config.toml", "[limits.scripted-alone]\nquarantine_after = 2\n");
  const std::vector<std::string> arguments = {"in", "--json", "--plugin", fixtures(), "-j", "3"};
  const Finished run = add(arguments);
  EXPECT_EQ(run.exit_code, 3);
  int said = 0;
  for (const Json& doc : objects(run.out, "doc")) {
    for (const Json& warning : doc["warnings"]) said += warning["code"] == "quarantine" ? 1 : 0;
    if (doc["source"] != "in/n.alone") continue;
    expect_failure(doc, "crashed", "scripted-alone");
    EXPECT_THAT(doc["message"].get<std::string>(), HasSubstr("in quarantine"));
    EXPECT_THAT(doc["hint"].get<std::string>(), HasSubstr("[limits.scripted-alone]"));
  }
  EXPECT_EQ(said, 1) << run.out;
  const Json summary = objects(run.out, "summary").at(0);
  EXPECT_EQ(summary["failed_by_converter"],
            Json::parse(R"([{"converter":"scripted-alone","failed":5}])"));
  expect_consistent();
  // As the hint says:
  write("kb/.sluice/config.toml", "[limits.scripted-alone]\nquarantine_after = 0\n");
  const Finished again = add(arguments);
  EXPECT_EQ(objects(again.out, "summary").at(0)["added"], 1) << again.out;
}

TEST_F(MisbehavingPlugin, AHintNamesTheKeyThatHelps) {
  write("kb/.sluice/config.toml", "[limits.scripted-alone]\noutput = \"4MiB\"\n");
  const Json doc = outcome_of("m.alone", "endless-output");
  expect_failure(doc, "limit", "scripted-alone");
  EXPECT_THAT(doc["hint"].get<std::string>(), HasSubstr("raise output in [limits.scripted-alone]"));
}

TEST_F(MisbehavingPlugin, ALimitForAConverterThatIsNotThereIsSaid) {
  write("kb/.sluice/config.toml", "[limits.htmk]\noutput = \"4MiB\"\n");
  const Finished run = add({"in"});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.err, HasSubstr("did you mean \"html\"?"));
}

}  // namespace
}  // namespace sluice::test
