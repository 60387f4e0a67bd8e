// Between the steps of parse_args(): the options as CLI11 knows them, the words it reads, and their
// typed values. For args*.cpp alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/args.h"

namespace CLI {
class App;
}

namespace sluice::cli {

// The commands below `sluice plugin`, apart from the others: there are many. In args_plugin.cpp.
struct PluginWords {
  PluginListArgs list;
  PluginInfoArgs info;
  PluginWhyArgs why;
  PluginInstallArgs install;
  PluginRemoveArgs remove;
  PluginEnableArgs enable;
  PluginDisableArgs disable;
  PluginOrderArgs order;
  PluginVerifyArgs verify;
};
void add_plugin_commands(CLI::App& app, PluginWords& words);
// The command of that name ("sluice plugin list"), or nothing if it is another. Throws Error
// (kUsage) if a word is missing.
std::optional<Command> typed_plugin_command(const PluginWords& words, const std::string& name);

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
  SyncArgs sync;
  std::string max_delete;
  RetryArgs retry;
  ReconvertArgs reconvert;
  LogArgs log;
  std::string since;
  std::string assets_dir;
  ConvertingArgs converting;
  ListArgs list;
  ShowArgs show;
  RemoveArgs remove;
  CheckArgs check;
  PluginWords plugin;
  bool locked = false;
  std::string config_file;
};

// Throws Error (kUsage).
[[noreturn]] void refuse(const std::string& cause, const std::string& next);
[[noreturn]] void refuse_value(const std::string& option, const std::string& given,
                               const std::string& wanted);

// The same if `value` is empty: "a path is missing behind "sluice add"".
void require(const std::string& value, const std::string& command, const std::string& what);

// "sluice plugin list", of the program and the commands on the way to the innermost.
std::string spoken_name(const std::vector<const CLI::App*>& line);

// Every command with its options and help. What is read goes into `words`, which outlives `app`.
void declare_options(CLI::App& app, Words& words);

// Throw Error (kUsage) for values that do not fit.
GlobalArgs typed_global(Words& words, const CLI::App& app);
Command typed_command(Words& words, const std::vector<const CLI::App*>& line);

}  // namespace sluice::cli
