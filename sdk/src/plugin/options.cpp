// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>
#include <sluice/options.hpp>
#include <sluice/plugin.hpp>

namespace sluice {

struct Options::Values {
  nlohmann::json object;

  const nlohmann::json& at(std::string_view name) const {
    const auto found = object.find(name);
    if (found == object.end()) {
      throw Failure(Outcome::kInternal, "the option '" + std::string(name) +
                                            "' is not among those the host gave: declare it in "
                                            "plugin.toml");
    }
    return *found;
  }
};

namespace {

[[noreturn]] void wrong_type(std::string_view name, const char* expected) {
  throw Failure(Outcome::kInternal, "the option '" + std::string(name) + "' is not " + expected +
                                        ": its type in plugin.toml is another");
}

}  // namespace

Options::Options(std::string_view json) {
  auto values = std::make_unique<Values>();
  values->object = nlohmann::json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (!values->object.is_object()) {
    throw Failure(Outcome::kInternal, "the options are not a JSON object");
  }
  values_ = std::move(values);
}

Options::~Options() = default;
Options::Options(Options&&) noexcept = default;
Options& Options::operator=(Options&&) noexcept = default;

bool Options::get_bool(std::string_view name) const {
  const auto& value = values_->at(name);
  if (!value.is_boolean()) wrong_type(name, "a boolean");
  return value.get<bool>();
}

std::int64_t Options::get_int(std::string_view name) const {
  const auto& value = values_->at(name);
  if (!value.is_number_integer()) wrong_type(name, "an integer");
  return value.get<std::int64_t>();
}

std::string Options::get_string(std::string_view name) const {
  const auto& value = values_->at(name);
  if (!value.is_string()) wrong_type(name, "a string");
  return value.get<std::string>();
}

}  // namespace sluice
