// plugin list, info, why; config show, check; doctor; and what run() makes of errors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli_world.h"
#include "platform/sha256.h"

namespace sluice::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class CommandsTest : public ::testing::Test {
 protected:
  CommandsTest() { world_.env["SLUICE_PLUGIN_PATH"] = world_.path("plugins"); }

  void add_plugin(const std::string& id, const std::string& more = "") {
    world_.add_plugin("plugins/" + id, {.id = id, .converter = id, .more = more});
  }
  int run(const std::vector<std::string>& words) { return world_.run(words); }
  std::string out() const { return world_.out.str(); }
  std::string err() const { return world_.err.str(); }
  // The JSON lines of a type.
  std::vector<nlohmann::json> lines(const std::string& type) const {
    std::vector<nlohmann::json> found;
    std::istringstream stream(out());
    for (std::string line; std::getline(stream, line);) {
      auto json = nlohmann::json::parse(line);
      EXPECT_EQ(json["v"], 1);
      if (json["type"] == type) found.push_back(std::move(json));
    }
    return found;
  }

  World world_;
};

TEST_F(CommandsTest, PluginListShowsIdVersionAndExtensions) {
  EXPECT_EQ(run({"plugin", "list"}), 0);
  EXPECT_THAT(out(), AllOf(HasSubstr("text"), HasSubstr("1.0.0"), HasSubstr("txt")));
  EXPECT_EQ(err(), "");
}

TEST_F(CommandsTest, PluginListShowsARefusedPluginWithItsReason) {
  world_.write("plugins/bad/plugin.toml", "[plugin]\nidd = 1\n");
  EXPECT_EQ(run({"plugin", "list"}), 0);
  EXPECT_THAT(out(),
              AllOf(HasSubstr("refused"), HasSubstr("plugins/bad"), HasSubstr("plugin.toml")));
}

TEST_F(CommandsTest, PluginListShowsALibraryWithTheWrongHash) {
  add_plugin("alpha");
  world_.write("plugins/alpha/example.so", "changed");
  EXPECT_EQ(run({"plugin", "list"}), 0);
  EXPECT_THAT(out(), AllOf(HasSubstr("refused"), HasSubstr("SHA-256")));
}

TEST_F(CommandsTest, PluginListAsJsonHasOneObjectAPlugin) {
  add_plugin("alpha");
  world_.write("plugins/bad/plugin.toml", "nonsense");
  EXPECT_EQ(run({"plugin", "list", "--json"}), 0);
  bool alpha = false;
  bool bad = false;
  for (const auto& plugin : lines("plugin")) {
    if (plugin["id"] == "text") {
      EXPECT_EQ(plugin["state"], "ok");
    }
    if (plugin["id"] == "alpha") {
      alpha = true;
      EXPECT_EQ(plugin["state"], "refused") << "its library is none";
      EXPECT_EQ(plugin["pinned"], nullptr);
      EXPECT_EQ(plugin["converters"][0]["extensions"][0], "exa");
    }
    if (plugin["folder"] == world_.path("plugins/bad")) {
      bad = true;
      EXPECT_EQ(plugin["state"], "refused");
    }
  }
  EXPECT_TRUE(alpha && bad);
}

TEST_F(CommandsTest, PluginInfoShowsOptions) {
  add_plugin("alpha",
             "[converter.options.wrap]\ntype = \"integer\"\ndefault = 80\n"
             "minimum = 20\ndescription = \"columns of text\"\n");
  EXPECT_EQ(run({"plugin", "info", "alpha"}), 0);
  EXPECT_THAT(out(), AllOf(HasSubstr("wrap"), HasSubstr("80"), HasSubstr("columns of text")));
}

TEST_F(CommandsTest, PluginInfoOfAnUnknownIdNamesTheNearest) {
  add_plugin("alpha");
  EXPECT_EQ(run({"plugin", "info", "alhpa"}), 1);
  EXPECT_THAT(err(), HasSubstr("did you mean \"alpha\"?"));
}

TEST_F(CommandsTest, PluginInfoOfARefusedPluginSaysWhy) {
  world_.add_plugin("plugins/x", {.id = "future", .abi = "9.0"});
  EXPECT_EQ(run({"plugin", "info", "future"}), 1);
  EXPECT_THAT(err(), HasSubstr("ABI 9.0"));
}

TEST_F(CommandsTest, PluginWhyNamesTypeConverterAndReason) {
  add_plugin("alpha");
  world_.write("work/note.exa", "hello\n");
  EXPECT_EQ(run({"plugin", "why", "note.exa"}), 0);
  EXPECT_THAT(out(), AllOf(StartsWith("note.exa: text/plain"), HasSubstr("gets"),
                           HasSubstr("alpha"), HasSubstr("extension .exa")));
}

