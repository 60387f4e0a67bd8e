#include "cli/config.h"

#include <algorithm>
#include <filesystem>

#include "model/layout.h"
#include "platform/error.h"
#include "platform/process.h"

namespace sluice::cli {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> environment(const Io& io, const std::string& name) {
  auto value = io.env(name);
  if (value && value->empty()) return std::nullopt;
  return value;
}

// A base directory of the XDG specification, which wants relative ones ignored.
std::optional<fs::path> xdg_directory(const Io& io, const std::string& variable,
                                      const char* below_home) {
  if (const auto value = environment(io, variable); value && fs::path(*value).is_absolute()) {
    return fs::path(*value);
  }
  if (const auto home = environment(io, "HOME")) return fs::path(*home) / below_home;
  return std::nullopt;
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
  std::vector<std::string> paths = {(install_prefix() / "share/sluice/config.toml").string()};
  if (const auto user = xdg_directory(io, "XDG_CONFIG_HOME", ".config")) {
    paths.push_back((*user / "sluice/config.toml").string());
  }
  if (kb) paths.push_back(*kb + "/" + layout::kConfig);
  return paths;
}

Config Config::load(platform::Files& files, const Args& args, const Io& io,
                    const std::optional<std::string>& kb) {
  Config config;
  for (const Key& key : all_keys()) config.values_.push_back({&key, key.default_value, "built-in"});
  const std::string of_kb = kb ? *kb + "/" + layout::kConfig : std::string();
  for (const std::string& path : config_file_paths(io, kb)) {
    config.add_file(files, path, path == of_kb ? Trust::kKnowledgeBase : Trust::kUser);
  }
  std::reverse(config.files_read_.begin(), config.files_read_.end());
  config.add_environment(io);
  config.add_flags(args);
  config.store_all();
  config.add_search_paths(args, io);
  return config;
}

void Config::set(std::string_view table, std::string_view name, Key::Value value,
                 std::string origin) {
  const auto setting = std::find_if(values_.begin(), values_.end(), [&](const Setting& one) {
    return one.key->table == table && one.key->name == name;
  });
  setting->value = std::move(value);
  setting->origin = std::move(origin);
  // What a weaker layer says of one converter gives way, too.
  std::erase_if(converter_limits_,
                [&](const ConverterLimit& weaker) { return weaker.setting.key == setting->key; });
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

// A knowledge base may come from somebody else: opening it must load no code and lower no guard.
void Config::check_of_kb(const Setting& setting) const {
  const std::string path = setting.key->path();
  if (path == "plugins.paths" && !std::get<std::vector<std::string>>(setting.value).empty()) {
    throw Error("take [plugins] paths from", setting.origin,
                "a knowledge base may come from somebody else, and plugins are programs",
                "take the line out, and name the folder in your own configuration, with "
                "SLUICE_PLUGIN_PATH or with --plugin",
                ExitCode::kUsage);
  }
  if (path != "sandbox.level") return;
  const auto level = [](const Key::Value& value) {
    return sandbox_level_from_word(std::get<std::string>(value));
  };
  const auto before = std::find_if(values_.begin(), values_.end(),
                                   [&](const Setting& one) { return one.key == setting.key; });
  if (level(setting.value) >= level(before->value)) return;
  throw Error("take [sandbox] level from", setting.origin,
              "a knowledge base may come from somebody else and must not weaken the sandbox (" +
                  before->origin + " says " + toml_text(*before->key, before->value) + ")",
              "take the line out, and set the level in your own configuration or with "
              "SLUICE_SANDBOX_LEVEL",
              ExitCode::kUsage);
}

void Config::add_file(platform::Files& files, const std::string& path, Trust trust) {
  auto file = read_config_file(files, path);
  if (!file) return;
  files_read_.push_back(path);
  for (Setting& setting : file->values) {
    if (trust == Trust::kKnowledgeBase) check_of_kb(setting);
    set(setting.key->table, setting.key->name, std::move(setting.value), std::move(setting.origin));
  }
  for (ConverterLimit& limit : file->converter_limits) {
    std::erase_if(converter_limits_, [&](const ConverterLimit& weaker) {
      return weaker.converter == limit.converter && weaker.setting.key == limit.setting.key;
    });
    converter_limits_.push_back(std::move(limit));
  }
  for (PluginOption& option : file->plugin_options) {
    std::erase_if(plugin_options_, [&](const PluginOption& weaker) {
      return weaker.plugin == option.plugin && weaker.name == option.name;
    });
    plugin_options_.push_back(std::move(option));
  }
}

void Config::add_environment(const Io& io) {
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
  const ConvertingArgs* converting = nullptr;
  if (const auto* add = std::get_if<AddArgs>(&args.command)) {
    converting = &add->converting;
    if (add->hidden) set("ingest", "hidden", Key::Value(true), "--hidden");
    if (add->no_ignore) set("ingest", "ignore_files", Key::Value(false), "--no-ignore");
  } else if (const auto* convert = std::get_if<ConvertArgs>(&args.command)) {
    converting = &convert->converting;
  }
  if (converting == nullptr) return;
  if (converting->timeout)
    set("limits", "timeout", milliseconds(*converting->timeout), "--timeout");
  if (converting->memory_limit) {
    set("limits", "memory", Key::Value(*converting->memory_limit), "--memory-limit");
  }
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
  if (const auto user = xdg_directory(io, "XDG_DATA_HOME", ".local/share")) {
    search_paths_.push_back({(*user / "sluice/plugins").string(), "the user's folder"});
  }
  search_paths_.push_back({(install_prefix() / "lib/sluice/plugins").string(), "the installation"});
}

}  // namespace sluice::cli
