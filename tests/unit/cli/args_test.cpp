#include "cli/args.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/error.h"

namespace sluice::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Args parse(const std::vector<std::string>& words) {
  return std::get<Args>(parse_args(words));
}

template <class Command>
Command command(const std::vector<std::string>& words) {
  return std::get<Command>(parse(words).command);
}

std::string refusal(const std::vector<std::string>& words) {
  try {
    parse_args(words);
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
    return std::string(error.what()) + " | " + error.next();
  }
  return "";
}

TEST(Args, GlobalOptionsStandBeforeTheCommand) {
  const Args args = parse({"--json", "-C", "kb", "-j", "3", "list"});
  EXPECT_TRUE(args.global.json);
  EXPECT_EQ(args.global.kb, "kb");
  EXPECT_EQ(args.global.jobs, 3U);
}

TEST(Args, GlobalOptionsStandBehindTheCommand) {
  const Args args =
      parse({"add", "x", "--json", "-C", "kb", "--jobs=3", "-vv", "--color", "never"});
  EXPECT_TRUE(args.global.json);
  EXPECT_EQ(args.global.kb, "kb");
  EXPECT_EQ(args.global.jobs, 3U);
  EXPECT_EQ(args.global.verbose, 2U);
  EXPECT_EQ(args.global.color, When::kNever);
}

TEST(Args, GlobalOptionsStandBehindASubcommand) {
  EXPECT_TRUE(parse({"plugin", "list", "--json"}).global.json);
}

TEST(Args, AddTakesAllItsOptions) {
  const auto add = command<AddArgs>({"add",
                                     "a",
                                     "b",
                                     "-g",
                                     "*.md",
                                     "-g",
                                     "!x*",
                                     "--no-ignore",
                                     "--hidden",
                                     "--files-from",
                                     "f",
                                     "-0",
                                     "--fail-fast",
                                     "-n",
                                     "--timeout",
                                     "2.5",
                                     "--memory-limit",
                                     "1GiB",
                                     "--converter",
                                     "c"});
  EXPECT_THAT(add.paths, ElementsAre("a", "b"));
  EXPECT_THAT(add.scan.globs, ElementsAre("*.md", "!x*"));
  EXPECT_TRUE(add.scan.no_ignore && add.scan.hidden && add.nul_separated && add.fail_fast && add.dry_run);
  EXPECT_EQ(add.files_from, "f");
  EXPECT_EQ(add.converting.timeout, std::chrono::milliseconds(2500));
  EXPECT_EQ(add.converting.memory_limit, 1ULL << 30);
  EXPECT_EQ(add.converting.converter, "c");
}

TEST(Args, GlobDoesNotSwallowThePaths) {
  EXPECT_THAT(command<AddArgs>({"add", "-g", "*.md", "a"}).paths, ElementsAre("a"));
}

TEST(Args, PathMayHaveTheNameOfACommand) {
  EXPECT_THAT(command<AddArgs>({"add", "list", "add"}).paths, ElementsAre("list", "add"));
}

TEST(Args, PathBehindTwoDashesMayBeginWithADash) {
  EXPECT_THAT(command<AddArgs>({"add", "--", "-x", "--json"}).paths, ElementsAre("-x", "--json"));
}

TEST(Args, ConvertTakesStandardInput) {
  const auto convert =
      command<ConvertArgs>({"convert", "-", "--media-type", "text/html", "--assets", "d"});
  EXPECT_EQ(convert.file, "-");
  EXPECT_EQ(convert.media_type, "text/html");
  EXPECT_EQ(convert.assets_dir, "d");
}

TEST(Args, PluginPathsAreKeptInOrder) {
  EXPECT_THAT(parse({"add", "x", "--plugin", "a", "--plugin", "b"}).plugins, ElementsAre("a", "b"));
  EXPECT_THAT(parse({"plugin", "list", "--plugin", "a"}).plugins, ElementsAre("a"));
  EXPECT_THAT(parse({"--plugin", "a", "convert", "f"}).plugins, ElementsAre("a"));
}

TEST(Args, InitIsHereByDefault) {
  EXPECT_EQ(command<InitArgs>({"init"}).dir, ".");
}

TEST(Args, EveryCommandHasItsName) {
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"init"}, {"list"}, {"status"}, {"recover"}, {"doctor"}}) {
    EXPECT_EQ(command_name(parse(words).command), words[0]);
  }
  EXPECT_EQ(command_name(parse({"plugin", "why", "f"}).command), "plugin why");
  EXPECT_EQ(command_name(parse({"config", "check"}).command), "config check");
  EXPECT_EQ(command_name(parse({"show", "n"}).command), "show");
}

