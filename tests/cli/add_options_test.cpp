// What the options of sluice add choose: which files, which converter, when to stop.
#include "cli/command_session.h"

namespace sluice::test {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class AddOptions : public CommandSession {
 protected:
  AddOptions() { make_kb(); }

  // The sources of a run with these words, as given.
  std::vector<std::string> sources(const std::vector<std::string>& words) {
    std::vector<std::string> names;
    for (const Json& doc : add_docs(words)) names.push_back(doc["source"]);
    return names;
  }
};

TEST_F(AddOptions, GlobTakesOnlyWhatMatches) {
  for (const char* name : {"in/a.md", "in/b.csv", "in/sub/c.md"}) write(name, name);
  EXPECT_THAT(sources({"-g", "*.md", "in"}), ElementsAre("in/a.md", "in/sub/c.md"));
}

TEST_F(AddOptions, GlobWithAnExclamationMarkExcludes) {
  for (const char* name : {"in/a.md", "in/b.csv", "in/sub/c.md"}) write(name, name);
  EXPECT_THAT(sources({"--glob", "!sub/", "-g", "!*.csv", "in"}), ElementsAre("in/a.md"));
}

TEST_F(AddOptions, AMalformedGlobIsAUsageError) {
  write("in/a.md", "a");
  EXPECT_EQ(run({"-C", "kb", "add", "in", "-g", "[a"}), 2);
  EXPECT_THAT(err_, HasSubstr("[a"));
}

TEST_F(AddOptions, HiddenNamesAreTakenOnlyWhenAsked) {
  for (const char* name : {"in/.secret.md", "in/.d/b.md", "in/c.md"}) write(name, name);
  EXPECT_THAT(sources({"in"}), ElementsAre("in/c.md"));
  EXPECT_THAT(sources({"--hidden", "in"}), ElementsAre("in/.d/b.md", "in/.secret.md", "in/c.md"));
}

TEST_F(AddOptions, IgnoreFilesAreHeededUnlessToldNotTo) {
  for (const char* name : {"in/draft.md", "in/c.md"}) write(name, name);
  write("in/.sluiceignore", "draft*\n");
  EXPECT_THAT(sources({"in"}), ElementsAre("in/c.md"));
  EXPECT_THAT(sources({"in", "--no-ignore"}), ElementsAre("in/c.md", "in/draft.md"));
}

TEST_F(AddOptions, WhatProgramsLeaveIsIgnoredUnlessToldNotTo) {
  for (const char* name : {"in/node_modules/a.md", "in/~$b.md", "in/c.md"}) write(name, name);
  EXPECT_THAT(sources({"in"}), ElementsAre("in/c.md"));
  EXPECT_EQ(objects("summary").at(0)["skipped"], 2);
  EXPECT_THAT(sources({"in", "--no-ignore"}),
              ElementsAre("in/c.md", "in/node_modules/a.md", "in/~$b.md"));
  env_["SLUICE_INGEST_IGNORE"] = "c.md";
  EXPECT_THAT(sources({"in"}), ElementsAre("in/node_modules/a.md", "in/~$b.md"));
}

TEST_F(AddOptions, PathsComeFromAFileALineEach) {
  for (const char* name : {"a.md", "with blank.md"}) write(name, name);
  write("list", "with blank.md\n\na.md\n");
  EXPECT_THAT(sources({"--files-from", "list"}), ElementsAre("with blank.md", "a.md"));
}

TEST_F(AddOptions, PathsComeFromStandardInput) {
  for (const char* name : {"a.md", "b.md"}) write(name, name);
  in_ = "b.md\na.md";
  EXPECT_THAT(sources({"--files-from", "-"}), ElementsAre("b.md", "a.md"));
}

TEST_F(AddOptions, PathsEndedByNulMayHoldNewlines) {
  for (const char* name : {"a\nb.md", "c.md"}) write(name, name);
  in_ = std::string("a\nb.md\0c.md\0", 12);
  EXPECT_THAT(sources({"-0", "--files-from", "-"}), ElementsAre("a%0Ab.md", "c.md"));
}

TEST_F(AddOptions, PathsOfTheListComeBehindThoseGiven) {
  for (const char* name : {"a.md", "b.md"}) write(name, name);
  in_ = "a.md\n";
  EXPECT_THAT(sources({"b.md", "--files-from", "-"}), ElementsAre("b.md", "a.md"));
}

TEST_F(AddOptions, AListThatIsMissingIsAUsageError) {
  EXPECT_EQ(run({"-C", "kb", "add", "--files-from", "nowhere"}), 2);
  EXPECT_THAT(err_, HasSubstr("cannot read the list nowhere"));
}

TEST_F(AddOptions, FailFastStopsAtTheFirstFailure) {
  write("in/a.md", "");
  for (int i = 0; i < 30; ++i) write("in/b" + std::to_string(i) + ".md", std::to_string(i));
  const auto docs = add_docs({"in", "--fail-fast", "-j", "1"});
  ASSERT_EQ(docs.size(), 1U);
  EXPECT_EQ(docs[0]["result"], "failed");
  EXPECT_EQ(run({"-C", "kb", "add", "in", "--fail-fast", "--strict"}), 3);
}

TEST_F(AddOptions, WithoutFailFastTheRestGoesOn) {
  write("in/a.md", "");
  write("in/b.md", "b");
  EXPECT_THAT(sources({"in"}), ElementsAre("in/a.md", "in/b.md"));
}

TEST_F(AddOptions, ConverterIsUsedForEverything) {
  write("a.md", "# A\n");
  const auto docs = add_docs({"a.md", "--converter", "text"});
  ASSERT_EQ(docs.size(), 1U);
  EXPECT_EQ(docs[0]["converter"], "text");
}

TEST_F(AddOptions, PluginIsTakenFromItsFolder) {
  write("a.script", "body from the plugin\n");
  const auto docs = add_docs({"a.script", "--plugin", fixtures() + "/scripted"});
  ASSERT_EQ(docs.size(), 1U);
  EXPECT_EQ(docs[0]["converter"], "scripted");
  EXPECT_EQ(docs[0]["converter_version"], "1.2.3");
  EXPECT_THAT(read("kb/wiki/sources/a.md"), HasSubstr("\nfrom the plugin\n"));
}

TEST_F(AddOptions, PluginIsTakenFromTheVariable) {
  env_["SLUICE_PLUGIN_PATH"] = fixtures();
  write("a.script", "body from the plugin\n");
  ASSERT_EQ(run({"-C", "kb", "add", "a.script"}), 0) << err_;
  EXPECT_THAT(read("kb/wiki/sources/a.md"), HasSubstr("\nfrom the plugin\n"));
}

TEST_F(AddOptions, PluginOptionsComeFromTheConfiguration) {
  write("a.script", "greet\n");
  write("kb/.sluice/config.toml", "[plugin.scripted]\ngreeting = \"good day\"\n");
  ASSERT_EQ(run({"-C", "kb", "add", "a.script", "--plugin", fixtures()}), 0) << err_;
  EXPECT_THAT(read("kb/wiki/sources/a.md"), HasSubstr("good day"));
}

TEST_F(AddOptions, OptionOfTheCommandLineIsStrongerThanTheConfiguration) {
  write("a.script", "greet\n");
  write("kb/.sluice/config.toml", "[plugin.scripted]\ngreeting = \"good day\"\n");
  ASSERT_EQ(run({"-C", "kb", "add", "a.script", "--plugin", fixtures(), "--option",
                 "scripted.greeting=good = night"}),
            0)
      << err_;
  EXPECT_THAT(read("kb/wiki/sources/a.md"), HasSubstr("good = night"));
}

TEST_F(AddOptions, AnOptionThatDoesNotFitSaysWhatWould) {
  write("a.md", "a");
  const auto refused = [&](const std::string& option) {
    EXPECT_EQ(run({"-C", "kb", "add", "a.md", "--option", option}), 2) << option;
    return err_;
  };
  EXPECT_THAT(refused("pdf.page_markers=perhaps"), HasSubstr("make it true or false"));
  EXPECT_THAT(refused("pdf.page_marker=true"), HasSubstr("page_markers"));
  EXPECT_THAT(refused("pdv.page_markers=true"), HasSubstr("pdf"));
  EXPECT_THAT(refused("page_markers"), HasSubstr("CONVERTER.KEY=VALUE"));
}

TEST_F(AddOptions, TimeoutEndsADocumentAndTheRestGoesOn) {
  write("in/a.script", "hang-deaf\n");
  write("in/b.script", "body b\n");
  EXPECT_EQ(run({"-C", "kb", "--progress", "never", "add", "in", "--plugin", fixtures(),
                 "--timeout", "0.3"}),
            3);
  EXPECT_THAT(
      err_, AllOf(StartsWith("failed  in/a.script: timeout (scripted): "), HasSubstr("--timeout")));
  EXPECT_TRUE(exists("kb/raw/b.script"));
}

#ifndef SLUICE_SANITIZED
TEST_F(AddOptions, MemoryLimitEndsADocumentAndTheRestGoesOn) {
  write("in/a.script", "allocate\n");
  write("in/b.script", "body b\n");
  EXPECT_EQ(run({"-C", "kb", "add", "in", "--plugin", fixtures(), "--memory-limit", "128MiB"}), 3);
  EXPECT_THAT(err_, AllOf(StartsWith("failed  in/a.script: out-of-memory (scripted): "),
                          HasSubstr("--memory-limit")));
  EXPECT_TRUE(exists("kb/raw/b.script"));
}
#endif

TEST_F(AddOptions, FrontMatterIsLeftOutWhereConfigured) {
  write("a.md", "# A\n");
  env_["SLUICE_OUTPUT_FRONT_MATTER"] = "false";
  ASSERT_EQ(run({"-C", "kb", "add", "a.md"}), 0) << err_;
  EXPECT_EQ(read("kb/wiki/sources/a.md"), "# A\n");
}

TEST_F(AddOptions, OptionsStandBeforeAndBehindTheCommandAndItsPaths) {
  write("a.md", "a");
  write("b.md", "b");
  EXPECT_EQ(run({"--json", "-C", "kb", "add", "a.md"}), 0) << err_;
  EXPECT_EQ(objects("doc").size(), 1U);
  EXPECT_EQ(run({"add", "b.md", "--json", "-j", "1", "-C", "kb"}), 0) << err_;
  EXPECT_EQ(objects("doc").size(), 1U);
  EXPECT_EQ(objects("run_start").at(0)["jobs"], 1);
}

}  // namespace
}  // namespace sluice::test
