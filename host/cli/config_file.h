// One configuration file: its values, checked against the table of keys, each with its line.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/settings.h"
#include "platform/files.h"
#include "plugin/toml.h"

namespace sluice::cli {

struct Setting {
  const Key* key = nullptr;
  Key::Value value;
  std::string origin;  // "--jobs", "SLUICE_INGEST_JOBS", "/kb/.sluice/config.toml:4", "built-in"
  bool of_kb = false;  // a knowledge base's file says so
};

// One line of [plugin."<id>"].
struct PluginOption {
  std::string plugin;
  std::string name;
  plugin::Toml value;
  std::string file;

  std::string origin() const {
    return value.line == 0 ? file : file + ":" + std::to_string(value.line);
  }
};

// One line of [limits.<converter>] or [sandbox.<converter>].
struct ConverterLimit {
  std::string converter;
  Setting setting;
  std::string file;

  std::string path() const {
    return std::string(setting.key->table) + "." + converter + "." + std::string(setting.key->name);
  }
};

struct ConfigFile {
  std::vector<Setting> values;
  std::vector<ConverterLimit> converter_limits;
  std::vector<PluginOption> plugin_options;
};

// Reads and checks a file; nothing if it does not exist. Throws Error (kUsage) with file, line and
// what would be right. Relative plugin paths come out relative to the file's folder.
std::optional<ConfigFile> read_config_file(platform::Files& files, const std::string& path);

// The same for a text, `file` being its name.
ConfigFile parse_config(const std::string& text, const std::string& file);

}  // namespace sluice::cli
