#include "plugin/option_values.h"

#include <nlohmann/json.hpp>

#include "platform/sha256.h"

namespace sluice::plugin {

std::string OptionValues::hash() const {
  return platform::to_hex(platform::sha256(key));
}

OptionValues option_values(const ConverterManifest& converter, const std::string& json) {
  using Json = nlohmann::ordered_json;
  OptionValues values;
  Json shown = Json::parse(json);
  Json secrets = Json::object();
  for (const Option& option : converter.options) {
    const auto found = shown.find(option.name);
    if (found == shown.end()) continue;
    if (option.type == Option::Type::kSecret) {
      secrets[option.name] = *found;
      shown.erase(option.name);
    } else if (option.type == Option::Type::kPath && !found->get<std::string>().empty()) {
      values.files.emplace(option.name, found->get<std::string>());
    }
  }
  constexpr auto kMend = Json::error_handler_t::replace;
  values.json = shown.dump(-1, ' ', false, kMend);
  for (const Option& option : converter.options) {
    if (option.from_locale) shown.erase(option.name);
  }
  values.key = shown.dump(-1, ' ', false, kMend);
  values.secrets = secrets.dump(-1, ' ', false, kMend);
  return values;
}

}  // namespace sluice::plugin
