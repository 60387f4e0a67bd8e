// A plugin's manifest: an Error that says where, or values within their bounds.
#include "plugin/manifest.h"

#include <algorithm>

#include "frame/require.h"
#include "platform/error.h"

namespace {

using namespace sluice;
using fuzz::require;

bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && id[0] >= 'a' && id[0] <= 'z' &&
         std::all_of(id.begin(), id.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

void check_option(const plugin::Option& option) {
  using Type = plugin::Option::Type;
  require((option.type == Type::kBoolean) == std::holds_alternative<bool>(option.default_value),
          "a boolean's default is one");
  if (const auto* number = std::get_if<std::int64_t>(&option.default_value)) {
    require(option.type == Type::kInteger, "an integer is the default of an integer");
    require(!option.minimum || *number >= *option.minimum, "a default is not below its minimum");
    require(!option.maximum || *number <= *option.maximum, "a default is not above its maximum");
  }
  if (option.type == Type::kEnum) {
    const auto& text = std::get<std::string>(option.default_value);
    require(std::count(option.values.begin(), option.values.end(), text) > 0,
            "an enum's default is one of its values");
  }
}

void check(const plugin::Manifest& manifest) {
  require(is_id(manifest.id), "the id is one");
  require(!manifest.library.empty() && manifest.library.find('/') == std::string::npos,
          "the library is a file beside the manifest");
  require(!manifest.converters.empty(), "there is a converter");
  for (const auto& converter : manifest.converters) {
    require(is_id(converter.id), "a converter's id is one");
    require(converter.priority >= 0 && converter.priority <= 100, "the priority is in its bounds");
    for (const auto& option : converter.options) check_option(option);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    check(
        plugin::parse_manifest(std::string(reinterpret_cast<const char*>(data), size), "/plugin"));
  } catch (const Error& error) {
    require(error.exit_code() == ExitCode::kUsage || !error.cause().empty(), "an error says why");
  }
  return 0;
}