TEST(Args, UnknownCommandNamesTheNearest) {
  EXPECT_THAT(refusal({"ad", "x"}), HasSubstr("did you mean \"add\"?"));
  EXPECT_THAT(refusal({"plugin", "lst"}), HasSubstr("did you mean \"list\"?"));
}

TEST(Args, UnknownOptionNamesTheNearest) {
  EXPECT_THAT(refusal({"add", "x", "--jbos=3"}), HasSubstr("did you mean \"--jobs\"?"));
  EXPECT_THAT(refusal({"add", "x", "--fail-fats"}), HasSubstr("did you mean \"--fail-fast\"?"));
}

TEST(Args, OptionOfAnotherCommandIsRefused) {
  EXPECT_THAT(refusal({"list", "--hidden"}), HasSubstr("unknown option \"--hidden\""));
}

TEST(Args, MissingCommandIsRefused) {
  EXPECT_THAT(refusal({"--json"}), HasSubstr("a command is missing"));
  EXPECT_THAT(refusal({"help", "lisst"}), HasSubstr("unknown command"));
}
TEST(Args, MissingPathIsRefused) {
  EXPECT_THAT(refusal({"add"}), HasSubstr("a path is missing"));
}
TEST(Args, MissingValueIsRefused) {
  EXPECT_THAT(refusal({"list", "--jobs"}), HasSubstr("--jobs"));
}
TEST(Args, ArgumentTooManyIsRefused) {
  EXPECT_THAT(refusal({"list", "x"}), HasSubstr("\"x\" is one argument too many"));
}
TEST(Args, JobsOutOfRangeAreRefused) {
  for (const char* jobs : {"0", "1025", "-1", "many", ""}) {
    EXPECT_THAT(refusal({"list", std::string("--jobs=") + jobs}), HasSubstr("--jobs")) << jobs;
  }
}
TEST(Args, ColorOfUnknownKindIsRefused) {
  EXPECT_THAT(refusal({"list", "--color", "blue"}), HasSubstr("auto, always or never"));
}
TEST(Args, SmallMemoryLimitIsRefused) {
  EXPECT_THAT(refusal({"add", "x", "--memory-limit", "1MiB"}), HasSubstr("at least 64MiB"));
}
TEST(Args, NulSeparationWithoutAListIsRefused) {
  EXPECT_THAT(refusal({"add", "x", "-0"}), HasSubstr("--files-from"));
}
TEST(Args, QuietAndVerboseExcludeEachOther) {
  EXPECT_THAT(refusal({"list", "-q", "-v"}), HasSubstr("exclude each other"));
}

TEST(Args, HelpIsThatOfTheCommand) {
  using Kind = Answer::Kind;
  const auto answer = [](const std::vector<std::string>& words) {
    const auto found = std::get<Answer>(parse_args(words));
    return std::pair(found.kind, found.command);
  };
  EXPECT_EQ(answer({}), std::pair(Kind::kShortHelp, std::string()));
  EXPECT_EQ(answer({"-h"}), std::pair(Kind::kShortHelp, std::string()));
  EXPECT_EQ(answer({"--help"}), std::pair(Kind::kHelp, std::string()));
  EXPECT_EQ(answer({"help"}), std::pair(Kind::kHelp, std::string()));
  EXPECT_EQ(answer({"add", "-h"}), std::pair(Kind::kShortHelp, std::string("add")));
  EXPECT_EQ(answer({"add", "--help"}), std::pair(Kind::kHelp, std::string("add")));
  EXPECT_EQ(answer({"help", "add"}), std::pair(Kind::kHelp, std::string("add")));
  EXPECT_EQ(answer({"help", "rm"}), std::pair(Kind::kHelp, std::string("remove")));
  EXPECT_EQ(answer({"plugin", "-h"}), std::pair(Kind::kShortHelp, std::string("plugin")));
  EXPECT_EQ(answer({"help", "plugin", "why"}), std::pair(Kind::kHelp, std::string("plugin why")));
  EXPECT_EQ(answer({"-V"}), std::pair(Kind::kVersion, std::string()));
  EXPECT_EQ(answer({"--version"}), std::pair(Kind::kVersion, std::string()));
}
TEST(Args, AliasesAreTheirCommands) {
  EXPECT_EQ(command_name(parse({"ls"}).command), "list");
  EXPECT_EQ(command_name(parse({"rm", "x"}).command), "remove");
}
TEST(Args, AnOptionGivenTwiceIsRefused) {
  EXPECT_THAT(refusal({"add", "x", "--timeout", "3", "--timeout", "4"}), HasSubstr("--timeout"));
}

}  // namespace
}  // namespace sluice::cli
