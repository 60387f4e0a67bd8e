// The table of commands is complete, and what is printed from it is right.
#include "cli/manual/manual.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "cli/args.h"
#include "cli/args_words.h"
#include "cli/manual/complete.h"
#include "cli/manual/help.h"
#include "cli/manual/man.h"
#include "cli/manual/reference.h"
#include "cli/settings.h"
#include "cli/text.h"
#include "kit/paths.h"
#include "model/outcome.h"
#include "unit/cli/cli_world.h"

namespace sluice::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// The words of a shell command, with quotes taken off: enough for the examples.
std::vector<std::string> shell_words(std::string_view command) {
  std::vector<std::string> words;
  bool is_open = false;
  char quote = '\0';
  for (const char c : command) {
    if (quote != '\0' ? c == quote : c == '\'' || c == '"') {
      quote = quote != '\0' ? '\0' : c;
      continue;
    }
    if (c == ' ' && quote == '\0') {
      is_open = false;
      continue;
    }
    if (!is_open) words.emplace_back();
    is_open = true;
    words.back() += c;
  }
  return words;
}

// The words behind "sluice" in an example: "curl ... | sluice convert - > x" gives {convert, -}.
std::vector<std::string> words_of(std::string_view example) {
  const std::vector<std::string> all = shell_words(example);
  auto at = std::find(all.begin(), all.end(), "sluice");
  std::vector<std::string> words;
  if (at == all.end()) return words;
  for (++at; at != all.end() && *at != "|" && *at != ">"; ++at) words.push_back(*at);
  return words;
}

std::vector<std::string> name_words(const CommandPage& page) {
  return shell_words(page.name);
}

// A value that an option takes, by what its page shows for it.
std::string sample_value(const OptionPage& option) {
  if (!option.words.empty()) return std::string(option.words.front());
  static const std::map<std::string_view, std::string> kSamples = {
      {"N", "3"},
      {"N|N%", "20%"},
      {"SECONDS", "7"},
      {"I/N", "3/8"},
      {"SIZE", "1GiB"},
      {"TYPE", "a/b"},
      {"CONVERTER.KEY=VALUE", "a.b=c"}};
  const auto found = kSamples.find(option.value);
  return found == kSamples.end() ? "x" : found->second;
}

template <std::size_t... kIndex>
std::set<std::string_view> names_of_types(std::index_sequence<kIndex...>) {
  return {std::variant_alternative_t<kIndex, Command>::kName...};
}

void expect_sentence(std::string_view text, std::string_view of) {
  ASSERT_FALSE(text.empty()) << of << " has no help";
  EXPECT_TRUE(std::isupper(static_cast<unsigned char>(text.front())) || text.front() == '.') << of;
  EXPECT_FALSE(text.ends_with('.')) << of;
}

void expect_complete(const OptionPage& option, std::string_view command) {
  const std::string of = std::string(command) + " " + std::string(option.names);
  expect_sentence(option.summary, of);
  if (option.is_flag()) {
    EXPECT_TRUE(option.default_value.empty() && option.setting.empty()) << of << " takes no value";
    return;
  }
  EXPECT_FALSE(default_of(option).empty()) << of << " needs a default_value or a setting";
  EXPECT_EQ(option.values == Values::kWords, !option.words.empty()) << of;
}

TEST(Manual, EveryCommandHasAPageAndEveryPageACommand) {
  std::set<std::string_view> pages;
  for (const CommandPage& page : all_commands()) {
    EXPECT_TRUE(pages.insert(page.name).second) << page.name << " has two pages";
  }
  EXPECT_EQ(pages, names_of_types(std::make_index_sequence<std::variant_size_v<Command>>()));
}

TEST(Manual, EveryCommandSaysWhatItDoes) {
  for (const CommandPage& page : all_commands()) {
    expect_sentence(page.summary, page.name);
    EXPECT_LE(page.summary.size(), 62U) << page.name << " needs two lines in `sluice`";
    EXPECT_TRUE(page.description.ends_with(".\n")) << page.name;
    if (page.operand) expect_sentence(page.operand->summary, page.name);
    if (!page.operand || page.operand->is_required()) continue;
    EXPECT_THAT(std::string(page.operand->summary), HasSubstr("(default: ")) << page.name;
  }
}

TEST(Manual, EveryOptionHasHelpAndADefault) {
  for (const OptionPage& option : global_options()) expect_complete(option, "sluice");
  for (const CommandPage& page : all_commands()) {
    for (const OptionPage& option : page.options) expect_complete(option, page.name);
  }
}

