// From the words of a command line to typed values.
#include <CLI/CLI.hpp>

#include "cli/args_words.h"
#include "cli/values.h"

namespace sluice::cli {
void require(const std::string& value, const std::string& command, const std::string& what) {
  if (value.empty())
    refuse(what + " is missing behind \"" + command + "\"", "see " + command + " --help");
}

namespace {

constexpr unsigned kMaxJobs = 1024;
constexpr std::uint64_t kMaxTimeout = 7 * 24 * 3600 * 1000;

When when_of(const std::string& option, const std::string& word) {
  if (word.empty() || word == "auto") return When::kAuto;
  if (word == "always") return When::kAlways;
  if (word == "never") return When::kNever;
  refuse_value(option, word, "auto, always or never");
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

MaxDelete max_delete_of(const std::string& text) {
  MaxDelete most;
  most.is_percent = text.ends_with('%');
  const auto number = parse_count(text.substr(0, text.size() - (most.is_percent ? 1 : 0)));
  if (!number || (most.is_percent && *number > 100)) {
    refuse_value("--max-delete", text, "a number of documents or a share, as in 50 or 20%");
  }
  most.number = *number;
  return most;
}

SyncArgs typed_sync(Words& words, const CLI::App& command) {
  SyncArgs sync = words.sync;
  for (const std::string& dir : sync.dirs) require(dir, "sluice sync", "a directory");
  sync.converting = typed_converting(words, command);
  if (command.count("--max-delete") > 0) sync.max_delete = max_delete_of(words.max_delete);
  return sync;
}

RetryArgs typed_retry(Words& words, const CLI::App& command) {
  RetryArgs retry = words.retry;
  retry.converting = typed_converting(words, command);
  return retry;
}

ReconvertArgs typed_reconvert(Words& words, const CLI::App& command) {
  ReconvertArgs reconvert = words.reconvert;
  reconvert.converting = typed_converting(words, command);
  if (reconvert.all && !reconvert.names.empty()) {
    refuse("--all and names of documents exclude each other", "give one of them");
  }
  for (const std::string& name : reconvert.names) {
    require(name, "sluice reconvert", "a document's name");
  }
  return reconvert;
}

LogArgs typed_log(const Words& words, const CLI::App& command) {
  LogArgs log = words.log;
  if (command.count("--since") > 0) {
    const auto number = parse_count(words.since);
    if (!number) refuse_value("--since", words.since, "the number of an event, as in 120");
    log.since = *number;
  }
  return log;
}

RemoveArgs typed_remove(const Words& words) {
  const bool chooses = words.remove.missing || !words.remove.from_roots.empty();
  if (words.remove.names.empty() && !chooses) {
    require("", "sluice remove", "a document's name");
  }
  for (const std::string& root : words.remove.from_roots) {
    require(root, "--from-root", "a folder");
  }
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

}  // namespace

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

Command typed_command(Words& words, const std::vector<const CLI::App*>& line) {
  const std::string name = spoken_name(line);
  const CLI::App& command = *line.back();
  if (name == "sluice init") {
    return InitArgs{words.init.dir.empty() ? "." : words.init.dir};
  }
  if (name == "sluice add") return typed_add(words, command);
  if (name == "sluice convert") return typed_convert(words, command);
  if (name == "sluice sync") return typed_sync(words, command);
  if (name == "sluice retry") return typed_retry(words, command);
  if (name == "sluice outdated") return OutdatedArgs{};
  if (name == "sluice reconvert") return typed_reconvert(words, command);
  if (name == "sluice log") return typed_log(words, command);
  if (name == "sluice list") return words.list;
  if (name == "sluice show") {
    require(words.show.name, name, "a document's name");
    return words.show;
  }
  if (name == "sluice status") return StatusArgs{};
  if (name == "sluice remove") return typed_remove(words);
  if (name == "sluice recover") return RecoverArgs{};
  if (name == "sluice check") return words.check;
  if (auto plugin = typed_plugin_command(words.plugin, name)) return *plugin;
  if (name == "sluice config show") return ConfigShowArgs{};
  if (name == "sluice config check") {
    ConfigCheckArgs check;
    if (!words.config_file.empty()) check.file = words.config_file;
    return check;
  }
  return DoctorArgs{};
}

}  // namespace sluice::cli
