#include "prepare/option_hint.h"

namespace sluice::prepare {
namespace {

using plugin::Option;

// A value to be replaced by the user's own.
std::string sample(const Option& option, std::string_view quote) {
  const auto quoted = [quote](std::string_view text) {
    return std::string(quote) + std::string(text) + std::string(quote);
  };
  if (option.type == Option::Type::kBoolean) {
    const bool* is_on = std::get_if<bool>(&option.default_value);
    return is_on != nullptr && *is_on ? "false" : "true";
  }
  if (option.type == Option::Type::kInteger) return "NUMBER";
  if (!option.values.empty()) return quoted(option.values.front());
  return quoted("...");
}

}  // namespace

std::string option_hint(const plugin::Candidate& candidate, Outcome outcome,
                        std::string_view reason) {
  for (const Option& option : candidate.converter->options) {
    const bool is_named = reason.find("'" + option.name + "'") != std::string_view::npos;
    const bool is_password = outcome == Outcome::kEncrypted && option.name == "password";
    if (!is_named && !is_password) continue;
    return "put [plugin." + candidate.plugin->id + "] " + option.name + " = " +
           sample(option, "\"") + " into the configuration, or give --option " +
           candidate.converter->id + "." + option.name + "=" + sample(option, "");
  }
  return {};
}

}  // namespace sluice::prepare
