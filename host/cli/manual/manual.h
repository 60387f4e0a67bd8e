// The one table of commands and options. The command line is declared from it, and help, manual
// pages, completions and the reference are printed from it: they cannot differ.
//
// A new command has a page in one of pages_*.cpp, a type in cli/args.h with the page's name, and a
// function in cli/args_values.cpp that reads its words. tests/unit/cli/manual_test.cpp says what is
// missing.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/error.h"

namespace sluice::cli {

// The order is that of help.
enum class Group {
  kStart,
  kCurrent,
  kLook,
  kRepair,
  kPlugins,
  kSettings,
  kMachines,
  kExchange,
  kHidden
};
// "Start", as the heading of the group's commands.
std::string_view heading(Group group);

// What a shell offers where a value is expected.
enum class Values {
  kAny,  // nothing
  kPaths,
  kFolders,
  kDocuments,
  kDocumentsAndPaths,
  kPlugins,
  kConverters,
  kPluginsAndConverters,
  kOptionKeys,  // CONVERTER.KEY=
  kWords,       // those of OptionPage::words
};

struct OptionPage {
  std::string_view names;       // "-g,--glob"
  std::string_view value = {};  // what stands for its value, "GLOB"; a flag has none
  std::string_view summary;     // one sentence without a full stop
  // With a value: what holds without the option. Either words ("none"), or the setting
  // ("limits.timeout"), whose default is then shown.
  std::string_view default_value = {};
  std::string_view setting = {};
  Values values = Values::kAny;
  std::vector<std::string_view> words = {};
  bool is_repeatable = false;

  bool is_flag() const { return value.empty(); }
  // "-g", "--glob".
  std::vector<std::string_view> spellings() const;
  // "--glob"; "-0" of one that has no long name.
  std::string_view long_name() const;
};

struct OperandPage {
  std::string_view value;  // "PATH"
  std::string_view summary;
  enum class Count { kOne, kOptional, kSome, kAny } count = Count::kOne;
  Values values = Values::kAny;

  bool is_required() const { return count == Count::kOne || count == Count::kSome; }
  bool is_repeatable() const { return count == Count::kSome || count == Count::kAny; }
};

struct Example {
  std::string_view command;  // as a user types it
  std::string_view purpose;
};

struct CommandPage {
  std::string_view name;  // "plugin list"
  Group group;
  std::string_view summary;  // one sentence without a full stop
  // Paragraphs, each ended by a newline.
  std::string_view description;
  std::optional<OperandPage> operand = std::nullopt;
  std::vector<OptionPage> options = {};
  std::vector<Example> examples;
  // Besides 0, 1 and 2, which every command has.
  std::vector<ExitCode> exit_codes = {};
  std::string_view alias = {};
};

// A word that commands share, "plugin", with what they have in common.
struct Family {
  std::string_view name;
  std::string_view summary;
};

struct ExitMeaning {
  ExitCode code;
  std::string_view meaning;
};

// Every command, in the order of help; a family's commands are neighbours.
std::span<const CommandPage> all_commands();
std::span<const Family> all_families();
// What every command takes, before or after its name.
std::span<const OptionPage> global_options();
std::span<const ExitMeaning> all_exit_codes();
std::string_view meaning(ExitCode code);

// All that a command may end with.
std::vector<ExitCode> exit_codes_of(const CommandPage& page);

// nullptr if there is none of that name.
const CommandPage* find_command(std::string_view name);
const Family* find_family(std::string_view name);
std::vector<const CommandPage*> commands_of(std::string_view family);
std::vector<const CommandPage*> commands_of(Group group);

// "PATH...", "[DIR]".
std::string usage_of(const OperandPage& operand);
// "sluice add [OPTIONS] PATH...".
std::string usage_of(const CommandPage& command);
// "-g, --glob GLOB".
std::string spelling_of(const OptionPage& option);
// "300; [limits] timeout". Empty for a flag.
std::string default_of(const OptionPage& option);

// The parts of the table; each is called once.
std::vector<CommandPage> pages_to_start();
std::vector<CommandPage> pages_to_keep_current();
std::vector<CommandPage> pages_to_look();
std::vector<CommandPage> pages_to_repair();
std::vector<CommandPage> pages_of_plugins();
std::vector<CommandPage> pages_of_settings();
std::vector<CommandPage> pages_of_bundles();
std::vector<CommandPage> pages_of_queue();
std::vector<CommandPage> pages_of_exchange();
std::vector<CommandPage> pages_for_programs();

// Options that several commands share.
std::vector<OptionPage> converting_options();
std::vector<OptionPage> scan_options();
OptionPage on_edit_option();
OptionPage strict_option();
std::vector<OptionPage> joined(std::vector<std::vector<OptionPage>> lists);

}  // namespace sluice::cli
