// The options of a converter where a user has set none.
#pragma once

#include <string>

#include "plugin/manifest.h"

namespace sluice::plugin {

// What an option is where a user has set none. Of one that comes from the system's locale: what the
// environment says now.
Option::Value default_of(const Option& option);

// A JSON object of every option with its default, in the manifest's order.
std::string default_options(const ConverterManifest& converter);

}  // namespace sluice::plugin
