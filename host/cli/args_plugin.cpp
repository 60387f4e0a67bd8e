// The commands below `sluice plugin`.
#include <CLI/CLI.hpp>

#include "cli/args_words.h"

namespace sluice::cli {
namespace {

CLI::App* add_command(CLI::App& app, const char* name, const char* description,
                      const char* examples) {
  CLI::App* command = app.add_subcommand(name, description);
  command->footer(std::string("Examples:\n") + examples);
  return command;
}

void add_commands_that_look(CLI::App& plugin, PluginWords& words) {
  add_command(plugin, "list", "Every plugin, and those that cannot be used with the reason",
              "  sluice plugin list\n"
              "  sluice plugin list --verify        hash every file and load every plugin anew")
      ->add_flag("--verify", words.list.verify, "Remember nothing of earlier runs");
  add_command(plugin, "info", "One plugin, by its id or a converter's, with its options",
              "  sluice plugin info pdf")
      ->add_option("id", words.info.id, "A plugin's or converter's id")
      ->type_name("ID");
  add_command(plugin, "why", "Which converter a file gets, and why",
              "  sluice plugin why report.docx")
      ->add_option("file", words.why.file, "Any file; it is not converted")
      ->type_name("FILE");
  add_command(plugin, "verify", "Whether plugins are as their makers left them, and can be used",
              "  sluice plugin verify\n"
              "  sluice plugin verify pdf docx")
      ->add_option("ids", words.verify.ids, "Ids of plugins (default: all)")
      ->type_name("ID");
}

void add_commands_that_change(CLI::App& plugin, PluginWords& words) {
  CLI::App* install = add_command(plugin, "install", "Install a plugin for this user",
                                  "  sluice plugin install rss-1.2.0.tar\n"
                                  "  sluice plugin install build/lib/sluice/plugins/rss --replace");
  install
      ->add_option("source", words.install.source,
                   "A tar file as 'sluice-sdk package' makes it, or a plugin's folder")
      ->type_name("FILE|FOLDER");
  install->add_flag("--replace", words.install.replace, "Replace the one that is installed");
  add_command(plugin, "remove", "Remove a plugin that this user installed",
              "  sluice plugin remove rss")
      ->add_option("id", words.remove.id, "The plugin's id")
      ->type_name("ID");
  add_command(plugin, "enable", "Use plugins again that were disabled",
              "  sluice plugin enable pdf")
      ->add_option("ids", words.enable.ids, "Ids of plugins")
      ->type_name("ID");
  add_command(plugin, "disable", "Do not use plugins: sets [plugins] deny of your configuration",
              "  sluice plugin disable pdf")
      ->add_option("ids", words.disable.ids, "Ids of plugins")
      ->type_name("ID");
  CLI::App* order = add_command(plugin, "order", "Which converters go first: sets [plugins] order",
                                "  sluice plugin order                say the order in effect\n"
                                "  sluice plugin order rss html       prefer rss, then html\n"
                                "  sluice plugin order --clear");
  order->add_option("ids", words.order.ids, "Ids of plugins or converters")->type_name("ID");
  order->add_flag("--clear", words.order.clear, "Prefer none");
  add_command(plugin, "pin", "Write the lock file: --locked uses only the plugins of today",
              "  sluice plugin pin\n"
              "  sluice add --locked ~/Documents");
}

void require_some(const std::vector<std::string>& ids, const std::string& name) {
  if (ids.empty()) require("", name, "a plugin's id");
}

}  // namespace

void add_plugin_commands(CLI::App& app, PluginWords& words) {
  CLI::App* plugin = app.add_subcommand("plugin", "Plugins and their converters");
  plugin->require_subcommand(0, 1);
  add_commands_that_look(*plugin, words);
  add_commands_that_change(*plugin, words);
}

std::optional<Command> typed_plugin_command(const PluginWords& words, const std::string& name) {
  if (name == "sluice plugin list") return words.list;
  if (name == "sluice plugin info") {
    require(words.info.id, name, "a plugin's id");
    return words.info;
  }
  if (name == "sluice plugin why") {
    require(words.why.file, name, "a file");
    return words.why;
  }
  if (name == "sluice plugin verify") return words.verify;
  if (name == "sluice plugin install") {
    require(words.install.source, name, "a tar file or a folder");
    return words.install;
  }
  if (name == "sluice plugin remove") {
    require(words.remove.id, name, "a plugin's id");
    return words.remove;
  }
  if (name == "sluice plugin enable") {
    require_some(words.enable.ids, name);
    return words.enable;
  }
  if (name == "sluice plugin disable") {
    require_some(words.disable.ids, name);
    return words.disable;
  }
  if (name == "sluice plugin order") {
    if (words.order.clear && !words.order.ids.empty()) {
      refuse("--clear and ids exclude each other", "give one");
    }
    return words.order;
  }
  if (name == "sluice plugin pin") return PluginPinArgs{};
  return std::nullopt;
}

}  // namespace sluice::cli
