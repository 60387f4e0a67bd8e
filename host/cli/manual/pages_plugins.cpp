// The pages of the commands below `sluice plugin`.
#include "cli/manual/manual.h"

namespace sluice::cli {
namespace {

using Count = OperandPage::Count;

OperandPage plugin_ids(Count count, std::string_view summary) {
  return {.value = "ID", .summary = summary, .count = count, .values = Values::kPlugins};
}

std::vector<CommandPage> pages_that_look() {
  return {
      {.name = "plugin list",
       .group = Group::kPlugins,
       .summary = "List every plugin, and why one cannot be used",
       .description = "Lists plugins with their versions, converters and folders. One that cannot "
                      "be used is listed with the reason.\n",
       .options = {{.names = "--verify",
                    .summary = "Hash every file and load every plugin, whatever earlier runs "
                               "found"}},
       .examples = {{"sluice plugin list", "what is installed"},
                    {"sluice plugin list --verify", "test every plugin anew"}}},
      {.name = "plugin info",
       .group = Group::kPlugins,
       .summary = "Show one plugin with its formats and options",
       .description = "Shows a plugin: its formats, its converters, each option with its type and "
                      "default, and the limits that it declares.\n",
       .operand = OperandPage{.value = "ID",
                              .summary = "The id of a plugin or of a converter",
                              .count = Count::kOne,
                              .values = Values::kPluginsAndConverters},
       .examples = {{"sluice plugin info pdf", "the options of the PDF converter"}}},
      {.name = "plugin why",
       .group = Group::kPlugins,
       .summary = "Show which converter a file gets, and why",
       .description = "Looks at a file and lists the converters in the order in which they would "
                      "be tried, each with the reason. It does not convert the file.\n",
       .operand = OperandPage{.value = "FILE",
                              .summary = "Any file; it is not converted",
                              .count = Count::kOne,
                              .values = Values::kPaths},
       .examples = {{"sluice plugin why report.docx", "which converter reads it"}}},
      {.name = "plugin verify",
       .group = Group::kPlugins,
       .summary = "Check that plugins are unchanged and can be used",
       .description = "Compares the files of plugins with the hashes in their manifests and, if "
                      "there is one, with the lock file. It loads each plugin in a worker.\n",
       .operand = plugin_ids(Count::kAny, "Ids of plugins (default: all)"),
       .examples = {{"sluice plugin verify", "all plugins"},
                    {"sluice plugin verify pdf docx", "two of them"}}},
  };
}

std::vector<CommandPage> pages_that_change() {
  return {
      {.name = "plugin install",
       .group = Group::kPlugins,
       .summary = "Install a plugin for this user",
       .description = "Copies a plugin, checks its files, and loads it in a worker. Only a plugin "
                      "that can be used is installed. A plugin is a program: install only what "
                      "you trust.\n",
       .operand = OperandPage{.value = "FILE|FOLDER",
                              .summary = "A tar file as `sluice-sdk package` makes it, or a "
                                         "plugin's folder",
                              .count = Count::kOne,
                              .values = Values::kPaths},
       .options = {{.names = "--replace", .summary = "Replace the plugin that is installed"}},
       .examples = {{"sluice plugin install rss-1.2.0.tar", "from a file"},
                    {"sluice plugin install build/lib/sluice/plugins/rss --replace",
                     "one that you are writing"}},
       .exit_codes = {ExitCode::kLockTimeout}},
      {.name = "plugin remove",
       .group = Group::kPlugins,
       .summary = "Remove a plugin that this user installed",
       .description = "Removes the plugin's folder. Plugins of the system stay: `sluice plugin "
                      "disable` turns them off.\n",
       .operand = plugin_ids(Count::kOne, "The plugin's id"),
       .examples = {{"sluice plugin remove rss", "remove the plugin rss"}},
       .exit_codes = {ExitCode::kLockTimeout}},
      {.name = "plugin enable",
       .group = Group::kPlugins,
       .summary = "Use plugins again that were disabled",
       .description = "Takes plugins out of `[plugins] deny` of your own configuration.\n",
       .operand = plugin_ids(Count::kSome, "Ids of plugins"),
       .examples = {{"sluice plugin enable pdf", "use the PDF converter again"}}},
      {.name = "plugin disable",
       .group = Group::kPlugins,
       .summary = "Do not use plugins",
       .description = "Puts plugins into `[plugins] deny` of your own configuration.\n",
       .operand = plugin_ids(Count::kSome, "Ids of plugins"),
       .examples = {{"sluice plugin disable pdf", "leave PDFs alone"}}},
      {.name = "plugin order",
       .group = Group::kPlugins,
       .summary = "Show or set which converters are tried first",
       .description = "Sets `[plugins] order` of your own configuration: if several converters fit "
                      "a file equally well, the first in this order is used. Without an id, it "
                      "shows the order in effect.\n",
       .operand = OperandPage{.value = "ID",
                              .summary = "Ids of plugins or converters (default: show the order)",
                              .count = Count::kAny,
                              .values = Values::kPluginsAndConverters},
       .options = {{.names = "--clear", .summary = "Prefer none"}},
       .examples = {{"sluice plugin order", "show the order in effect"},
                    {"sluice plugin order rss html", "prefer rss, then html"},
                    {"sluice plugin order --clear", "prefer none"}}},
      {.name = "plugin pin",
       .group = Group::kPlugins,
       .summary = "Write the lock file, for --locked",
       .description = "Writes `plugins.lock` beside your configuration, with the hash of each "
                      "plugin that can be used now. With `--locked` or `[plugins] locked = true`, "
                      "Sluice uses no other.\n",
       .examples = {{"sluice plugin pin", "trust the plugins of today"},
                    {"sluice add --locked ~/Documents", "use only those"}}},
  };
}

}  // namespace

std::vector<CommandPage> pages_of_plugins() {
  std::vector<CommandPage> pages = pages_that_look();
  for (CommandPage& page : pages_that_change()) pages.push_back(std::move(page));
  return pages;
}

}  // namespace sluice::cli
