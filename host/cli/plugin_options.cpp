#include "cli/plugin_options.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "plugin/default_options.h"
#include "plugin/nearest.h"

namespace sluice::cli {

using plugin::Option;
using plugin::Toml;

namespace {

std::string values_text(const Option& option) {
  std::string list;
  for (const std::string& value : option.values) {
    list += (list.empty() ? " " : ", ") + plugin::toml_string(value);
  }
  return list;
}

}  // namespace

std::string wanted_of_option(const Option& option) {
  switch (option.type) {
    case Option::Type::kBoolean:
      return "true or false";
    case Option::Type::kString:
    case Option::Type::kSecret:
      return "a string";
    case Option::Type::kPath:
      return "the absolute path of a file";
    case Option::Type::kNumber:
      return "a number";
    case Option::Type::kList:
      return option.values.empty() ? "a list of strings, as in [\"a\", \"b\"]"
                                   : "a list of some of" + values_text(option);
    case Option::Type::kEnum:
      return "one of" + values_text(option);
    case Option::Type::kInteger: {
      std::string range = "a whole number";
      if (option.minimum) range += " from " + std::to_string(*option.minimum);
      if (option.maximum) range += " to " + std::to_string(*option.maximum);
      return range;
    }
  }
  return {};
}

bool fits_option(const Option& option, const Toml& value) {
  switch (option.type) {
    case Option::Type::kBoolean:
      return value.kind == Toml::Kind::kBoolean;
    case Option::Type::kString:
      return value.kind == Toml::Kind::kString;
    case Option::Type::kSecret:
      return value.kind == Toml::Kind::kString;
    case Option::Type::kPath:
      return value.kind == Toml::Kind::kString &&
             (value.string.empty() || value.string.front() == '/');
    case Option::Type::kNumber:
      return value.kind == Toml::Kind::kFloat || value.kind == Toml::Kind::kInteger;
    case Option::Type::kList:
      return value.kind == Toml::Kind::kArray &&
             std::all_of(value.items.begin(), value.items.end(), [&option](const Toml& item) {
               return item.kind == Toml::Kind::kString &&
                      (option.values.empty() ||
                       std::find(option.values.begin(), option.values.end(), item.string) !=
                           option.values.end());
             });
    case Option::Type::kEnum:
      return value.kind == Toml::Kind::kString &&
             std::find(option.values.begin(), option.values.end(), value.string) !=
                 option.values.end();
    case Option::Type::kInteger:
      return value.kind == Toml::Kind::kInteger &&
             value.integer >= option.minimum.value_or(std::numeric_limits<std::int64_t>::min()) &&
             value.integer <= option.maximum.value_or(std::numeric_limits<std::int64_t>::max());
  }
  return false;
}

namespace {

void check(const PluginOption& given, const plugin::Manifest& plugin) {
  std::vector<std::string> known;
  bool found = false;
  for (const plugin::ConverterManifest& converter : plugin.converters) {
    for (const Option& option : converter.options) {
      known.push_back(option.name);
      if (option.name != given.name) continue;
      found = true;
      if (!fits_option(option, given.value)) {
        plugin::fail_at(given.file, given.value.line,
                        "the option \"" + given.name + "\" of the plugin \"" + plugin.id +
                            "\" has a value that does not fit",
                        "make it " + wanted_of_option(option));
      }
    }
  }
  if (found) return;
  plugin::fail_at(given.file, given.value.line,
                  "the plugin \"" + plugin.id + "\" has no option \"" + given.name + "\"",
                  known.empty() ? "take it out: the plugin has no options"
                                : plugin::suggest(given.name, known));
}

nlohmann::ordered_json to_json(const Option& option, const PluginOption* given) {
  if (given == nullptr) {
    return std::visit([](const auto& value) { return nlohmann::ordered_json(value); },
                      plugin::default_of(option));
  }
  if (option.type == Option::Type::kBoolean) return given->value.boolean;
  if (option.type == Option::Type::kInteger) return given->value.integer;
  if (option.type == Option::Type::kNumber) {
    return given->value.kind == Toml::Kind::kFloat ? given->value.number
                                                   : static_cast<double>(given->value.integer);
  }
  if (option.type == Option::Type::kList) {
    auto list = nlohmann::ordered_json::array();
    for (const Toml& item : given->value.items) list.push_back(item.string);
    return list;
  }
  return given->value.string;
}

}  // namespace

std::vector<std::string> check_plugin_options(const std::vector<PluginOption>& options,
                                              const plugin::Catalog& catalog) {
  std::vector<std::string> unknown;
  for (const PluginOption& option : options) {
    if (const auto plugin = catalog.find(option.plugin)) {
      check(option, *plugin);
    } else if (std::find(unknown.begin(), unknown.end(), option.plugin) == unknown.end()) {
      unknown.push_back(option.plugin);
    }
  }
  return unknown;
}

bool is_hidden(const PluginOption& option, const plugin::Catalog& catalog) {
  const auto plugin = catalog.find(option.plugin);
  if (!plugin) return option.value.kind == Toml::Kind::kString && !option.value.string.empty();
  for (const plugin::ConverterManifest& converter : plugin->converters) {
    for (const Option& declared : converter.options) {
      if (declared.name == option.name && declared.type == Option::Type::kSecret) return true;
    }
  }
  return false;
}

std::vector<std::string> limits_without_effect(const std::vector<ConverterLimit>& limits,
                                               const plugin::Catalog& catalog) {
  std::vector<std::string> known;
  for (const auto& plugin : catalog.plugins()) {
    for (const auto& converter : plugin->converters) known.push_back(converter.id);
  }
  std::vector<std::string> done = known;
  std::vector<std::string> sentences;
  for (const ConverterLimit& limit : limits) {
    if (std::find(done.begin(), done.end(), limit.converter) != done.end()) continue;
    done.push_back(limit.converter);
    const std::string near = plugin::nearest(limit.converter, known);
    sentences.push_back("[limits." + limit.converter + "] (" + limit.setting.origin +
                        ") has no effect: no converter of that id is installed" +
                        (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
  }
  return sentences;
}

std::string options_json(const std::vector<PluginOption>& options, const plugin::Manifest& plugin,
                         const plugin::ConverterManifest& converter) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  for (const Option& option : converter.options) {
    const auto given = std::find_if(options.begin(), options.end(), [&](const PluginOption& one) {
      return one.plugin == plugin.id && one.name == option.name;
    });
    json[option.name] = to_json(option, given == options.end() ? nullptr : &*given);
  }
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

prepare::OptionsOf options_of(std::vector<PluginOption> options) {
  return [options = std::move(options)](const plugin::Manifest& plugin,
                                        const plugin::ConverterManifest& converter) {
    return options_json(options, plugin, converter);
  };
}

}  // namespace sluice::cli
