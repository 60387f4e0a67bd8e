#include "cli/args.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <deque>
#include <utility>

#include "cli/args_words.h"
#include "platform/error.h"
#include "plugin/nearest.h"

namespace sluice::cli {

void refuse(const std::string& cause, const std::string& next) {
  throw Error("understand", "the command line", cause, next, ExitCode::kUsage);
}

void refuse_value(const std::string& option, const std::string& given, const std::string& wanted) {
  refuse(option + " is given \"" + given + "\"", "give it " + wanted);
}

namespace {

// "sluice plugin list", of the program and the commands on the way to the innermost.
std::string spoken_name(const std::vector<const CLI::App*>& line) {
  std::string name = "sluice";
  for (std::size_t i = 1; i < line.size(); ++i) name += " " + line[i]->get_name();
  return name;
}

// "plugin list", or nothing of the program itself.
std::string name_in_manual(const std::vector<const CLI::App*>& line) {
  const std::string spoken = spoken_name(line);
  return line.size() == 1 ? "" : spoken.substr(spoken.find(' ') + 1);
}

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

// `sluice help add` is `sluice add --help`, and bare `sluice` is `sluice -h`.
std::vector<std::string> without_help_command(const std::vector<std::string>& arguments,
                                              const CLI::App& app) {
  if (arguments.empty()) return {"-h"};
  if (arguments.front() != "help") return arguments;
  std::vector<std::string> words(arguments.begin() + 1, arguments.end());
  const CLI::App* command = &app;
  for (const std::string& word : words) {
    if (word.starts_with('-')) continue;
    const auto found =
        command->get_subcommands([&](const CLI::App* one) { return one->check_name(word); });
    if (found.empty()) {
      refuse("unknown command \"" + word + "\"",
             plugin::suggest(word, names_of_commands(*command)));
    }
    command = found.front();
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
  std::vector<std::string> commands = names_of_commands(*line.back());
  if (line.size() == 1) commands.emplace_back("help");
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

// The command line as the manual describes it, declared to CLI11.
class CommandLine {
 public:
  explicit CommandLine(CLI::App& app) {
    global.declare(app, without_answers(global_options()));
    for (const Family& family : all_families()) {
      app.add_subcommand(std::string(family.name))->require_subcommand(0, 1);
    }
    for (const CommandPage& page : all_commands()) declare(app, page);
  }

  Given& command(std::string_view name) {
    return *std::find_if(commands_.begin(), commands_.end(),
                         [&](const Given& one) { return one.page().name == name; });
  }

  Given global;

 private:
  // Help and version are CLI11's own.
  static std::vector<OptionPage> without_answers(std::span<const OptionPage> options) {
    std::vector<OptionPage> rest(options.begin(), options.end());
    std::erase_if(rest, [](const OptionPage& option) {
      const std::string_view name = option.long_name();
      return name == "-h" || name == "--help" || name == "--version";
    });
    return rest;
  }

  void declare(CLI::App& app, const CommandPage& page) {
    const std::size_t space = page.name.find(' ');
    CLI::App& parent = space == std::string_view::npos
                           ? app
                           : *app.get_subcommand(std::string(page.name.substr(0, space)));
    const auto last = space == std::string_view::npos ? page.name : page.name.substr(space + 1);
    CLI::App* command = parent.add_subcommand(std::string(last));
    if (!page.alias.empty()) command->alias(std::string(page.alias));
    Given& given = commands_.emplace_back(page);
    given.declare(*command, page.options);
    if (page.operand) given.declare(*command, *page.operand);
  }

  std::deque<Given> commands_;
};

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
  return std::visit([](const auto& one) { return std::decay_t<decltype(one)>::kName; }, command);
}

std::vector<std::string> unread_options(const std::vector<std::string>& arguments) {
  CLI::App app("", "sluice");
  CommandLine line(app);
  let_fall_through(app);
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  app.parse(std::move(reversed));
  const Given& given = line.command(name_in_manual(given_commands(app)));
  (void)typed_command(given);
  return given.unread();
}

std::variant<Args, Answer> parse_args(const std::vector<std::string>& arguments) {
  CLI::App app("", "sluice");
  app.require_subcommand(0, 1);
  // CLI11 knows two kinds of help, and lets the commands inherit both.
  app.set_help_flag("--help");
  app.set_help_all_flag("-h");
  app.set_version_flag("-V,--version", "");
  CommandLine line(app);
  let_fall_through(app);
  // CLI11 takes the words from the back.
  std::vector<std::string> reversed = without_help_command(arguments, app);
  std::reverse(reversed.begin(), reversed.end());
  try {
    app.parse(std::move(reversed));
  } catch (const CLI::CallForHelp&) {
    return Answer{Answer::Kind::kHelp, name_in_manual(given_commands(app))};
  } catch (const CLI::CallForAllHelp&) {
    return Answer{Answer::Kind::kShortHelp, name_in_manual(given_commands(app))};
  } catch (const CLI::CallForVersion&) {
    return Answer{Answer::Kind::kVersion, ""};
  } catch (const CLI::ParseError& error) {
    refuse(error.what(), "see " + spoken_name(given_commands(app)) + " --help");
  }
  check_all_understood(app);
  Args args;
  args.global = typed_global(line.global);
  args.plugins = line.global.texts("--plugin");
  args.locked = line.global.has("--locked");
  args.command = typed_command(line.command(name_in_manual(given_commands(app))));
  return args;
}

}  // namespace sluice::cli