TEST(Manual, EveryCommandHasExamplesThatAreUnderstood) {
  for (const CommandPage& page : all_commands()) {
    EXPECT_THAT(page.examples, Not(IsEmpty())) << page.name;
    for (const Example& example : page.examples) {
      const auto words = words_of(example.command);
      EXPECT_FALSE(example.purpose.empty() || example.purpose.ends_with('.')) << example.command;
      EXPECT_NO_THROW(parse_args(words)) << example.command;
    }
    const auto first = std::get<Args>(parse_args(words_of(page.examples.front().command)));
    EXPECT_EQ(command_name(first.command), page.name);
  }
}

// An option that is declared and then ignored would be a lie in the help.
TEST(Manual, EveryOptionOfACommandIsRead) {
  for (const CommandPage& page : all_commands()) {
    std::vector<std::string> words = name_words(page);
    if (page.operand && page.operand->is_required()) words.emplace_back("x");
    EXPECT_THAT(unread_options(words), IsEmpty()) << page.name;
  }
}

TEST(Manual, EveryOptionTakesWhatItsPageShows) {
  for (const CommandPage& page : all_commands()) {
    std::vector<std::string> base = name_words(page);
    if (page.operand && page.operand->is_required()) base.emplace_back("x");
    for (const OptionPage& option : page.options) {
      // Only with --files-from, and with - as the file.
      if (option.names == "-0" || option.names == "--name") continue;
      std::vector<std::string> words = base;
      words.emplace_back(option.long_name());
      if (!option.is_flag()) words.push_back(sample_value(option));
      EXPECT_NO_THROW(parse_args(words)) << page.name << " " << option.names;
      if (!option.is_repeatable) continue;
      words.insert(words.end(), {std::string(option.long_name()), sample_value(option)});
      EXPECT_NO_THROW(parse_args(words)) << page.name << " " << option.names << " twice";
    }
  }
}

TEST(Manual, HelpFitsTheTerminal) {
  for (const std::size_t columns : {40U, 60U, 80U, 100U, 300U}) {
    for (const CommandPage& page : all_commands()) {
      for (const auto kind : {Answer::Kind::kShortHelp, Answer::Kind::kHelp}) {
        std::istringstream help(
            help_text({kind, std::string(page.name)}, {.columns = columns, .paint = nullptr}));
        for (std::string line; std::getline(help, line);) {
          // What is to be typed stays in one piece.
          if (line.starts_with("  sluice ") || line.find("sluice ") != std::string::npos) continue;
          EXPECT_LE(display_width(line), std::min<std::size_t>(columns, 100U)) << line;
          EXPECT_FALSE(line.ends_with(' ')) << line;
        }
      }
    }
  }
}

TEST(Manual, HelpOfACommandNamesAllThatItTakes) {
  for (const CommandPage& page : all_commands()) {
    const std::string brief = help_text({Answer::Kind::kShortHelp, std::string(page.name)});
    const std::string whole = help_text({Answer::Kind::kHelp, std::string(page.name)});
    for (const OptionPage& option : page.options) {
      EXPECT_THAT(brief, HasSubstr(spelling_of(option))) << page.name;
      EXPECT_THAT(whole, HasSubstr(spelling_of(option))) << page.name;
    }
    for (const OptionPage& option : global_options()) {
      EXPECT_THAT(whole, HasSubstr(spelling_of(option))) << page.name;
    }
    EXPECT_THAT(brief, HasSubstr(usage_of(page)));
    EXPECT_THAT(brief, HasSubstr(std::string(page.examples.front().command)));
    EXPECT_LT(brief.size(), whole.size());
  }
}

TEST(Manual, HelpOfTheProgramHasEveryCommandInItsGroup) {
  const std::string help = help_text({Answer::Kind::kShortHelp, ""});
  std::size_t at = 0;
  for (const CommandPage& page : all_commands()) {
    if (page.group == Group::kHidden) continue;
    const std::size_t found = help.find("\n  " + std::string(page.name) + " ", at);
    ASSERT_NE(found, std::string::npos) << page.name << " is missing, or not in its group's order";
    at = found;
  }
}

const ManPage* find_page(const std::vector<ManPage>& pages, const std::string& name) {
  const auto found = std::find_if(pages.begin(), pages.end(),
                                  [&](const ManPage& one) { return one.name == name; });
  return found == pages.end() ? nullptr : &*found;
}

// "Fl -dry-run" of "-n,--dry-run".
std::string in_mdoc(const OptionPage& option) {
  return "Fl " + std::string(option.long_name().substr(1));
}

