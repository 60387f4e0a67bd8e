#include "cli/manual/manual.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "cli/settings.h"

namespace sluice::cli {
namespace {

std::vector<CommandPage> make_commands() {
  std::vector<CommandPage> all;
  for (auto part : {pages_to_start, pages_to_keep_current, pages_to_look, pages_to_repair,
                    pages_of_plugins, pages_of_settings, pages_of_bundles, pages_of_queue,
                    pages_of_exchange, pages_for_programs}) {
    std::vector<CommandPage> pages = part();
    std::move(pages.begin(), pages.end(), std::back_inserter(all));
  }
  return all;
}

std::vector<OptionPage> make_global_options() {
  return {
      {.names = "-C,--kb",
       .value = "DIR",
       .summary = "The knowledge base",
       .default_value = "SLUICE_KB, else the nearest parent folder with .sluice/",
       .values = Values::kFolders},
      {.names = "-j,--jobs",
       .value = "N",
       .summary = "Convert so many documents at the same time",
       .default_value = "one for each core; [ingest] jobs"},
      {.names = "-q,--quiet", .summary = "Print only what failed"},
      {.names = "-v,--verbose",
       .summary = "Print diagnostics and the names of skipped files; -vv prints more"},
      {.names = "--json", .summary = "Print results as JSON, one object on each line"},
      {.names = "--color",
       .value = "WHEN",
       .summary = "Use colours: auto, always or never",
       .default_value = "auto",
       .values = Values::kWords,
       .words = {"auto", "always", "never"}},
      {.names = "--progress",
       .value = "WHEN",
       .summary = "Show progress: auto, always, never or json (objects on standard error)",
       .default_value = "auto",
       .values = Values::kWords,
       .words = {"auto", "always", "never", "json"}},
      {.names = "--log",
       .value = "FILE",
       .summary = "Write all diagnostics to this file, too; it is rotated at 10 MiB",
       .default_value = "none",
       .values = Values::kPaths},
      {.names = "--lock-timeout",
       .value = "SECONDS",
       .summary = "Wait so long for another sluice that holds the lock",
       .setting = "ingest.lock_timeout"},
      {.names = "--plugin",
       .value = "PATH",
       .summary = "Use the plugin in this folder, or the plugins in its folders",
       .default_value = "none",
       .values = Values::kFolders,
       .is_repeatable = true},
      {.names = "--locked",
       .summary = "Use only plugins of the lock file (see `sluice plugin pin`)"},
      {.names = "-h", .summary = "Print a short help"},
      {.names = "--help", .summary = "Print the whole help"},
      {.names = "-V,--version", .summary = "Print the version"},
  };
}

std::string default_of_setting(std::string_view path) {
  for (const Key& key : all_keys()) {
    if (key.path() != path) continue;
    std::string value = toml_text(key, key.default_value);
    std::erase(value, '"');  // as on the command line
    return value + "; [" + std::string(key.table) + "] " + std::string(key.name);
  }
  return "";  // the test of the manual finds it
}

}  // namespace

std::string_view heading(Group group) {
  switch (group) {
    case Group::kStart:
      return "Start";
    case Group::kCurrent:
      return "Keep current";
    case Group::kLook:
      return "Look";
    case Group::kRepair:
      return "Repair";
    case Group::kPlugins:
      return "Plugins";
    case Group::kSettings:
      return "Settings";
    case Group::kMachines:
      return "Many machines";
    case Group::kExchange:
      return "Exchange";
    case Group::kHidden:
      break;
  }
  return "For programs";
}

std::vector<std::string_view> OptionPage::spellings() const {
  std::vector<std::string_view> parts;
  for (std::string_view rest = names;; rest.remove_prefix(parts.back().size() + 1)) {
    parts.push_back(rest.substr(0, rest.find(',')));
    if (parts.back().size() == rest.size()) return parts;
  }
}

std::string_view OptionPage::long_name() const {
  return spellings().back();
}

std::span<const CommandPage> all_commands() {
  static const std::vector<CommandPage> kCommands = make_commands();
  return kCommands;
}

std::span<const Family> all_families() {
  static constexpr std::array kFamilies = {
      Family{"plugin", "Look at plugins, install them and choose among them"},
      Family{"bundle", "Look at bundles and check them"},
      Family{"config", "Show and check the configuration"},
      Family{"queue", "Spread documents over many computers through PostgreSQL"},
      Family{"export", "Keep copies that other programs read"},
      Family{"import", "Take over what other programs made"},
  };
  return kFamilies;
}

std::span<const OptionPage> global_options() {
  static const std::vector<OptionPage> kOptions = make_global_options();
  return kOptions;
}

std::span<const ExitMeaning> all_exit_codes() {
  static constexpr std::array kCodes = {
      ExitMeaning{ExitCode::kOk, "all is done"},
      ExitMeaning{ExitCode::kFatal, "nothing useful could be done"},
      ExitMeaning{ExitCode::kUsage, "the command line or the configuration is wrong"},
      ExitMeaning{ExitCode::kSomeFailed,
                  "some documents failed that had not failed in this way before; the others are "
                  "committed"},
      ExitMeaning{ExitCode::kNoKb, "there is no knowledge base here"},
      ExitMeaning{ExitCode::kLockTimeout, "another sluice held the lock for too long"},
      ExitMeaning{ExitCode::kNoSandbox, "the sandbox that is required is not available"},
      ExitMeaning{ExitCode::kDamaged,
                  "the knowledge base is damaged: run `sluice recover`, then `sluice check`"},
      ExitMeaning{ExitCode::kInterrupted, "interrupted; run the same command to go on"},
  };
  return kCodes;
}

std::string_view meaning(ExitCode code) {
  for (const ExitMeaning& one : all_exit_codes()) {
    if (one.code == code) return one.meaning;
  }
  return "";
}

const CommandPage* find_command(std::string_view name) {
  const auto all = all_commands();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const CommandPage& page) { return page.name == name; });
  return found == all.end() ? nullptr : &*found;
}

