#include "cli/args.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <utility>

#include "cli/values.h"
#include "platform/error.h"
#include "plugin/nearest.h"

#ifndef SLUICE_VERSION
#error "the build defines SLUICE_VERSION"
#endif

namespace sluice::cli {
namespace {

constexpr unsigned kMaxJobs = 1024;
constexpr std::uint64_t kMaxTimeout = 7 * 24 * 3600 * 1000;

[[noreturn]] void refuse(const std::string& cause, const std::string& next) {
  throw Error("understand", "the command line", cause, next, ExitCode::kUsage);
}

[[noreturn]] void refuse_value(const std::string& option, const std::string& given,
                               const std::string& wanted) {
  refuse(option + " is given \"" + given + "\"", "give it " + wanted);
}

// Where CLI11 puts what it reads: words first, checked and typed afterwards.
struct Words {
  std::string kb, jobs, color, progress, lock_timeout, timeout, memory_limit;
  int verbose = 0;
  GlobalArgs global;
  std::vector<std::string> plugins;
  InitArgs init;
  AddArgs add;
  std::string files_from;
  ConvertArgs convert;
  std::string assets_dir;
  ConvertingArgs converting;
  ListArgs list;
  ShowArgs show;
  RemoveArgs remove;
  CheckArgs check;
  PluginInfoArgs info;
  PluginWhyArgs why;
  std::string config_file;
};

constexpr const char* kFooter =
    "Exit codes: 0 done, 1 fatal, 2 usage or configuration, 3 new failures,\n"
    "10 no knowledge base here, 11 lock timeout, 12 sandbox missing, 13 damaged, 130 interrupted.\n"
    "`sluice --help` lists the options that every command takes, `sluice COMMAND --help` a "
    "command's own.";

void add_global_options(CLI::App& app, Words& words) {
  app.add_option("-C,--kb", words.kb,
                 "The knowledge base (else SLUICE_KB, else the nearest parent with .sluice/)")
      ->type_name("DIR");
  app.add_option("-j,--jobs", words.jobs, "Documents to convert at a time (default: cores)")
      ->type_name("N");
  app.add_flag("-q,--quiet", words.global.quiet, "Say only what failed");
  app.add_flag("-v,--verbose", words.verbose, "Diagnostics on standard error; -vv for more");
  app.add_flag("--json", words.global.json, "Results as one JSON object a line");
  app.add_option("--color", words.color, "auto, always or never")->type_name("WHEN");
  app.add_option("--progress", words.progress, "auto, always or never")->type_name("WHEN");
  app.add_option("--log", words.global.log_file,
                 "Write all diagnostics to this file, too; it is rotated at 10 MiB")
      ->type_name("FILE");
  app.add_option("--lock-timeout", words.lock_timeout,
                 "How long to wait for another sluice that holds the lock")
      ->type_name("SECONDS");
}

void add_plugin_option(CLI::App& command, Words& words) {
  command
      .add_option("--plugin", words.plugins,
                  "A plugin's folder, or a folder of such folders; may be repeated")
      ->type_name("PATH")
      ->allow_extra_args(false);
}

void add_converting_options(CLI::App& command, Words& words) {
  command
      .add_option("--option", words.converting.options,
                  "An option of a converter, for this run alone; repeatable")
      ->type_name("CONVERTER.KEY=VALUE")
      ->allow_extra_args(false);
  command.add_option("--timeout", words.timeout, "How long one document may take")
      ->type_name("SECONDS");
  command.add_option("--memory-limit", words.memory_limit, "Memory for one document, as in 2GiB")
      ->type_name("SIZE");
  command
      .add_option("--converter", words.converting.converter, "Use this converter for everything")
      ->type_name("ID");
}

void add_add(CLI::App& app, Words& words) {
  CLI::App* add =
      app.add_subcommand("add", "Convert files and directories into the knowledge base");
  add->add_option("paths", words.add.paths, "Files, and directories with all below them")
      ->type_name("PATH...");
  add->add_option("-g,--glob", words.add.globs,
                  "Only what matches; a leading ! excludes; repeatable")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  add->add_flag("--no-ignore", words.add.no_ignore,
                "Heed no .sluiceignore, no .gitignore and no [ingest] ignore");
  add->add_flag("--hidden", words.add.hidden, "Take names that begin with a dot, too");
  add->add_option("--files-from", words.files_from,
                  "Read paths from a file, one a line; - for stdin")
      ->type_name("FILE");
  add->add_flag("-0", words.add.nul_separated, "With --files-from: a NUL ends each path");
  add->add_flag("--fail-fast", words.add.fail_fast, "Stop at the first document that fails");
  add->add_flag("--strict", words.add.strict,
                "Exit code 3 for failures of last time, too, not only for new ones");
  add->add_flag("-n,--dry-run", words.add.dry_run, "Say what would be added, and add nothing");
  add_converting_options(*add, words);
}

void add_remove(CLI::App& app, Words& words) {
  CLI::App* remove = app.add_subcommand("remove", "Take documents out of the knowledge base");
  remove
      ->add_option("names", words.remove.names,
                   "Names of documents, or paths of their sources or published files")
      ->type_name("NAME");
  remove->add_flag("--keep-raw", words.remove.keep_raw, "Leave the copy in raw/ where it is");
  remove->add_flag("-n,--dry-run", words.remove.dry_run,
                   "Say what would be removed, and remove nothing");
}

void add_check(CLI::App& app, Words& words) {
  CLI::App* check = app.add_subcommand("check", "Compare the registry with every file");
  check->add_flag("--repair", words.check.repair,
                  "Mend what can be mended without losing anything");
  check->add_flag("--quick", words.check.quick, "Compare sizes, and read no file");
}

void add_convert(CLI::App& app, Words& words) {
  CLI::App* convert = app.add_subcommand(
      "convert", "One document as Markdown on standard output; no knowledge base");
  convert->add_option("file", words.convert.file, "The document; - for standard input")
      ->type_name("FILE");
  convert
      ->add_option("--media-type", words.convert.media_type,
                   "What the document is, as in text/html")
      ->type_name("TYPE");
  convert->add_option("--assets", words.assets_dir, "Keep images in this directory")
      ->type_name("DIR");
  add_converting_options(*convert, words);
}

void add_plugin(CLI::App& app, Words& words) {
  CLI::App* plugin = app.add_subcommand("plugin", "What converters there are");
  plugin->require_subcommand(0, 1);
  plugin->add_subcommand("list", "Every plugin, and those that are refused with the reason");
  plugin->add_subcommand("info", "One plugin, by its id or a converter's, with its options")
      ->add_option("id", words.info.id)
      ->type_name("ID");
  plugin->add_subcommand("why", "Which converter a file gets, and why")
      ->add_option("file", words.why.file)
      ->type_name("FILE");
}

void add_commands(CLI::App& app, Words& words) {
  app.add_subcommand("init", "Make a knowledge base")
      ->add_option("dir", words.init.dir, "Where (default: here)")
      ->type_name("DIR");
  add_add(app, words);
  add_convert(app, words);
  app.add_subcommand("list", "The documents of the knowledge base")
      ->add_flag("--failed", words.list.failed, "What failed instead, each with what to do");
  app.add_subcommand("show",
                     "One document or failed file: sources, hashes, converter, attempts, history")
      ->add_option("name", words.show.name)
      ->type_name("NAME");
  app.add_subcommand("status", "Counts, sizes, pending work, last failures");
  add_remove(app, words);
  app.add_subcommand("recover", "Finish what a crash left, and clear staging");
  add_check(app, words);
  add_plugin(app, words);
  CLI::App* config = app.add_subcommand("config", "The configuration");
  config->require_subcommand(0, 1);
  config->add_subcommand("show", "Every setting in effect, and where it comes from");
  config->add_subcommand("check", "Check a configuration file, or all that are in effect")
      ->add_option("file", words.config_file)
      ->type_name("FILE");
  app.add_subcommand("doctor", "What works here and what does not");
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

std::string spoken_name(const std::vector<const CLI::App*>& line) {
  std::string name = "sluice";
  for (std::size_t i = 1; i < line.size(); ++i) name += " " + line[i]->get_name();
  return name;
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

When when_of(const std::string& option, const std::string& word) {
  if (word.empty() || word == "auto") return When::kAuto;
  if (word == "always") return When::kAlways;
  if (word == "never") return When::kNever;
  refuse_value(option, word, "auto, always or never");
}

GlobalArgs typed_global(Words& words, const CLI::App& app) {
  GlobalArgs global = words.global;
  if (app.count("--kb") > 0) {
    if (words.kb.empty()) refuse_value("--kb", words.kb, "a directory");
    global.kb = words.kb;
  }
  if (app.count("--jobs") > 0) {
    const auto jobs = parse_count(words.jobs);
    if (!jobs || *jobs < 1 || *jobs > kMaxJobs) {
      refuse_value("--jobs", words.jobs, "a number from 1 to " + std::to_string(kMaxJobs));
    }
    global.jobs = static_cast<unsigned>(*jobs);
  }
  global.verbose = static_cast<unsigned>(words.verbose);
  if (global.quiet && global.verbose > 0)
    refuse("--quiet and --verbose exclude each other", "give one");
  global.color = when_of("--color", words.color);
  global.progress = when_of("--progress", words.progress);
  if (app.count("--lock-timeout") > 0) {
    const auto milliseconds = parse_seconds(words.lock_timeout);
    if (!milliseconds || *milliseconds > kMaxTimeout)
      refuse_value("--lock-timeout", words.lock_timeout, "seconds, as in 30 or 0.5");
    global.lock_timeout = std::chrono::milliseconds(*milliseconds);
  }
  return global;
}

ConvertingArgs typed_converting(Words& words, const CLI::App& command) {
  ConvertingArgs converting = words.converting;
  if (command.count("--timeout") > 0) {
    const auto milliseconds = parse_seconds(words.timeout);
    if (!milliseconds || *milliseconds < 100 || *milliseconds > kMaxTimeout) {
      refuse_value("--timeout", words.timeout, "seconds, from 0.1 to a week");
    }
    converting.timeout = std::chrono::milliseconds(*milliseconds);
  }
  if (command.count("--memory-limit") > 0) {
    const auto bytes = parse_size(words.memory_limit);
    if (!bytes || *bytes < (64ULL << 20)) {
      refuse_value("--memory-limit", words.memory_limit, "a size of at least 64MiB, as in 2GiB");
    }
    converting.memory_limit = *bytes;
  }
  return converting;
}

void require(const std::string& value, const std::string& command, const std::string& what) {
  if (value.empty())
    refuse(what + " is missing behind \"" + command + "\"", "see " + command + " --help");
}

AddArgs typed_add(Words& words, const CLI::App& command) {
  AddArgs add = words.add;
  add.converting = typed_converting(words, command);
  if (command.count("--files-from") > 0) add.files_from = words.files_from;
  if (add.nul_separated && !add.files_from)
    refuse("-0 is for --files-from", "give --files-from FILE");
  if (add.paths.empty() && !add.files_from) require("", "sluice add", "a path");
  for (const std::string& path : add.paths) require(path, "sluice add", "a path");
  return add;
}

RemoveArgs typed_remove(const Words& words) {
  if (words.remove.names.empty()) require("", "sluice remove", "a document's name");
  for (const std::string& name : words.remove.names) {
    require(name, "sluice remove", "a document's name");
  }
  return words.remove;
}

ConvertArgs typed_convert(Words& words, const CLI::App& command) {
  ConvertArgs convert = words.convert;
  require(convert.file, "sluice convert", "a file, or - for standard input,");
  convert.converting = typed_converting(words, command);
  if (command.count("--assets") > 0) {
    require(words.assets_dir, "--assets", "a directory");
    convert.assets_dir = words.assets_dir;
  }
  return convert;
}

Command typed_command(Words& words, const std::vector<const CLI::App*>& line) {
  const std::string name = spoken_name(line);
  const CLI::App& command = *line.back();
  if (name == "sluice init") {
    return InitArgs{words.init.dir.empty() ? "." : words.init.dir};
  }
  if (name == "sluice add") return typed_add(words, command);
  if (name == "sluice convert") return typed_convert(words, command);
  if (name == "sluice list") return words.list;
  if (name == "sluice show") {
    require(words.show.name, name, "a document's name");
    return words.show;
  }
  if (name == "sluice status") return StatusArgs{};
  if (name == "sluice remove") return typed_remove(words);
  if (name == "sluice recover") return RecoverArgs{};
  if (name == "sluice check") return words.check;
  if (name == "sluice plugin list") return PluginListArgs{};
  if (name == "sluice plugin info") {
    require(words.info.id, name, "a plugin's id");
    return words.info;
  }
  if (name == "sluice plugin why") {
    require(words.why.file, name, "a file");
    return words.why;
  }
  if (name == "sluice config show") return ConfigShowArgs{};
  if (name == "sluice config check") {
    ConfigCheckArgs check;
    if (!words.config_file.empty()) check.file = words.config_file;
    return check;
  }
  return DoctorArgs{};
}

}  // namespace

std::string_view command_name(const Command& command) {
  static constexpr auto kNames = std::to_array<std::string_view>(
      {"init", "add", "convert", "list", "show", "status", "remove", "recover", "check",
       "plugin list", "plugin info", "plugin why", "config show", "config check", "doctor"});
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
  add_global_options(app, words);
  add_plugin_option(app, words);
  add_commands(app, words);
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
  return args;
}

}  // namespace sluice::cli
