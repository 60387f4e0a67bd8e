// The configuration in effect: every key's value with where it comes from, weakest layer first:
// built-in, installed default, the computer's file, the user's file, the KB's file, environment,
// flags.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/args.h"
#include "cli/config_file.h"
#include "cli/io.h"
#include "cli/settings.h"
#include "platform/files.h"
#include "plugin/catalog.h"

namespace sluice::cli {

class Config {
 public:
  // Reads every layer; `kb` is the KB's root, if there is one. Throws Error (kUsage) on the first
  // thing in any layer that does not fit. What a KB's file sets and would lower a guard is left
  // out, with a warning on standard error.
  static Config load(platform::Files& files, const Args& args, const Io& io,
                     const std::optional<std::string>& kb);

  const Settings& settings() const { return settings_; }
  // One for each of all_keys(), in its order.
  const std::vector<Setting>& values() const { return values_; }
  // [limits.<converter>]: those in effect, which nothing stronger overrides. Whether there are such
  // converters is not checked.
  const std::vector<ConverterLimit>& converter_limits() const { return converter_limits_; }
  // [plugin."<id>"], stronger files first; not yet checked, see plugin_options.h.
  const std::vector<PluginOption>& plugin_options() const { return plugin_options_; }
  // An option of the command line, stronger than any other.
  void set_plugin_option(PluginOption option);
  // The files that were found, strongest first.
  const std::vector<std::string>& files_read() const { return files_read_; }
  // Where to look for plugins, in order.
  const std::vector<plugin::SearchPath>& search_paths() const { return search_paths_; }

 private:
  void add_file(platform::Files& files, const std::string& path);
  void add_file_of_kb(platform::Files& files, const std::string& kb);
  void set_of_kb(Setting setting);
  std::vector<ConverterLimit> allowed_of_kb(std::vector<ConverterLimit> limits);
  void drop_globs_of_kb();
  void refuse_of_kb(const Setting& setting, const std::string& name, const Setting& kept);
  void add_converter_limits(std::vector<ConverterLimit> limits);
  void add_plugin_options(std::vector<PluginOption> options);
  Setting& setting_of(const Key& key);
  Setting& setting_of(std::string_view table, std::string_view name);
  void add_environment(const Io& io);
  void add_flags(const Args& args);
  void add_search_paths(const Args& args, const Io& io);
  void set(std::string_view table, std::string_view name, Key::Value value, std::string origin);
  void store_all();

  Settings settings_;
  std::vector<Setting> values_;
  std::vector<ConverterLimit> converter_limits_;
  std::vector<PluginOption> plugin_options_;
  std::vector<std::string> files_read_;
  std::vector<plugin::SearchPath> search_paths_;
  std::vector<std::string> warnings_;
  bool trusts_hooks_of_kb_ = false;
};

// The files that Config::load reads where they exist, weakest first.
std::vector<std::string> config_file_paths(const Io& io, const std::optional<std::string>& kb);

// The KB to work on: -C, else SLUICE_KB, else the nearest parent of the working directory that
// holds .sluice/; absolute. Nothing if there is none. Throws Error (kNoKb) if what -C or SLUICE_KB
// names is none.
std::optional<std::string> find_kb(platform::Files& files, const Args& args, const Io& io);

// A path of the command line or the environment, made absolute from the working directory.
std::string absolute_path(const Io& io, const std::string& path);

}  // namespace sluice::cli
