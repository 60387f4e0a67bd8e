#include "cli/args.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <utility>

#include "cli/args_words.h"
#include "platform/error.h"
#include "plugin/nearest.h"

#ifndef SLUICE_VERSION
#error "the build defines SLUICE_VERSION"
#endif

namespace sluice::cli {

void refuse(const std::string& cause, const std::string& next) {
  throw Error("understand", "the command line", cause, next, ExitCode::kUsage);
}

void refuse_value(const std::string& option, const std::string& given, const std::string& wanted) {
  refuse(option + " is given \"" + given + "\"", "give it " + wanted);
}

std::string spoken_name(const std::vector<const CLI::App*>& line) {
  std::string name = "sluice";
  for (std::size_t i = 1; i < line.size(); ++i) name += " " + line[i]->get_name();
  return name;
}

namespace {

constexpr const char* kFooter =
    "Exit codes: 0 done, 1 fatal, 2 usage or configuration, 3 new failures,\n"
    "10 no knowledge base here, 11 lock timeout, 12 sandbox missing, 13 damaged, 130 interrupted.\n"
    "`sluice --help` lists the options that every command takes, `sluice COMMAND --help` a "
    "command's own.";

// Options fall through to the program's own, so that those stand before and behind a command. What
// nobody knows is kept, to be refused with a better message than CLI11's.
void let_fall_through(CLI::App& app) {
  app.allow_extras();
  for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
    command->fallthrough();
    let_fall_through(*command);
  }
}

std::vector<std::string> names_of_commands(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

// `sluice help add` is `sluice add --help`, and so is bare `sluice` its own help.
std::vector<std::string> without_help_command(const std::vector<std::string>& arguments,
                                              const CLI::App& app) {
  if (arguments.empty()) return {"--help"};
  if (arguments.front() != "help") return arguments;
  std::vector<std::string> words(arguments.begin() + 1, arguments.end());
  const CLI::App* command = &app;
  for (const std::string& word : words) {
    if (word.starts_with('-')) continue;
    const std::vector<std::string> commands = names_of_commands(*command);
    if (std::find(commands.begin(), commands.end(), word) == commands.end()) {
      refuse("unknown command \"" + word + "\"", plugin::suggest(word, commands));
    }
    command = command->get_subcommand(word);
  }
  words.emplace_back("--help");
  return words;
}

// The innermost command that was given, and the apps on the way to it.
std::vector<const CLI::App*> given_commands(const CLI::App& app) {
  std::vector<const CLI::App*> line = {&app};
  while (!line.back()->get_subcommands().empty()) {
    line.push_back(line.back()->get_subcommands().front());
  }
  return line;
}

[[noreturn]] void refuse_option(const std::string& word, const std::vector<const CLI::App*>& line) {
  const std::string option = word.substr(0, word.find('='));
  std::vector<std::string> known;
  for (const CLI::App* app : line) {
    for (const CLI::Option* one : app->get_options()) {
      for (const std::string& name : one->get_lnames()) known.push_back("--" + name);
    }
  }
  const std::string near = option.starts_with("--") ? plugin::nearest(option, known) : "";
  refuse("unknown option \"" + option + "\"",
         near.empty() ? "see " + spoken_name(line) + " --help" : "did you mean \"" + near + "\"?");
}

// What CLI11 could not place, and a command that is missing.
void check_all_understood(const CLI::App& app) {
  const auto line = given_commands(app);
  std::vector<std::string> rest = app.remaining(true);
  std::erase(rest, "--");  // understood, and kept all the same
  for (const std::string& word : rest) {
    if (word.size() > 1 && word[0] == '-') refuse_option(word, line);
  }
  const std::vector<std::string> commands = names_of_commands(*line.back());
  if (!commands.empty()) {
    if (rest.empty()) {
      refuse("a command is missing behind \"" + spoken_name(line) + "\"",
             "see " + spoken_name(line) + " --help");
    }
    refuse("unknown command \"" + rest.front() + "\"", plugin::suggest(rest.front(), commands));
  }
  if (!rest.empty()) {
    refuse("\"" + rest.front() + "\" is one argument too many",
           "see " + spoken_name(line) + " --help");
  }
}

}  // namespace

const ConvertingArgs* converting_args(const Command& command) {
  return std::visit(
      [](const auto& one) -> const ConvertingArgs* {
        if constexpr (requires { one.converting; }) return &one.converting;
        return nullptr;
      },
      command);
}

const ScanArgs* scan_args(const Command& command) {
  return std::visit(
      [](const auto& one) -> const ScanArgs* {
        if constexpr (requires { one.scan; }) return &one.scan;
        return nullptr;
      },
      command);
}

std::string_view command_name(const Command& command) {
  static constexpr auto kNames =
      std::to_array<std::string_view>({"init",          "add",           "convert",
                                       "sync",          "retry",         "outdated",
                                       "reconvert",     "list",          "show",
                                       "status",        "log",           "remove",
                                       "recover",       "check",         "plugin list",
                                       "plugin info",   "plugin why",    "plugin install",
                                       "plugin remove", "plugin enable", "plugin disable",
                                       "plugin order",  "plugin verify", "plugin pin",
                                       "config show",   "config check",  "doctor"});
  static_assert(kNames.size() == std::variant_size_v<Command>);
  return kNames[command.index()];
}

std::variant<Args, Answer> parse_args(const std::vector<std::string>& arguments) {
  Words words;
  CLI::App app("Turns documents into a Markdown knowledge base.", "sluice");
  app.require_subcommand(0, 1);
  app.set_help_flag("-h,--help", "Print this and exit");
  app.set_version_flag("--version", std::string("sluice ") + SLUICE_VERSION,
                       "Print the version and exit");
  app.footer(kFooter);
  declare_options(app, words);
  let_fall_through(app);
  // CLI11 takes the words from the back.
  std::vector<std::string> reversed = without_help_command(arguments, app);
  std::reverse(reversed.begin(), reversed.end());
  try {
    app.parse(std::move(reversed));
  } catch (const CLI::CallForHelp&) {
    return Answer{app.help()};
  } catch (const CLI::CallForVersion& version) {
    return Answer{version.what() + std::string("\n")};
  } catch (const CLI::ParseError& error) {
    refuse(error.what(), "see " + spoken_name(given_commands(app)) + " --help");
  }
  check_all_understood(app);
  Args args;
  args.global = typed_global(words, app);
  args.command = typed_command(words, given_commands(app));
  args.plugins = words.plugins;
  args.locked = words.locked;
  return args;
}

}  // namespace sluice::cli