const Family* find_family(std::string_view name) {
  const auto all = all_families();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Family& one) { return one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::vector<const CommandPage*> commands_of(std::string_view family) {
  std::vector<const CommandPage*> found;
  for (const CommandPage& page : all_commands()) {
    if (page.name.starts_with(std::string(family) + " ")) found.push_back(&page);
  }
  return found;
}

std::vector<const CommandPage*> commands_of(Group group) {
  std::vector<const CommandPage*> found;
  for (const CommandPage& page : all_commands()) {
    if (page.group == group) found.push_back(&page);
  }
  return found;
}

std::string usage_of(const OperandPage& operand) {
  std::string text(operand.value);
  if (operand.is_repeatable()) text += "...";
  return operand.is_required() ? text : "[" + text + "]";
}

std::string usage_of(const CommandPage& command) {
  std::string text = "sluice " + std::string(command.name) + " [OPTIONS]";
  return command.operand ? text + " " + usage_of(*command.operand) : text;
}

std::string spelling_of(const OptionPage& option) {
  std::string text;
  for (const std::string_view name : option.spellings()) {
    text += (text.empty() ? "" : ", ") + std::string(name);
  }
  return option.is_flag() ? text : text + " " + std::string(option.value);
}

std::string default_of(const OptionPage& option) {
  if (option.is_flag()) return "";
  return option.setting.empty() ? std::string(option.default_value)
                                : default_of_setting(option.setting);
}

std::vector<OptionPage> converting_options() {
  return {
      {.names = "--option",
       .value = "CONVERTER.KEY=VALUE",
       .summary = "Set an option of a converter for this run (see `sluice plugin info`)",
       .default_value = "[plugin.ID] of the configuration",
       .values = Values::kOptionKeys,
       .is_repeatable = true},
      {.names = "--timeout",
       .value = "SECONDS",
       .summary = "Stop converting a document after this time",
       .setting = "limits.timeout"},
      {.names = "--memory-limit",
       .value = "SIZE",
       .summary = "Let the conversion of a document have so much memory, as in 2GiB",
       .setting = "limits.memory"},
      {.names = "--converter",
       .value = "ID",
       .summary = "Use this converter for every file",
       .default_value = "the one that fits each file best",
       .values = Values::kConverters},
  };
}

std::vector<OptionPage> scan_options() {
  return {
      {.names = "-g,--glob",
       .value = "GLOB",
       .summary = "Take only files of a directory that match; a leading ! excludes",
       .default_value = "all; [ingest] globs",
       .is_repeatable = true},
      {.names = "--no-ignore",
       .summary = "Obey no .sluiceignore, no .gitignore and no [ingest] ignore"},
      {.names = "--hidden", .summary = "Take names that begin with a dot, too"},
  };
}

OptionPage on_edit_option() {
  return {.names = "--on-edit",
          .value = "WHAT",
          .summary =
              "When a Markdown file that you changed gets a new version: keep yours beside "
              "it, leave yours as it is (ours), or merge both",
          .setting = "output.on_edit",
          .values = Values::kWords,
          .words = {"keep", "ours", "merge"}};
}

OptionPage strict_option() {
  return {.names = "--strict",
          .summary = "End with 3 for failures of last time, too, not only for new ones"};
}

std::vector<OptionPage> joined(std::vector<std::vector<OptionPage>> lists) {
  std::vector<OptionPage> all;
  for (auto& list : lists) std::move(list.begin(), list.end(), std::back_inserter(all));
  return all;
}

std::vector<ExitCode> exit_codes_of(const CommandPage& page) {
  std::vector<ExitCode> codes = {ExitCode::kOk, ExitCode::kFatal, ExitCode::kUsage};
  codes.insert(codes.end(), page.exit_codes.begin(), page.exit_codes.end());
  return codes;
}

}  // namespace sluice::cli
