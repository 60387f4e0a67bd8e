#include "cli/config_file.h"

#include <algorithm>
#include <filesystem>

#include "cli/values.h"
#include "platform/error.h"

namespace sluice::cli {
namespace {

using plugin::TableReader;
using plugin::Toml;

constexpr std::uint64_t kMaxBytes = 1 << 20;

[[noreturn]] void refuse(const TableReader& table, const Key& key, const std::string& cause) {
  table.fail(std::string(key.name), cause, "make it " + wanted(key));
}

std::uint64_t number_of(const TableReader& table, const Key& key, const Toml& value) {
  const std::string name = "\"" + std::string(key.name) + "\"";
  std::optional<std::uint64_t> number;
  std::string shown;
  if (key.type == Key::Type::kSize && value.kind == Toml::Kind::kString) {
    number = parse_size(value.string);
    shown = plugin::toml_string(value.string);
  } else if (key.type != Key::Type::kSize && value.kind == Toml::Kind::kInteger) {
    const bool seconds = key.type == Key::Type::kSeconds;
    shown = std::to_string(value.integer);
    if (value.integer >= 0 && value.integer <= (1LL << 40)) {
      number = static_cast<std::uint64_t>(value.integer) * (seconds ? 1000 : 1);
    }
  } else if (key.type == Key::Type::kSeconds && value.kind == Toml::Kind::kFloat) {
    shown = std::to_string(value.number);
    if (value.number >= 0 && value.number <= 1e9) {
      number = static_cast<std::uint64_t>(value.number * 1000);
    }
  } else {
    refuse(table, key, name + " is " + std::string(kind_name(value.kind)));
  }
  if (!number || *number < key.minimum || *number > key.maximum) {
    refuse(table, key, name + " is " + shown);
  }
  return *number;
}

Key::Value value_of(TableReader& table, const Key& key, const Toml& value) {
  const std::string name(key.name);
  if (key.type == Key::Type::kBoolean) return *table.boolean(name);
  if (key.type == Key::Type::kList) return table.strings(name);
  if (key.type == Key::Type::kWord) {
    const std::optional<Key::Value> word =
        value.kind == Toml::Kind::kString ? value_from_text(key, value.string) : std::nullopt;
    if (word) return *word;
    refuse(table, key,
           "\"" + name + "\" is " +
               (value.kind == Toml::Kind::kString ? plugin::toml_string(value.string)
                                                  : std::string(kind_name(value.kind))));
  }
  return number_of(table, key, value);
}

void make_absolute(std::vector<std::string>& paths, const std::string& file) {
  const std::filesystem::path folder = std::filesystem::path(file).parent_path();
  for (std::string& path : paths) path = (folder / path).lexically_normal().string();
}

std::optional<Setting> read_setting(TableReader& table, const Key& key, const std::string& file) {
  const Toml* value = table.any(std::string(key.name));
  if (value == nullptr) return std::nullopt;
  Setting setting{&key, value_of(table, key, *value), file + ":" + std::to_string(value->line)};
  if (key.path() == "plugins.paths") {
    make_absolute(std::get<std::vector<std::string>>(setting.value), file);
  }
  return setting;
}

// The tables inside [limits] and [sandbox], each of which is named after a converter.
void read_converter_limits(const std::string& table_name, TableReader& limits, const Toml& table,
                           const std::string& file, ConfigFile& out) {
  for (const plugin::TomlEntry& entry : table.entries) {
    const std::string& converter = entry.name;
    const Toml& own = entry.value;
    const bool is_key = std::any_of(all_keys().begin(), all_keys().end(), [&](const Key& key) {
      return key.table == table_name && key.name == converter;
    });
    if (own.kind != Toml::Kind::kTable || is_key) continue;
    limits.any(converter);
    TableReader reader(own, file, "[" + table_name + "." + converter + "]");
    for (const Key& key : all_keys()) {
      if (key.store_limit == nullptr || key.table != table_name) continue;
      auto setting = read_setting(reader, key, file);
      if (setting) out.converter_limits.push_back({converter, std::move(*setting), file});
    }
    reader.finish();
  }
}

void read_plugin_options(const Toml& plugins, const std::string& file, ConfigFile& out) {
  for (const auto& [id, options] : plugins.entries) {
    if (options.kind != Toml::Kind::kTable) {
      plugin::fail_at(file, options.line, "[plugin] holds \"" + id + "\" itself",
                      "write a table [plugin.\"ID\"] with that plugin's options");
    }
    for (const auto& [name, value] : options.entries) {
      out.plugin_options.push_back({id, name, value, file});
    }
  }
}

}  // namespace

ConfigFile parse_config(const std::string& text, const std::string& file) {
  const Toml root = plugin::parse_toml(text, file);
  ConfigFile out;
  TableReader top(root, file, "");
  // Every table is looked up, so that the error for a mistyped one names the nearest.
  std::vector<std::string> done;
  for (const Key& first : all_keys()) {
    const std::string table_name(first.table);
    if (std::find(done.begin(), done.end(), table_name) != done.end()) continue;
    done.push_back(table_name);
    const Toml* table = top.of_kind(table_name, Toml::Kind::kTable);
    if (table == nullptr) continue;
    TableReader reader(*table, file, "[" + table_name + "]");
    for (const Key& key : all_keys()) {
      if (key.table != first.table) continue;
      if (auto setting = read_setting(reader, key, file)) out.values.push_back(std::move(*setting));
    }
    if (table_name == "limits" || table_name == "sandbox") {
      read_converter_limits(table_name, reader, *table, file, out);
    }
    reader.finish();
  }
  const Toml* plugins = top.of_kind("plugin", Toml::Kind::kTable);
  if (plugins != nullptr) read_plugin_options(*plugins, file, out);
  top.finish();
  return out;
}

std::optional<ConfigFile> read_config_file(platform::Files& files, const std::string& path) {
  // A configuration file may be a symlink, as people keep theirs in a repository.
  std::error_code error;
  const std::filesystem::path real = std::filesystem::canonical(path, error);
  if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory) {
    return std::nullopt;
  }
  if (error) throw SystemError("read the configuration", path, error);
  const auto dir = files.open_dir(real.parent_path().string());
  const auto file = dir ? files.open_read(*dir, real.filename().string()) : std::nullopt;
  if (!file) return std::nullopt;
  const platform::FileInfo info = files.info(*file);
  if (info.kind != platform::FileKind::kRegular || info.identity.size > kMaxBytes) {
    throw Error("read the configuration", path, "it is not a plain file of at most 1 MiB",
                "put a TOML file there", ExitCode::kUsage);
  }
  std::string text(static_cast<std::size_t>(info.identity.size), '\0');
  text.resize(files.read(*file, 0, std::as_writable_bytes(std::span(text))));
  return parse_config(text, path);
}

}  // namespace sluice::cli
