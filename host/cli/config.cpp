#include "cli/config.h"

#include <algorithm>
#include <filesystem>

#include "cli/text.h"
#include "cli/user_folders.h"
#include "model/layout.h"
#include "owner/plain_file.h"
#include "platform/error.h"
#include "platform/process.h"
#include "plugin/nearest.h"

namespace sluice::cli {
namespace {

namespace fs = std::filesystem;

// The administrator's, wherever the program is installed: no installation replaces it.
constexpr const char* kConfigOfComputer = "/etc/sluice/config.toml";

std::optional<std::string> environment(const Io& io, const std::string& name) {
  auto value = io.env(name);
  if (value && value->empty()) return std::nullopt;
  return value;
}

// The program stands in <prefix>/bin.
fs::path install_prefix() {
  return fs::path(platform::executable_path()).parent_path().parent_path();
}

bool holds_state(platform::Files& files, const fs::path& dir) {
  const auto opened = files.open_dir(dir.string());
  if (!opened) return false;
  const auto state = files.info(*opened, layout::kState);
  return state && state->kind == platform::FileKind::kDirectory;
}

std::string named_kb(platform::Files& files, const Io& io, const std::string& path,
                     const std::string& from) {
  const std::string absolute = absolute_path(io, path);
  if (!holds_state(files, absolute)) {
    throw Error("use the knowledge base", path, "there is none (given by " + from + ")",
                "make one with: sluice init " + path, ExitCode::kNoKb);
  }
  return absolute;
}

// A variable that begins as those of a table do and is none of them, like an unknown key in a file.
void check_names_of_settings(const Io& io) {
  if (!io.env_names) return;
  std::vector<std::string> names = io.env_names();
  std::erase_if(names, [](const std::string& name) { return !name.starts_with("SLUICE_"); });
  if (names.empty()) return;
  std::vector<std::string> known;
  for (const Key& key : all_keys()) known.push_back(key.variable());
  for (const std::string& name : names) {
    const bool is_known = std::find(known.begin(), known.end(), name) != known.end();
    const bool is_of_table = std::any_of(known.begin(), known.end(), [&](const std::string& one) {
      // "SLUICE_LIMITS_" of "SLUICE_LIMITS_MEMORY"
      return name.starts_with(one.substr(0, one.find('_', one.find('_') + 1) + 1));
    });
    if (is_known || !is_of_table) continue;
    throw Error("use the environment variable", name, "there is no such setting",
                plugin::suggest(name, known), ExitCode::kUsage);
  }
}

}  // namespace

std::string absolute_path(const Io& io, const std::string& path) {
  std::string absolute = (fs::path(io.working_directory) / path).lexically_normal().string();
  if (absolute.size() > 1 && absolute.back() == '/') absolute.pop_back();
  return absolute;
}

std::optional<std::string> find_kb(platform::Files& files, const Args& args, const Io& io) {
  if (args.global.kb) return named_kb(files, io, *args.global.kb, "--kb");
  if (const auto path = environment(io, "SLUICE_KB"))
    return named_kb(files, io, *path, "SLUICE_KB");
  for (fs::path dir = io.working_directory;; dir = dir.parent_path()) {
    if (holds_state(files, dir)) return dir.string();
    if (dir == dir.parent_path()) return std::nullopt;
  }
}

std::vector<std::string> config_file_paths(const Io& io, const std::optional<std::string>& kb) {
  std::vector<std::string> paths = {(install_prefix() / "share/sluice/config.toml").string(),
                                    kConfigOfComputer};
  if (const auto user = user_config_folder(io)) paths.push_back(*user + "/config.toml");
  if (kb) paths.push_back(*kb + "/" + layout::kConfig);
  return paths;
}

Config Config::load(platform::Files& files, const Args& args, const Io& io,
                    const std::optional<std::string>& kb) {
  Config config;
  for (const Key& key : all_keys()) config.values_.push_back({&key, key.default_value, "built-in"});
  for (const std::string& path : config_file_paths(io, std::nullopt)) config.add_file(files, path);
  if (kb) config.add_file_of_kb(files, *kb);
  std::reverse(config.files_read_.begin(), config.files_read_.end());
  config.add_environment(io);
  config.add_flags(args);
  config.store_all();
  config.add_search_paths(args, io);
  for (const std::string& warning : config.warnings_) {
    if (!args.global.quiet) io.err << "warning " << visible(warning) << "\n";
  }
  return config;
}

void Config::set(std::string_view table, std::string_view name, Key::Value value,
                 std::string origin) {
  Setting& setting = setting_of(table, name);
  setting.value = std::move(value);
  setting.origin = std::move(origin);
  // An option for all converters also replaces what a weaker layer set for one.
  std::erase_if(converter_limits_,
                [&](const ConverterLimit& weaker) { return weaker.setting.key == setting.key; });
}

void Config::store_all() {
  for (const Setting& setting : values_) {
    if (setting.key->store_limit != nullptr) {
      setting.key->store_limit(settings_.limits, setting.value);
    } else {
      setting.key->store(settings_, setting.value);
    }
  }
  for (const ConverterLimit& limit : converter_limits_) {
    const auto own =
        settings_.converter_limits.try_emplace(limit.converter, settings_.limits).first;
    limit.setting.key->store_limit(own->second, limit.setting.value);
  }
}

Setting& Config::setting_of(std::string_view table, std::string_view name) {
  return *std::find_if(values_.begin(), values_.end(), [&](const Setting& one) {
    return one.key->table == table && one.key->name == name;
  });
}

Setting& Config::setting_of(const Key& key) {
  return *std::find_if(values_.begin(), values_.end(),
                       [&](const Setting& one) { return one.key == &key; });
}

void Config::add_file(platform::Files& files, const std::string& path) {
  auto file = read_config_file(files, path);
  if (!file) return;
  files_read_.push_back(path);
  for (Setting& setting : file->values) {
    set(setting.key->table, setting.key->name, std::move(setting.value), std::move(setting.origin));
  }
  add_converter_limits(std::move(file->converter_limits));
  add_plugin_options(std::move(file->plugin_options));
}

void Config::add_converter_limits(std::vector<ConverterLimit> limits) {
  for (ConverterLimit& limit : limits) {
    std::erase_if(converter_limits_, [&](const ConverterLimit& weaker) {
      return weaker.converter == limit.converter && weaker.setting.key == limit.setting.key;
    });
    converter_limits_.push_back(std::move(limit));
  }
}

void Config::add_plugin_options(std::vector<PluginOption> options) {
  for (PluginOption& option : options) set_plugin_option(std::move(option));
}

void Config::set_plugin_option(PluginOption option) {
  std::erase_if(plugin_options_, [&](const PluginOption& weaker) {
    return weaker.plugin == option.plugin && weaker.name == option.name;
  });
  plugin_options_.push_back(std::move(option));
}

// A knowledge base may come from somebody else: its file may strengthen what the user has set, and
// never weaken it. None of its files is followed through a link.
void Config::add_file_of_kb(platform::Files& files, const std::string& kb) {
  const std::string path = kb + "/" + layout::kConfig;
  if (const auto state = files.open_dir(kb + "/" + layout::kState)) {
    owner::need_plain(files, *state, path.substr(path.rfind('/') + 1));
  }
  auto file = read_config_file(files, path);
  if (!file) return;
  files_read_.push_back(path);
  // Both are held against what the user has set, so the one before the other is applied.
  auto converter_limits = allowed_of_kb(std::move(file->converter_limits));
  const Key::Value& trust = setting_of("hooks", "trust").value;
  const auto& trusted = std::get<std::vector<std::string>>(trust);
  trusts_hooks_of_kb_ = std::find(trusted.begin(), trusted.end(), kb) != trusted.end();
  for (Setting& setting : file->values) set_of_kb(std::move(setting));
  add_converter_limits(std::move(converter_limits));
  add_plugin_options(std::move(file->plugin_options));
}

void Config::refuse_of_kb(const Setting& setting, const std::string& name, const Setting& kept) {
  warnings_.push_back(setting.origin + ": " + name + " = " +
                      toml_text(*setting.key, setting.value) +
                      " is not taken from a knowledge base, since it would lower a guard; kept " +
                      toml_text(*kept.key, kept.value) + " (" + kept.origin +
                      "); if you want it, set it in your own configuration");
}

void Config::set_of_kb(Setting setting) {
  Setting& before = setting_of(*setting.key);
  // The user's own list of whom to trust never comes from there.
  const bool is_trusted = trusts_hooks_of_kb_ && setting.key->path() == "hooks.run";
  if (!is_trusted && setting.key->weakens(before.value, setting.value)) {
    refuse_of_kb(setting, setting.key->path(), before);
    return;
  }
  // A converter's own limit that is stricter stays.
  std::erase_if(converter_limits_, [&](const ConverterLimit& own) {
    return own.setting.key == setting.key &&
           !setting.key->weakens(own.setting.value, setting.value);
  });
  before = std::move(setting);
  before.of_kb = true;
}

// What may stay of the file's limits for one converter each.
std::vector<ConverterLimit> Config::allowed_of_kb(std::vector<ConverterLimit> limits) {
  std::erase_if(limits, [this](const ConverterLimit& limit) {
    const Key& key = *limit.setting.key;
    const auto own =
        std::find_if(converter_limits_.begin(), converter_limits_.end(), [&](const auto& one) {
          return one.converter == limit.converter && one.setting.key == &key;
        });
    const Setting& before = own == converter_limits_.end() ? setting_of(key) : own->setting;
    if (!key.weakens(before.value, limit.setting.value)) return false;
    refuse_of_kb(limit.setting, limit.path(), before);
    return true;
  });
  return limits;
}

void Config::add_environment(const Io& io) {
  check_names_of_settings(io);
  for (const Key& key : all_keys()) {
    const auto text = environment(io, key.variable());
    if (!text) continue;
    auto value = value_from_text(key, *text);
    if (!value) {
      throw Error("use the environment variable", key.variable(), "it is \"" + *text + "\"",
                  "make it " + wanted(key), ExitCode::kUsage);
    }
    if (key.path() == "plugins.paths") {
      for (std::string& path : std::get<std::vector<std::string>>(*value)) {
        path = absolute_path(io, path);
      }
    }
    set(key.table, key.name, std::move(*value), key.variable());
  }
}

void Config::add_flags(const Args& args) {
  const auto milliseconds = [](std::chrono::milliseconds time) {
    return Key::Value(static_cast<std::uint64_t>(time.count()));
  };
  if (args.global.jobs)
    set("ingest", "jobs", Key::Value(std::uint64_t{*args.global.jobs}), "--jobs");
  if (args.global.lock_timeout) {
    set("ingest", "lock_timeout", milliseconds(*args.global.lock_timeout), "--lock-timeout");
  }
  if (args.locked) set("plugins", "locked", Key::Value(true), "--locked");
  if (const ScanArgs* scan = scan_args(args.command)) {
    if (!scan->globs.empty()) drop_globs_of_kb();
    if (scan->hidden) set("ingest", "hidden", Key::Value(true), "--hidden");
    if (scan->no_ignore) set("ingest", "ignore_files", Key::Value(false), "--no-ignore");
  }
  const ConvertingArgs* converting = converting_args(args.command);
  if (converting == nullptr) return;
  if (converting->timeout)
    set("limits", "timeout", milliseconds(*converting->timeout), "--timeout");
  if (converting->memory_limit) {
    set("limits", "memory", Key::Value(*converting->memory_limit), "--memory-limit");
  }
  if (!converting->on_edit.empty()) {
    set("output", "on_edit", Key::Value(converting->on_edit), "--on-edit");
  }
}

// Those of the command line stand behind those of the files. What a knowledge base would let in
// beside them is left out.
void Config::drop_globs_of_kb() {
  const auto globs = std::find_if(values_.begin(), values_.end(), [](const Setting& setting) {
    return setting.key->path() == "ingest.globs";
  });
  if (!globs->of_kb) return;
  const Setting kept{globs->key, globs->key->default_value, "--glob"};
  refuse_of_kb(*globs, "ingest.globs", kept);
  *globs = kept;
}

void Config::add_search_paths(const Args& args, const Io& io) {
  using Presence = plugin::SearchPath::Presence;
  for (const std::string& path : args.plugins) {
    search_paths_.push_back({absolute_path(io, path), "--plugin", Presence::kRequired});
  }
  std::string rest = environment(io, "SLUICE_PLUGIN_PATH").value_or("");
  while (!rest.empty()) {
    const std::size_t colon = rest.find(':');
    const std::string path = rest.substr(0, colon);
    rest = colon == std::string::npos ? "" : rest.substr(colon + 1);
    if (path.empty()) continue;
    search_paths_.push_back({absolute_path(io, path), "SLUICE_PLUGIN_PATH", Presence::kRequired});
  }
  const auto paths = std::find_if(values_.begin(), values_.end(), [](const Setting& setting) {
    return setting.key->path() == "plugins.paths";
  });
  for (const std::string& path : settings_.plugin_paths) {
    search_paths_.push_back({path, paths->origin, Presence::kRequired});
  }
  for (const auto& user : {user_plugins_folder(io), user_prefix_plugins_folder(io)}) {
    if (user) search_paths_.push_back({*user, "the user's folder"});
  }
  search_paths_.push_back({(install_prefix() / "lib/sluice/plugins").string(), "the installation"});
}

}  // namespace sluice::cli