TEST_F(CommandsTest, PluginWhyOfAFileThatNobodyTakesFails) {
  world_.write("work/a.flac", std::string("fLaC\0\0\0\x22", 8));
  EXPECT_EQ(run({"plugin", "why", "a.flac"}), 1);
  EXPECT_THAT(err(), HasSubstr("no converter takes audio/flac"));
}

TEST_F(CommandsTest, PluginWhyOfAMissingFileFails) {
  EXPECT_EQ(run({"plugin", "why", "none"}), 1);
  EXPECT_THAT(err(), HasSubstr("there is no such file"));
}

TEST_F(CommandsTest, PluginWhyOfADirectoryFails) {
  EXPECT_EQ(run({"plugin", "why", "."}), 1);
  EXPECT_THAT(err(), HasSubstr("sluice: cannot read"));
}

TEST_F(CommandsTest, PluginWhyMakesAHostileNameHarmless) {
  add_plugin("alpha");
  world_.write("work/a\x1b[2J.exa", "x");
  EXPECT_EQ(run({"plugin", "why", "a\x1b[2J.exa"}), 0);
  EXPECT_THAT(out(), AllOf(HasSubstr("a\\x1b[2J.exa"), Not(HasSubstr("\x1b"))));
}

TEST_F(CommandsTest, PluginWhyAsJsonListsTheCandidates) {
  add_plugin("alpha");
  world_.write("work/note.exa", "hello\n");
  EXPECT_EQ(run({"--json", "plugin", "why", "note.exa"}), 0);
  ASSERT_EQ(lines("why").size(), 1U);
  EXPECT_EQ(lines("why")[0]["candidates"][0]["converter"], "alpha");
}

TEST_F(CommandsTest, ConfigShowNamesEachOrigin) {
  const std::string kb = world_.make_kb_state("[limits]\nassets = 5\n");
  EXPECT_EQ(run({"config", "show", "-C", kb}), 0);
  EXPECT_THAT(out(), AllOf(HasSubstr("assets = 5"), HasSubstr("/.sluice/config.toml:2"),
                           HasSubstr("# built-in")));
}

TEST_F(CommandsTest, ConfigShowAsJsonHasTypedValues) {
  world_.env["SLUICE_LIMITS_MEMORY"] = "1GiB";
  EXPECT_EQ(run({"config", "show", "--json"}), 0);
  bool found = false;
  for (const auto& line : lines("config")) {
    if (line["key"] != "limits.memory") continue;
    found = true;
    EXPECT_EQ(line["value"], 1 << 30);
    EXPECT_EQ(line["origin"], "SLUICE_LIMITS_MEMORY");
  }
  EXPECT_TRUE(found);
}

TEST_F(CommandsTest, ConfigShowHasThePluginsOptions) {
  add_plugin("alpha",
             "[converter.options.deep]\ntype = \"boolean\"\ndefault = false\n"
             "description = \"d\"\n");
  const std::string kb = world_.make_kb_state("[plugin.\"alpha\"]\ndeep = true\n");
  EXPECT_EQ(run({"config", "show", "-C", kb}), 0);
  EXPECT_THAT(out(), HasSubstr("plugin.\"alpha\".deep = true"));
}

TEST_F(CommandsTest, ConfigCheckAcceptsAGoodFile) {
  world_.write("work/good.toml", "[ingest]\njobs = 2\n");
  EXPECT_EQ(run({"config", "check", "good.toml"}), 0);
  EXPECT_EQ(out(), "good.toml: ok\n");
}

TEST_F(CommandsTest, ConfigCheckRefusesABadFileWithItsLine) {
  world_.write("work/bad.toml", "[ingest]\n\njbos = 2\n");
  EXPECT_EQ(run({"config", "check", "bad.toml"}), 2);
  EXPECT_THAT(err(), AllOf(HasSubstr("bad.toml:3"), HasSubstr("did you mean \"jobs\"?")));
}

TEST_F(CommandsTest, ConfigCheckRefusesABadPluginOption) {
  add_plugin("alpha");
  world_.write("work/bad.toml", "[plugin.\"alpha\"]\nx = 2\n");
  EXPECT_EQ(run({"config", "check", "bad.toml"}), 2);
  EXPECT_THAT(err(), HasSubstr("has no option \"x\""));
}

TEST_F(CommandsTest, ConfigCheckOfAMissingFileIsRefused) {
  EXPECT_EQ(run({"config", "check", "none.toml"}), 2);
}

TEST_F(CommandsTest, ConfigCheckWithoutAFileChecksThoseInEffect) {
  world_.write("home/.config/sluice/config.toml", "");
  EXPECT_EQ(run({"config", "check"}), 0);
  EXPECT_THAT(out(), HasSubstr("home/.config/sluice/config.toml: ok"));
}

TEST_F(CommandsTest, BrokenConfigurationIsExitCodeTwoForEveryCommand) {
  world_.write("home/.config/sluice/config.toml", "[ingest\n");
  EXPECT_EQ(run({"plugin", "list"}), 2);
  EXPECT_EQ(run({"config", "show"}), 2);
  EXPECT_THAT(err(), HasSubstr("config.toml:1"));
}

