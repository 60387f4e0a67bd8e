#include "cli/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/values.h"
#include "cli_world.h"
#include "kit/paths.h"
#include "platform/error.h"
#include "platform/process.h"

namespace sluice::cli {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ConfigTest : public ::testing::Test {
 protected:
  Config load(const std::vector<std::string>& words = {"add", "x"},
              const std::optional<std::string>& kb = std::nullopt) {
    return Config::load(files_, std::get<Args>(parse_args(words)), world_.io(), kb);
  }
  static std::string origin(const Config& config, const std::string& path) {
    for (const Setting& setting : config.values()) {
      if (setting.key->path() == path) return setting.origin;
    }
    return "none";
  }

  // The warning about a KB with this configuration; empty if all of it is taken.
  std::string refusal_of_kb(const std::string& text) {
    world_.err.str("");
    load({"list"}, world_.make_kb_state(text));
    return world_.err.str();
  }
  std::string in_effect(const Config& config, const std::string& path) {
    for (const Setting& setting : config.values()) {
      if (setting.key->path() == path) return toml_text(*setting.key, setting.value);
    }
    return "none";
  }
  void set_of_user(const std::string& text) {
    world_.write("home/.config/sluice/config.toml", text);
  }

  World world_;
  platform::Files files_;
};

// What a file's error says, with its next step.
std::string refusal(const std::string& text) {
  try {
    parse_config(text, "/c.toml");
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
    return std::string(error.what()) + " | " + error.next();
  }
  return "";
}

TEST_F(ConfigTest, BuiltInDefaultsAreThoseOfTheLimits) {
  const Config config = load();
  EXPECT_EQ(config.settings().limits.memory, Limits().memory);
  EXPECT_EQ(config.settings().limits.wall_time, Limits().wall_time);
  EXPECT_EQ(config.settings().limits.assets, Limits().assets);
  EXPECT_EQ(origin(config, "limits.memory"), "built-in");
}

TEST_F(ConfigTest, NoJobsMeansEveryCore) {
  EXPECT_EQ(load().settings().jobs, platform::processor_count());
}

TEST_F(ConfigTest, EachLayerIsStrongerThanTheOneBefore) {
  world_.write("home/.config/sluice/config.toml", "[ingest]\njobs = 4\n");
  EXPECT_EQ(load().settings().jobs, 4U);
  const std::string kb = world_.make_kb_state("[ingest]\njobs = 3\n");
  EXPECT_EQ(load({"list"}, kb).settings().jobs, 3U);
  world_.env["SLUICE_INGEST_JOBS"] = "4";
  EXPECT_EQ(load({"list"}, kb).settings().jobs, 4U);
  EXPECT_EQ(load({"list", "-j5"}, kb).settings().jobs, 5U);
}

TEST_F(ConfigTest, OriginNamesFileAndLine) {
  const std::string kb = world_.make_kb_state("\n[limits]\nmemory = \"1GiB\"\n");
  const Config config = load({"list"}, kb);
  EXPECT_EQ(config.settings().limits.memory, 1ULL << 30);
  EXPECT_EQ(origin(config, "limits.memory"), kb + "/.sluice/config.toml:3");
}

TEST_F(ConfigTest, OriginNamesVariableAndFlag) {
  world_.env["SLUICE_LIMITS_TIMEOUT"] = "7";
  EXPECT_EQ(origin(load({"list"}), "limits.timeout"), "SLUICE_LIMITS_TIMEOUT");
  const Config config = load({"add", "x", "--timeout", "9"});
  EXPECT_EQ(origin(config, "limits.timeout"), "--timeout");
  EXPECT_EQ(config.settings().limits.wall_time, std::chrono::seconds(9));
}

TEST_F(ConfigTest, AConverterMayHaveLimitsOfItsOwn) {
  const std::string kb = world_.make_kb_state(
      "[limits]\nmemory = \"1GiB\"\n[limits.pdf]\nmemory = \"2GiB\"\ntimeout = 9\n");
  const Config config = load({"list"}, kb);
  ASSERT_EQ(config.settings().converter_limits.size(), 1U);
  const Limits& own = config.settings().converter_limits.at("pdf");
  EXPECT_EQ(own.memory, 2ULL << 30);
  EXPECT_EQ(own.wall_time, std::chrono::seconds(9));
  EXPECT_EQ(own.assets, Limits().assets);
  EXPECT_EQ(config.settings().limits.memory, 1ULL << 30);
  ASSERT_EQ(config.converter_limits().size(), 2U);
  EXPECT_EQ(config.converter_limits()[1].path(), "limits.pdf.memory");
  EXPECT_EQ(config.converter_limits()[1].setting.origin, kb + "/.sluice/config.toml:4");
}

TEST_F(ConfigTest, AStrongerLayersGeneralLimitBeatsAConvertersOwn) {
  world_.write("home/.config/sluice/config.toml",
               "[limits.pdf]\nmemory = \"3GiB\"\ntimeout = 900\n");
  const std::string kb = world_.make_kb_state("[limits]\nmemory = \"1GiB\"\n");
  const Config by_file = load({"add", "x"}, kb);
  EXPECT_EQ(by_file.settings().converter_limits.at("pdf").memory, 1ULL << 30);
  EXPECT_EQ(by_file.settings().converter_limits.at("pdf").wall_time, std::chrono::seconds(900));
  const Config by_flag = load({"add", "x", "--timeout", "9"}, kb);
  EXPECT_TRUE(by_flag.settings().converter_limits.empty());
  world_.env["SLUICE_LIMITS_TIMEOUT"] = "8";
  EXPECT_TRUE(load({"add", "x"}, kb).settings().converter_limits.empty());
}

TEST_F(ConfigTest, AStrongerFilesConverterLimitBeatsAWeakerOnes) {
  world_.write("home/.config/sluice/config.toml", "[limits.pdf]\nmemory = \"3GiB\"\nassets = 1\n");
  const std::string kb = world_.make_kb_state("[limits.pdf]\nmemory = \"1GiB\"\n");
  const Config config = load({"list"}, kb);
  EXPECT_EQ(config.settings().converter_limits.at("pdf").memory, 1ULL << 30);
  EXPECT_EQ(config.settings().converter_limits.at("pdf").assets, 1U);
}

TEST_F(ConfigTest, AMistypedLimitOfAConverterIsToldItsNearest) {
  EXPECT_THAT(refusal("[limits.pdf]\nmemroy = \"1GiB\"\n"),
              AllOf(HasSubstr("/c.toml:2"), HasSubstr("[limits.pdf]"), HasSubstr("\"memory\"")));
  EXPECT_THAT(refusal("[limits.pdf]\nmemory = \"1KiB\"\n"), HasSubstr("from 64MiB to 1TiB"));
}

TEST_F(ConfigTest, TheLimitOnSourcesIsNoConverters) {
  EXPECT_THAT(refusal("[limits.pdf]\nsource = \"1GiB\"\n"), HasSubstr("source"));
}

TEST_F(ConfigTest, ATableUnderTheNameOfALimitIsNoConverter) {
  EXPECT_THAT(refusal("[limits.memory]\nassets = 1\n"), HasSubstr("\"memory\" is a table"));
}

TEST_F(ConfigTest, XdgConfigHomeIsHeeded) {
  world_.env["XDG_CONFIG_HOME"] = world_.path("xdg");
  world_.write("xdg/sluice/config.toml", "[output]\nfront_matter = false\n");
  EXPECT_FALSE(load().settings().front_matter);
}

TEST_F(ConfigTest, FileMayBeASymlink) {
  world_.write("dotfiles/sluice.toml", "[ingest]\njobs = 6\n");
  std::filesystem::create_directories(world_.path("home/.config/sluice"));
  std::filesystem::create_symlink(world_.path("dotfiles/sluice.toml"),
                                  world_.path("home/.config/sluice/config.toml"));
  EXPECT_EQ(load().settings().jobs, 6U);
}

TEST_F(ConfigTest, VariableThatDoesNotFitIsRefused) {
  world_.env["SLUICE_LIMITS_MEMORY"] = "lots";
  try {
    load();
    FAIL() << "it was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
    EXPECT_THAT(error.what(), HasSubstr("SLUICE_LIMITS_MEMORY"));
    EXPECT_THAT(error.next(), HasSubstr("\"2GiB\""));
  }
}

TEST_F(ConfigTest, AVariableOfATableThatIsNoSettingIsRefused) {
  world_.env["SLUICE_QUEUE"] = "postgresql://host/database";  // of no table
  load();
  world_.env["SLUICE_LIMITS_MEMRY"] = "1GiB";
  try {
    load();
    FAIL() << "it was ignored";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
    EXPECT_THAT(error.what(), HasSubstr("SLUICE_LIMITS_MEMRY"));
    EXPECT_THAT(error.next(), HasSubstr("SLUICE_LIMITS_MEMORY"));
  }
}

TEST_F(ConfigTest, ListsInVariablesAreSeparatedByColons) {
  world_.env["SLUICE_PLUGINS_ALLOW"] = "a:b";
  EXPECT_THAT(load().settings().policy.allow, ElementsAre("a", "b"));
}

TEST_F(ConfigTest, FractionsOfASecondAreKept) {
  EXPECT_EQ(load({"list", "--lock-timeout", "0.25"}).settings().lock_timeout,
            std::chrono::milliseconds(250));
}

TEST_F(ConfigTest, StrongerFileSetsOnePluginOptionAndLeavesTheOthers) {
  world_.write("home/.config/sluice/config.toml", "[plugin.\"p\"]\na = 1\nb = 1\n");
  const Config config = load({"list"}, world_.make_kb_state("[plugin.\"p\"]\na = 2\n"));
  ASSERT_EQ(config.plugin_options().size(), 2U);
  for (const PluginOption& option : config.plugin_options()) {
    EXPECT_EQ(option.value.integer, option.name == "a" ? 2 : 1);
  }
}

TEST_F(ConfigTest, PluginsAreLookedForInOrder) {
  world_.env["SLUICE_PLUGIN_PATH"] = "rel:/abs";
  world_.env["XDG_DATA_HOME"] = "/data";
  world_.write("home/.config/sluice/config.toml", "[plugins]\npaths = [\"mine\"]\n");
  std::vector<std::string> paths;
  const Config config = load({"plugin", "list", "--plugin", "flag"});
  for (const auto& path : config.search_paths()) paths.push_back(path.path);
  ASSERT_EQ(paths.size(), 7U);
  paths.pop_back();  // the installation's
  EXPECT_THAT(paths, ElementsAre(world_.work() + "/flag", world_.work() + "/rel", "/abs",
                                 world_.path("home/.config/sluice/mine"), "/data/sluice/plugins",
                                 world_.path("home/.local/lib/sluice/plugins")));
}

// --- a knowledge base may come from somebody else ---

// A value of every key that would weaken what the user has set, and one that would not. A new key
// is missing here until somebody has thought about it.
struct KbValue {
  std::string_view path;
  std::string_view user;
  std::string_view weaker;  // empty: nothing weakens it
  std::string_view allowed;
};
constexpr KbValue kKbValues[] = {
    {"ingest.jobs", "2", "3", "1"},
    {"ingest.hidden", "false", "true", "false"},
    {"ingest.ignore_files", "true", "false", "true"},
    {"ingest.ignore", "[\"*.log\"]", "[\"*.log\", \"!a.log\"]", "[\"*.tmp\", \"*.log\"]"},
    {"ingest.globs", "[\"*.md\"]", "[\"*.pdf\"]", ""},
    {"ingest.lock_timeout", "10", "11", "9"},
    {"sync.roots", "[\"/a\"]", "", "[\"/b\"]"},
    {"sync.urls", "false", "true", "false"},
    {"sandbox.level", "\"best-effort\"", "\"off\"", "\"required\""},
    {"limits.timeout", "10", "10.5", "9.5"},
    {"limits.cpu_time", "10", "11", "9"},
    {"sandbox.documents_per_process", "2", "3", "1"},
    {"limits.load_time", "10", "11", "9"},
    {"limits.memory", "\"1GiB\"", "\"1025MiB\"", "\"1023MiB\""},
    {"limits.output", "\"1GiB\"", "\"1TiB\"", "\"1MiB\""},
    {"limits.assets", "10", "11", "0"},
    {"limits.scratch", "\"1GiB\"", "\"2GiB\"", "\"0B\""},
    {"limits.quarantine_after", "3", "0", "1"},
    {"limits.source", "\"1GiB\"", "\"2GiB\"", "\"1MiB\""},
    {"limits.tree_depth", "3", "4", "0"},
    {"limits.tree_documents", "10", "11", "0"},
    {"limits.tree_bytes", "\"1GiB\"", "\"2GiB\"", "\"1MiB\""},
    {"limits.tree_ratio", "10", "11", "1"},
    {"limits.tree_time", "10", "11", "9"},
    {"plugins.paths", "[]", "[\"mine\"]", "[]"},
    {"plugins.allow", "[\"a\", \"b\"]", "[\"a\", \"c\"]", "[\"a\"]"},
    {"plugins.deny", "[\"a\"]", "[\"b\"]", "[\"b\", \"a\"]"},
    {"plugins.order", "[\"a\"]", "", "[\"b\"]"},
    {"plugins.locked", "true", "false", "true"},
    {"output.front_matter", "true", "", "false"},
    {"output.raw_children", "true", "", "false"},
    {"output.layout", "\"flat\"", "", "\"mirror\""},
    {"output.index", "false", "", "true"},
    {"output.sections", "false", "", "true"},
    {"output.on_edit", "\"keep\"", "", "\"merge\""},
    {"fetch.allow", "[\"a.test\"]", "[\"b.test\"]", "[]"},
    {"fetch.robots", "true", "false", "true"},
    {"fetch.size", "\"1GiB\"", "\"2GiB\"", "\"1MiB\""},
    {"fetch.timeout", "10", "11", "9"},
    {"fetch.connect_timeout", "10", "11", "9"},
    {"fetch.idle_timeout", "10", "11", "9"},
    {"fetch.redirects", "5", "6", "0"},
    {"fetch.pause", "1", "0.5", "2"},
    {"fetch.pictures", "false", "true", "false"},
    {"fetch.picture_count", "10", "11", "9"},
    {"fetch.picture_size", "\"1GiB\"", "\"2GiB\"", "\"1MiB\""},
    {"fetch.certificates", "[\"/a.pem\"]", "[\"/b.pem\"]", "[]"},
    {"hooks.run", "[]", "[\"rm -r ~\"]", "[]"},
    {"hooks.timeout", "10", "11", "9"},
    {"hooks.trust", "[\"/kb\"]", "[\"/other\"]", "[]"},
};

std::string as_toml(std::string_view path, std::string_view value) {
  const std::size_t dot = path.find('.');
  return "[" + std::string(path.substr(0, dot)) + "]\n" + std::string(path.substr(dot + 1)) +
         " = " + std::string(value) + "\n";
}

TEST_F(ConfigTest, AKnowledgeBaseStrengthensEveryKeyAndWeakensNone) {
  for (const Key& key : all_keys()) {
    const auto values = std::find_if(std::begin(kKbValues), std::end(kKbValues),
                                     [&](const KbValue& one) { return one.path == key.path(); });
    ASSERT_NE(values, std::end(kKbValues)) << key.path() << ": may a knowledge base set it?";
    SCOPED_TRACE(key.path());
    set_of_user(as_toml(values->path, values->user));
    const std::string of_user = in_effect(load(), key.path());
    if (!values->weaker.empty()) {
      const std::string kb = world_.make_kb_state(as_toml(values->path, values->weaker));
      world_.err.str("");
      EXPECT_EQ(in_effect(load({"list"}, kb), key.path()), of_user);
      EXPECT_THAT(world_.err.str(), AllOf(HasSubstr("warning"), HasSubstr(key.path()),
                                          HasSubstr(of_user), HasSubstr("/.sluice/config.toml:2")));
    }
    if (!values->allowed.empty()) {
      const std::string kb = world_.make_kb_state(as_toml(values->path, values->allowed));
      world_.err.str("");
      const Config config = load({"list"}, kb);
      EXPECT_EQ(origin(config, key.path()), kb + "/.sluice/config.toml:2");
      EXPECT_EQ(world_.err.str(), "");
    }
  }
}

// Whatever numbers: what is in effect is never weaker than what the user has.
TEST_F(ConfigTest, NoNumberOfAKnowledgeBaseWeakens) {
  for (const Key& key : all_keys()) {
    if (key.type != Key::Type::kInteger && key.type != Key::Type::kSeconds) continue;
    const bool seconds = key.type == Key::Type::kSeconds;
    for (const std::uint64_t user : {key.minimum, key.minimum + 2000, key.maximum / 2}) {
      for (const std::uint64_t of_kb : {key.minimum, key.minimum + 1000, key.maximum}) {
        const auto text = [&](std::uint64_t n) {
          return seconds ? format_seconds(n) : std::to_string(std::min(n, key.maximum));
        };
        if (user > key.maximum || of_kb > key.maximum) continue;
        set_of_user(as_toml(key.path(), text(user)));
        const Config alone = load();
        const Config both = load({"list"}, world_.make_kb_state(as_toml(key.path(), text(of_kb))));
        for (std::size_t i = 0; i < alone.values().size(); ++i) {
          EXPECT_FALSE(alone.values()[i].key == &key &&
                       key.weakens(alone.values()[i].value, both.values()[i].value))
              << key.path() << " " << text(user) << " " << text(of_kb);
        }
      }
    }
  }
}

TEST_F(ConfigTest, AGeneralLimitOfAKnowledgeBaseLiftsNoConvertersOwn) {
  set_of_user("[limits]\nmemory = \"2GiB\"\n[limits.pdf]\nmemory = \"256MiB\"\n");
  const Config config = load({"list"}, world_.make_kb_state("[limits]\nmemory = \"1GiB\"\n"));
  EXPECT_EQ(config.settings().limits.memory, 1ULL << 30);
  EXPECT_EQ(config.settings().converter_limits.at("pdf").memory, 256ULL << 20);
  EXPECT_THAT(refusal_of_kb("[limits.pdf]\nmemory = \"512MiB\"\n"),
              AllOf(HasSubstr("limits.pdf.memory"), HasSubstr("256MiB")));
  EXPECT_THAT(refusal_of_kb("[limits.html]\nmemory = \"3GiB\"\n"),
              AllOf(HasSubstr("limits.html.memory"), HasSubstr("2GiB")));
}

TEST_F(ConfigTest, GlobsOfAKnowledgeBaseAddNothingToThoseOfTheCommandLine) {
  const std::string kb = world_.make_kb_state("[ingest]\nglobs = [\"private/**\"]\n");
  EXPECT_THAT(load({"add", "x"}, kb).settings().globs, ElementsAre("private/**"));
  EXPECT_THAT(load({"add", "x", "-g", "*.md"}, kb).settings().globs, testing::IsEmpty());
  EXPECT_THAT(world_.err.str(), HasSubstr("ingest.globs"));
}

TEST_F(ConfigTest, WhatAKnowledgeBaseMayNotSetIsQuietWithQuiet) {
  load({"list", "-q"}, world_.make_kb_state("[ingest]\nhidden = true\n"));
  EXPECT_EQ(world_.err.str(), "");
}

TEST_F(ConfigTest, TheFileOfAKnowledgeBaseIsNoLink) {
  world_.write("other.toml", "[ingest]\njobs = 1\n");
  const std::string kb = world_.make_kb_state("");
  std::filesystem::remove(kb + "/.sluice/config.toml");
  std::filesystem::create_symlink(world_.path("other.toml"), kb + "/.sluice/config.toml");
  EXPECT_THROW(load({"list"}, kb), Error);
  std::filesystem::remove(kb + "/.sluice/config.toml");
  std::filesystem::create_hard_link(world_.path("other.toml"), kb + "/.sluice/config.toml");
  EXPECT_THROW(load({"list"}, kb), Error);
}

TEST_F(ConfigTest, AUserMaySetTheSandboxLevelAnywhereElse) {
  EXPECT_EQ(load().settings().sandbox, SandboxLevel::kBestEffort);
  world_.write("home/.config/sluice/config.toml", "[sandbox]\nlevel = \"off\"\n");
  EXPECT_EQ(load().settings().sandbox, SandboxLevel::kOff);
  world_.env["SLUICE_SANDBOX_LEVEL"] = "required";
  EXPECT_EQ(load().settings().sandbox, SandboxLevel::kRequired);
}

TEST_F(ConfigTest, AWordThatAKeyDoesNotKnowIsAnError) {
  EXPECT_THAT(refusal("[sandbox]\nlevel = \"strong\"\n"),
              HasSubstr("one of \"required\", \"best-effort\", \"off\""));
  EXPECT_THAT(refusal("[sandbox]\nlevel = true\n"), HasSubstr("one of"));
  world_.env["SLUICE_SANDBOX_LEVEL"] = "strong";
  EXPECT_THROW(load(), Error);
}

TEST_F(ConfigTest, KbIsTheNearestParent) {
  world_.write("work/.sluice/config.toml", "");
  Io io = world_.io();
  io.working_directory = world_.work() + "/a/b";
  std::filesystem::create_directories(io.working_directory);
  const Args args = std::get<Args>(parse_args({"list"}));
  EXPECT_EQ(find_kb(files_, args, io), world_.work());
}

TEST_F(ConfigTest, KbOfTheFlagComesBeforeTheVariable) {
  const std::string kb = world_.make_kb_state("");
  world_.env["SLUICE_KB"] = "/nowhere";
  EXPECT_EQ(find_kb(files_, std::get<Args>(parse_args({"list", "-C", "../kb"})), world_.io()), kb);
}

TEST_F(ConfigTest, VariableThatNamesNoKbIsRefused) {
  world_.env["SLUICE_KB"] = world_.work();
  try {
    find_kb(files_, std::get<Args>(parse_args({"list"})), world_.io());
    FAIL() << "it was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kNoKb);
    EXPECT_THAT(error.what(), HasSubstr("SLUICE_KB"));
  }
}

TEST_F(ConfigTest, WithoutAKbThereIsNone) {
  EXPECT_EQ(find_kb(files_, std::get<Args>(parse_args({"list"})), world_.io()), std::nullopt);
}

TEST(ConfigFile, UnknownKeyNamesLineAndNearest) {
  EXPECT_THAT(refusal("[limits]\nmemori = \"1GiB\"\n"),
              AllOf(HasSubstr("/c.toml:2"), HasSubstr("unknown key \"memori\" in [limits]"),
                    HasSubstr("did you mean \"memory\"?")));
}
TEST(ConfigFile, UnknownTableNamesTheNearest) {
  EXPECT_THAT(refusal("[limit]\n"), HasSubstr("did you mean \"limits\"?"));
}
TEST(ConfigFile, TablesThatAreNotDueAreUnknown) {
  EXPECT_THAT(refusal("[search]\nallow = []\n"), HasSubstr("unknown key \"search\""));
}
TEST(ConfigFile, SizeWithoutAUnitIsRefused) {
  EXPECT_THAT(refusal("[limits]\nmemory = 1000\n"), HasSubstr("make it a size"));
}
TEST(ConfigFile, ValueOutOfRangeIsRefused) {
  EXPECT_THAT(refusal("[ingest]\njobs = -1\n"),
              AllOf(HasSubstr("/c.toml:2"), HasSubstr("0 to 1024")));
  EXPECT_THAT(refusal("[limits]\nmemory = \"1MiB\"\n"), HasSubstr("64MiB"));
}
TEST(ConfigFile, WrongTypeIsRefused) {
  EXPECT_THAT(refusal("[ingest]\nhidden = 1\n"), HasSubstr("true or false"));
  EXPECT_THAT(refusal("[plugins]\nallow = \"a\"\n"), HasSubstr("make it a list"));
  EXPECT_THAT(refusal("ingest = 3\n"), HasSubstr("make it a table"));
}
TEST(ConfigFile, SecondsMayHaveDecimals) {
  const ConfigFile file = parse_config("[ingest]\nlock_timeout = 0.5\n", "/c.toml");
  EXPECT_EQ(std::get<std::uint64_t>(file.values.at(0).value), 500U);
}
TEST(ConfigFile, NotANumberIsRefused) {
  EXPECT_NE(refusal("[ingest]\nlock_timeout = nan\n"), "");
  EXPECT_NE(refusal("[ingest]\nlock_timeout = inf\n"), "");
}

TEST(CommentedConfig, SaysNothingAsItStands) {
  EXPECT_TRUE(parse_config(commented_config(), "/c.toml").values.empty());
}

// Uncommented, every key is accepted and has its default.
TEST(CommentedConfig, ShowsEveryKeyWithItsDefault) {
  std::istringstream lines(commented_config());
  std::string text;
  for (std::string line; std::getline(lines, line) && !line.starts_with("#[plugin");) {
    const bool is_key = line.size() > 1 && line[0] == '#' && line[1] != ' ';
    text += (is_key ? line.substr(1) : line) + "\n";
  }
  const ConfigFile file = parse_config(text, "/c.toml");
  ASSERT_EQ(file.values.size(), all_keys().size());
  for (const Setting& setting : file.values) {
    EXPECT_EQ(setting.value, setting.key->default_value) << setting.key->path();
  }
}

TEST(CommentedConfig, IsTheInstalledDefault) {
  std::ifstream file(test::project_folder() + "/config/default.toml");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(text, commented_config());
}

}  // namespace
}  // namespace sluice::cli
