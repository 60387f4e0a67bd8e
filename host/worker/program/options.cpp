#include "worker/program/options.h"

#include <map>
#include <nlohmann/json.hpp>
#include <vector>

namespace sluice::program {

using Json = nlohmann::json;

struct Options::Values {
  Json shown;
  Json secrets;
  std::map<std::string, std::vector<sluice_str>, std::less<>> lists;

  const Json* find(std::string_view name, std::string& error) const {
    for (const Json* object : {&shown, &secrets}) {
      const auto found = object->find(name);
      if (found != object->end()) return &*found;
    }
    error = "plugin.toml declares no option \"" + std::string(name) + "\"";
    return nullptr;
  }
};

namespace {

Json object_of(std::string_view json) {
  Json object = json.empty() ? Json::object() : Json::parse(json, nullptr, false);
  return object.is_object() ? object : Json::object();
}

sluice_status wrong_type(std::string_view name, const char* wanted, std::string& error) {
  error = "the option \"" + std::string(name) + "\" is not " + wanted +
          ": its type in plugin.toml is another";
  return SLUICE_STATUS_INVALID;
}

}  // namespace

Options::Options(std::string_view json, std::string_view secrets)
    : json_(json), secrets_(secrets) {}
Options::~Options() = default;

Options::Values& Options::values() {
  if (!values_) {
    values_ = std::make_unique<Values>();
    values_->shown = object_of(json_);
    values_->secrets = object_of(secrets_);
  }
  return *values_;
}

sluice_status Options::get(std::string_view name, bool& out, std::string& error) {
  const Json* value = values().find(name, error);
  if (value == nullptr) return SLUICE_STATUS_NOT_FOUND;
  if (!value->is_boolean()) return wrong_type(name, "a boolean", error);
  out = value->get<bool>();
  return SLUICE_STATUS_OK;
}

sluice_status Options::get(std::string_view name, std::int64_t& out, std::string& error) {
  const Json* value = values().find(name, error);
  if (value == nullptr) return SLUICE_STATUS_NOT_FOUND;
  if (!value->is_number_integer()) return wrong_type(name, "an integer", error);
  out = value->get<std::int64_t>();
  return SLUICE_STATUS_OK;
}

sluice_status Options::get(std::string_view name, double& out, std::string& error) {
  const Json* value = values().find(name, error);
  if (value == nullptr) return SLUICE_STATUS_NOT_FOUND;
  if (!value->is_number()) return wrong_type(name, "a number", error);
  out = value->get<double>();
  return SLUICE_STATUS_OK;
}

sluice_status Options::get(std::string_view name, std::string_view& out, std::string& error) {
  const Json* value = values().find(name, error);
  if (value == nullptr) return SLUICE_STATUS_NOT_FOUND;
  if (!value->is_string()) return wrong_type(name, "a string", error);
  out = value->get_ref<const std::string&>();
  return SLUICE_STATUS_OK;
}

sluice_status Options::get(std::string_view name, std::span<const sluice_str>& out,
                           std::string& error) {
  const Json* value = values().find(name, error);
  if (value == nullptr) return SLUICE_STATUS_NOT_FOUND;
  if (!value->is_array()) return wrong_type(name, "a list", error);
  auto [list, is_new] = values().lists.try_emplace(std::string(name));
  for (std::size_t i = 0; is_new && i < value->size(); ++i) {
    if (!(*value)[i].is_string()) continue;
    const auto& text = (*value)[i].get_ref<const std::string&>();
    list->second.push_back({text.data(), text.size()});
  }
  out = list->second;
  return SLUICE_STATUS_OK;
}

}  // namespace sluice::program
