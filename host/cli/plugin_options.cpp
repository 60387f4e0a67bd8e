#include "cli/plugin_options.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "plugin/nearest.h"

namespace sluice::cli {
namespace {

using plugin::Option;
using plugin::Toml;

std::string wanted(const Option& option) {
  switch (option.type) {
    case Option::Type::kBoolean:
      return "true or false";
    case Option::Type::kString:
      return "a string";
    case Option::Type::kEnum: {
      std::string list = "one of";
      for (const std::string& value : option.values) {
        list += (list.ends_with("of") ? " " : ", ") + quoted_toml(value);
      }
      return list;
    }
    case Option::Type::kInteger: {
      std::string range = "a whole number";
      if (option.minimum) range += " from " + std::to_string(*option.minimum);
      if (option.maximum) range += " to " + std::to_string(*option.maximum);
      return range;
    }
  }
  return {};
}

bool fits(const Option& option, const Toml& value) {
  switch (option.type) {
    case Option::Type::kBoolean:
      return value.kind == Toml::Kind::kBoolean;
    case Option::Type::kString:
      return value.kind == Toml::Kind::kString;
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

void check(const PluginOption& given, const plugin::Manifest& plugin) {
  std::vector<std::string> known;
  bool found = false;
  for (const plugin::ConverterManifest& converter : plugin.converters) {
    for (const Option& option : converter.options) {
      known.push_back(option.name);
      if (option.name != given.name) continue;
      found = true;
      if (!fits(option, given.value)) {
        plugin::fail_at(given.file, given.value.line,
                        "the option \"" + given.name + "\" of the plugin \"" + plugin.id +
                            "\" has a value that does not fit",
                        "make it " + wanted(option));
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
                      option.default_value);
  }
  if (option.type == Option::Type::kBoolean) return given->value.boolean;
  if (option.type == Option::Type::kInteger) return given->value.integer;
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