TEST(Manual, EveryCommandHasAManualPageWithAllItsOptions) {
  const auto pages = man_pages("November 30, 2026");
  for (const CommandPage& page : all_commands()) {
    if (page.group == Group::kHidden) continue;
    std::string name = "sluice-" + std::string(page.name);
    std::replace(name.begin(), name.end(), ' ', '-');
    const ManPage* man = find_page(pages, name);
    ASSERT_NE(man, nullptr) << name;
    for (const OptionPage& option : page.options) {
      EXPECT_THAT(man->text, HasSubstr(in_mdoc(option))) << name;
    }
    EXPECT_THAT(man->text, HasSubstr(".Sh EXAMPLES")) << name;
    EXPECT_THAT(man->text, HasSubstr(".Sh EXIT STATUS")) << name;
  }
  const ManPage* program = find_page(pages, "sluice");
  ASSERT_NE(program, nullptr);
  for (const OptionPage& option : global_options()) {
    EXPECT_THAT(program->text, HasSubstr(in_mdoc(option)));
  }
}

TEST(Manual, EverySettingHasAPlaceInTheManualPage) {
  const auto pages = man_pages("November 30, 2026");
  const ManPage* page = find_page(pages, "sluice.toml");
  ASSERT_NE(page, nullptr);
  EXPECT_EQ(page->section, 5);
  for (const Key& key : all_keys()) {
    EXPECT_THAT(page->text, HasSubstr(".Ev " + key.variable())) << key.path();
  }
}

std::vector<std::string> words_offered(const std::vector<std::string>& line) {
  const NamesOf names_of = [](Values values, const std::string& prefix,
                              const CompletionPlace& place) -> std::vector<Candidate> {
    // What would be looked up, and where.
    std::string names = values == Values::kOptionKeys ? "pdf.password=" : prefix + "-name";
    return {{names + place.kb, "a name"}};
  };
  std::vector<std::string> words;
  for (const Candidate& one : complete(line, names_of).words) words.push_back(one.word);
  return words;
}
Completion::Files files_offered(const std::vector<std::string>& line) {
  return complete(line, [](auto&&...) { return std::vector<Candidate>(); }).files;
}

TEST(Completion, OffersEveryOptionOfEveryCommand) {
  for (const CommandPage& page : all_commands()) {
    std::vector<std::string> line = name_words(page);
    line.emplace_back("--");
    const auto words = words_offered(line);
    line.back() = "-";
    const auto all = words_offered(line);
    for (const OptionPage& option : page.options) {
      EXPECT_THAT(option.long_name().starts_with("--") ? words : all,
                  ::testing::Contains(std::string(option.long_name())))
          << page.name;
    }
    EXPECT_THAT(words, ::testing::Contains("--json")) << page.name;
  }
}

// A path, a name or a word is offered wherever one is expected.
TEST(Completion, KnowsWhatEachValueIs) {
  static const std::set<std::string_view> kNamed = {"DIR",  "FILE", "PATH",       "ID",
                                                    "NAME", "WHEN", "FILE|FOLDER"};
  const auto expect_known = [](std::string_view value, Values values, std::string_view of) {
    if (!kNamed.contains(value) || of == "--name") return;  // that one is the user's to choose
    EXPECT_NE(values, Values::kAny) << of << " " << value;
  };
  for (const OptionPage& option : global_options())
    expect_known(option.value, option.values, option.names);
  for (const CommandPage& page : all_commands()) {
    for (const OptionPage& option : page.options)
      expect_known(option.value, option.values, option.names);
    if (page.operand) expect_known(page.operand->value, page.operand->values, page.name);
  }
}

TEST(Completion, OffersEveryCommandButThoseForPrograms) {
  const auto words = words_offered({""});
  EXPECT_THAT(words, ::testing::IsSupersetOf({"init", "add", "plugin", "config", "help"}));
  EXPECT_THAT(words, Not(::testing::Contains("complete")));
  EXPECT_THAT(words_offered({"re"}),
              ::testing::ElementsAre("retry", "reconvert", "remove", "report", "recover"));
  EXPECT_THAT(words_offered({"plugin", "i"}), ::testing::ElementsAre("info", "install"));
  EXPECT_THAT(words_offered({"help", "sy"}), ::testing::ElementsAre("sync"));
  EXPECT_THAT(words_offered({"help", "plugin", "pi"}), ::testing::ElementsAre("pin"));
}

TEST(Completion, OffersTheValuesOfAnOption) {
  EXPECT_THAT(words_offered({"list", "--color", "a"}), ::testing::ElementsAre("auto", "always"));
  EXPECT_THAT(words_offered({"list", "--color=n"}), ::testing::ElementsAre("--color=never"));
  EXPECT_THAT(words_offered({"add", "--option", "pdf.p"}), ::testing::ElementsAre("pdf.password="));
  EXPECT_THAT(words_offered({"add", "--timeout", ""}), IsEmpty());
}

