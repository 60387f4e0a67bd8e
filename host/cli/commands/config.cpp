#include "cli/commands/config.h"

#include "cli/json.h"
#include "cli/plugin_options.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "platform/error.h"

namespace sluice::cli {
namespace {

JsonObject& add_value(JsonObject& object, const Setting& setting) {
  if (const auto* flag = std::get_if<bool>(&setting.value)) return object.flag("value", *flag);
  if (const auto* list = std::get_if<std::vector<std::string>>(&setting.value)) {
    return object.texts("value", *list);
  }
  if (const auto* word = std::get_if<std::string>(&setting.value)) {
    return object.text("value", *word);
  }
  const std::uint64_t number = std::get<std::uint64_t>(setting.value);
  if (setting.key->type == Key::Type::kSeconds) {
    return object.decimal("value", static_cast<double>(number) / 1000);
  }
  return object.number("value", static_cast<std::int64_t>(number));
}

std::string option_text(const PluginOption& option, const plugin::Catalog& catalog) {
  if (is_hidden(option, catalog)) return "(hidden)";
  const plugin::Toml& value = option.value;
  switch (value.kind) {
    case plugin::Toml::Kind::kBoolean:
      return value.boolean ? "true" : "false";
    case plugin::Toml::Kind::kInteger:
      return std::to_string(value.integer);
    case plugin::Toml::Kind::kString:
      return plugin::toml_string(value.string);
    default:
      return std::string(kind_name(value.kind));
  }
}

void print_json(Io& io, const Config& config, const plugin::Catalog& catalog) {
  for (const Setting& setting : config.values()) {
    JsonObject object("config");
    object.text("key", setting.key->path());
    add_value(object, setting).text("origin", setting.origin);
    io.out << object.line();
  }
  for (const ConverterLimit& limit : config.converter_limits()) {
    JsonObject object("config");
    object.text("key", limit.path());
    add_value(object, limit.setting).text("origin", limit.setting.origin);
    io.out << object.line();
  }
  for (const PluginOption& option : config.plugin_options()) {
    io.out << JsonObject("config")
                  .text("key", "plugin." + option.plugin + "." + option.name)
                  .text("value", option_text(option, catalog))
                  .text("origin", option.origin())
                  .line();
  }
}

// As TOML, with each origin behind it.
void print_text(Io& io, const Paint& paint, const Config& config, const plugin::Catalog& catalog) {
  Table table;
  std::string_view current;
  const auto flush = [&] {
    if (!current.empty()) io.out << '[' << current << "]\n" << table.text(paint) << '\n';
    table = Table();
  };
  for (const Setting& setting : config.values()) {
    if (setting.key->table != current) {
      flush();
      current = setting.key->table;
    }
    table.add({std::string(setting.key->name) + " = " + toml_text(*setting.key, setting.value),
               "# " + setting.origin});
  }
  flush();
  for (const ConverterLimit& limit : config.converter_limits()) {
    table.add({limit.path() + " = " + toml_text(*limit.setting.key, limit.setting.value),
               "# " + limit.setting.origin});
  }
  for (const PluginOption& option : config.plugin_options()) {
    table.add({"plugin." + plugin::toml_string(option.plugin) + "." + option.name + " = " +
                   option_text(option, catalog),
               "# " + option.origin()});
  }
  io.out << table.text(paint);
}

// What cannot be checked, or does nothing, since what it is for is not installed.
struct Remarks {
  std::vector<std::string> plugins;
  std::vector<std::string> limits;
};

Remarks remarks_on(const std::vector<PluginOption>& options,
                   const std::vector<ConverterLimit>& limits, const plugin::Catalog& catalog) {
  return {check_plugin_options(options, catalog), limits_without_effect(limits, catalog)};
}

void print_checked(Io& io, const Args& args, const std::string& file, const Remarks& remarks) {
  if (args.global.json) {
    io.out << JsonObject("config_file")
                  .text("file", file)
                  .text("state", "ok")
                  .texts("not_installed", remarks.plugins)
                  .texts("without_effect", remarks.limits)
                  .line();
    return;
  }
  io.out << visible(file) << ": ok\n";
  for (const std::string& id : remarks.plugins) {
    io.out << "  its options for the plugin \"" << visible(id)
           << "\" were not checked: it is not installed\n";
  }
  for (const std::string& text : remarks.limits) io.out << "  " << visible(text) << "\n";
}

}  // namespace

int run_config_show(platform::Files& files, const Args& args, Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kNo);
  if (args.global.json) {
    print_json(io, workspace.config, workspace.catalog);
  } else {
    print_text(io, Paint(args.global.color, io.out_is_terminal, io), workspace.config,
               workspace.catalog);
  }
  return static_cast<int>(ExitCode::kOk);
}

int run_config_check(platform::Files& files, const Args& args, const ConfigCheckArgs& check,
                     Io& io) {
  if (check.file) {
    const auto file = read_config_file(files, absolute_path(io, *check.file));
    if (!file) {
      throw Error("read the configuration", *check.file, "there is no such file", "check the path",
                  ExitCode::kUsage);
    }
    const Workspace workspace = open_workspace(files, args, io, NeedsKb::kNo);
    print_checked(io, args, *check.file,
                  remarks_on(file->plugin_options, file->converter_limits, workspace.catalog));
    return static_cast<int>(ExitCode::kOk);
  }
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kNo);
  for (const std::string& path : workspace.config.files_read()) {
    std::vector<PluginOption> own;
    for (const PluginOption& option : workspace.config.plugin_options()) {
      if (option.file == path) own.push_back(option);
    }
    std::vector<ConverterLimit> own_limits;
    for (const ConverterLimit& limit : workspace.config.converter_limits()) {
      if (limit.file == path) own_limits.push_back(limit);
    }
    print_checked(io, args, path, remarks_on(own, own_limits, workspace.catalog));
  }
  if (workspace.config.files_read().empty() && !args.global.json) {
    io.out << "no configuration file is in effect\n";
  }
  return static_cast<int>(ExitCode::kOk);
}

}  // namespace sluice::cli
