#include "plugin/default_options.h"

#include <nlohmann/json.hpp>

#include "platform/system.h"

namespace sluice::plugin {

Option::Value default_of(const Option& option) {
  if (option.from_locale) {
    if (std::string locale = platform::user_locale(); !locale.empty()) return locale;
  }
  return option.default_value;
}

std::string default_options(const ConverterManifest& converter) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  for (const Option& option : converter.options) {
    json[option.name] = std::visit([](const auto& value) { return nlohmann::ordered_json(value); },
                                   default_of(option));
  }
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace sluice::plugin
