#include "plugin/default_options.h"

#include <nlohmann/json.hpp>

namespace sluice::plugin {

std::string default_options(const ConverterManifest& converter) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  for (const Option& option : converter.options) {
    json[option.name] = std::visit([](const auto& value) { return nlohmann::ordered_json(value); },
                                   option.default_value);
  }
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace sluice::plugin
