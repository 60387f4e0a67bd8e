// The options that the configuration gives to plugins, checked against their manifests.
#pragma once

#include <string>
#include <vector>

#include "cli/config_file.h"
#include "plugin/catalog.h"
#include "prepare/pool.h"

namespace sluice::cli {

// What a value of the option would have to be: "one of \"a\", \"b\"".
std::string wanted_of_option(const plugin::Option& option);
bool fits_option(const plugin::Option& option, const plugin::Toml& value);

// Throws Error (kUsage, with file and line) for the first option that its plugin does not have, or
// that has another type or an impossible value. Options of plugins that are not installed are left
// alone: their names are returned, for a remark.
std::vector<std::string> check_plugin_options(const std::vector<PluginOption>& options,
                                              const plugin::Catalog& catalog);

// Whether a value must not be shown: its option is a secret, or may be one for all that is known,
// since its plugin is not installed.
bool is_hidden(const PluginOption& option, const plugin::Catalog& catalog);

// A sentence about each converter that is given limits (as many as they are, once each) and is not
// installed.
std::vector<std::string> limits_without_effect(const std::vector<ConverterLimit>& limits,
                                               const plugin::Catalog& catalog);

// What a converter runs with: a JSON object with every option of its manifest in the manifest's
// order, set or default. REQUIRES: check_plugin_options.
std::string options_json(const std::vector<PluginOption>& options, const plugin::Manifest& plugin,
                         const plugin::ConverterManifest& converter);

// The same as the pool wants it; keeps a copy of the options.
prepare::OptionsOf options_of(std::vector<PluginOption> options);

}  // namespace sluice::cli