TEST_F(CommandsTest, DoctorNamesWhatItFound) {
  add_plugin("alpha");
  run({"doctor"});
  EXPECT_THAT(out(), AllOf(HasSubstr("platform"), HasSubstr("SQLite"), HasSubstr("plugin alpha"),
                           HasSubstr("sandbox")));
}

TEST_F(CommandsTest, DoctorTriesLocksAndFlushesOfTheKbAndLeavesNothing) {
  const std::string kb = world_.make_kb_state("");
  run({"doctor", "--json", "-C", kb});
  const auto found = lines("doctor");
  ASSERT_EQ(found.size(), 1U);
  std::map<std::string, std::string> states;
  for (const auto& check : found[0]["checks"]) states[check["name"]] = check["state"];
  EXPECT_EQ(states["locks"], "ok");
  EXPECT_EQ(states["durability"], "ok");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(kb + "/.sluice"), {}), 1);
}

TEST_F(CommandsTest, DoctorReportsABrokenConfigurationAndFails) {
  world_.write("home/.config/sluice/config.toml", "x = 1\n");
  EXPECT_EQ(run({"doctor"}), 1);
  EXPECT_THAT(out(), AllOf(HasSubstr("failed"), HasSubstr("unknown key \"x\""),
                           HasSubstr("not usable here")));
}

TEST_F(CommandsTest, DoctorWarnsOfARefusedPlugin) {
  world_.write("plugins/bad/plugin.toml", "nonsense");
  run({"doctor"});
  EXPECT_THAT(out(), AllOf(HasSubstr("warning"), HasSubstr("plugins/bad")));
}

TEST_F(CommandsTest, UsageErrorIsTwoLinesAndExitCodeTwo) {
  EXPECT_EQ(run({"lsit"}), 2);
  EXPECT_EQ(out(), "");
  EXPECT_EQ(err(),
            "sluice: cannot understand the command line: unknown command \"lsit\"\n"
            "  try: did you mean \"list\"?\n");
}

TEST_F(CommandsTest, ErrorAsJsonGoesToStandardOutput) {
  EXPECT_EQ(run({"lsit", "--json"}), 2);
  ASSERT_EQ(lines("error").size(), 1U);
  EXPECT_EQ(lines("error")[0]["code"], 2);
}

TEST_F(CommandsTest, CommandThatNeedsAKbSaysThatThereIsNone) {
  EXPECT_EQ(run({"list"}), 10);
  EXPECT_THAT(err(), HasSubstr("sluice init"));
}

TEST_F(CommandsTest, PluginThatIsNamedAndRefusedEndsAConversion) {
  world_.write("work/a.exa", "x");
  world_.write("bad/plugin.toml", "nonsense");
  EXPECT_EQ(run({"convert", "a.exa", "--plugin", "../bad"}), 2);
  EXPECT_THAT(err(), AllOf(HasSubstr("cannot use --plugin"), HasSubstr("plugin.toml:1")));
}

TEST_F(CommandsTest, UnknownConverterNamesTheNearest) {
  add_plugin("alpha");
  world_.write("work/a.exa", "x");
  EXPECT_EQ(run({"convert", "a.exa", "--converter", "alhpa"}), 2);
  EXPECT_THAT(err(), HasSubstr("did you mean \"alpha\"?"));
}

TEST_F(CommandsTest, HelpGoesToStandardOutput) {
  EXPECT_EQ(run({"--help"}), 0);
  EXPECT_THAT(out(), HasSubstr("doctor"));
  EXPECT_EQ(err(), "");
}

TEST_F(CommandsTest, DiagnosticsGoToStandardErrorWithV) {
  EXPECT_EQ(run({"config", "show", "-v"}), 0);
  EXPECT_THAT(err(), HasSubstr("config show"));
  EXPECT_THAT(out(), Not(HasSubstr("sluice I")));
}

TEST_F(CommandsTest, LookingAtBundlesThatIsInterruptedSaysSo) {
  world_.write("work/out/000000000000-0123456789abcdef/bundle.json", "{}");
  for (const char* what : {"check", "show"}) {
    world_.out.str("");
    Io io = world_.io();
    io.interrupted = [] { return true; };
    EXPECT_EQ(cli::run({"bundle", what, "out"}, io), 130);
    EXPECT_THAT(out(), Not(HasSubstr("1 bundle")));
  }
}

TEST_F(CommandsTest, OutputThatIsNotTakenIsAnError) {
  world_.out.setstate(std::ios::badbit);
  EXPECT_EQ(run({"config", "show"}), 1);
  EXPECT_THAT(err(), HasSubstr("standard output does not take them"));
}

}  // namespace
}  // namespace sluice::cli