TEST(Completion, LooksNamesUpWhereTheLineSays) {
  EXPECT_THAT(words_offered({"-C", "/kb", "show", "rep"}), ::testing::ElementsAre("rep-name/kb"));
  EXPECT_THAT(words_offered({"show", "--kb=/k", "rep"}), ::testing::ElementsAre("rep-name/k"));
  EXPECT_THAT(words_offered({"-C/kb", "rm", "rep"}), ::testing::ElementsAre("rep-name/kb"));
}

TEST(Completion, LeavesOutWhatCannotStandThere) {
  EXPECT_THAT(words_offered({"add", "--strict", "--str"}), IsEmpty());
  EXPECT_THAT(words_offered({"add", "-g", "x", "--gl"}), ::testing::ElementsAre("--glob"));
  EXPECT_THAT(words_offered({"show", "one", "tw"}), IsEmpty());
  EXPECT_THAT(words_offered({"add", "--", "--js"}), IsEmpty());
  EXPECT_THAT(words_offered({"nonsense", ""}), Not(IsEmpty()));
  EXPECT_THAT(words_offered({}), IsEmpty());
}

TEST(Completion, LeavesPathsToTheShell) {
  using Files = Completion::Files;
  EXPECT_EQ(files_offered({"add", ""}), Files::kAll);
  EXPECT_EQ(files_offered({"add", "--", "-x"}), Files::kAll);
  EXPECT_EQ(files_offered({"sync", ""}), Files::kFolders);
  EXPECT_EQ(files_offered({"list", "--log="}), Files::kAll);
  EXPECT_EQ(files_offered({"-C", ""}), Files::kFolders);
  EXPECT_EQ(files_offered({"list", ""}), Files::kNone);
  EXPECT_EQ(files_offered({"show", ""}), Files::kAll);
}

TEST(Manual, RequiredArgumentsAreShownAsSuch) {
  EXPECT_EQ(usage_of(*find_command("add")), "sluice add [OPTIONS] PATH...");
  EXPECT_EQ(usage_of(*find_command("sync")), "sluice sync [OPTIONS] [DIR...]");
  EXPECT_EQ(usage_of(*find_command("convert")), "sluice convert [OPTIONS] FILE");
  EXPECT_EQ(usage_of(*find_command("init")), "sluice init [OPTIONS] [DIR]");
  EXPECT_EQ(usage_of(*find_command("list")), "sluice list [OPTIONS]");
}

TEST(Manual, DefaultsOfSettingsAreThoseOfTheConfiguration) {
  EXPECT_THAT(help_text({Answer::Kind::kHelp, "add"}, {.columns = 100, .paint = nullptr}),
              HasSubstr("(default: 300; [limits]"));
}

TEST(Manual, HelpIsResultAndGoesToStandardOutput) {
  World world;
  EXPECT_EQ(world.run({"help", "add"}), 0);
  EXPECT_THAT(world.out.str(), HasSubstr("sluice add [OPTIONS] PATH..."));
  EXPECT_EQ(world.err.str(), "");
  EXPECT_EQ(world.run({}), 0);
  EXPECT_THAT(world.out.str(), HasSubstr("Keep current"));
}

TEST(Manual, TheReferenceInTheDocumentationIsOfToday) {
  std::ifstream file(test::project_folder() + "/host/docs/commands.md");
  const std::string written((std::istreambuf_iterator<char>(file)), {});
  EXPECT_EQ(written, reference_text())
      << "run: build/release/bin/sluice_manual reference > host/docs/commands.md";
}

TEST(Manual, TheTableOfOutcomesInTheDocumentationIsOfToday) {
  std::ifstream file(test::project_folder() + "/host/docs/outcomes.md");
  const std::string written((std::istreambuf_iterator<char>(file)), {});
  EXPECT_EQ(written, outcomes_text())
      << "run: build/release/bin/sluice_manual outcomes > host/docs/outcomes.md";
}

TEST(Manual, EveryFailureSaysWhatItMeansAndWhatHelps) {
  for (const Outcome one : all_outcomes()) {
    EXPECT_NE(meaning(one), "") << word(one);
    EXPECT_EQ(hint(one).empty(), one == Outcome::kOk) << word(one);
    EXPECT_FALSE(meaning(one).ends_with('.') || hint(one).ends_with('.')) << word(one);
    EXPECT_EQ(outcome_from_word(word(one)), one);
  }
}

}  // namespace
}  // namespace sluice::cli
