#include "cli/given_options.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

#include "cli/plugin_options.h"
#include "cli/values.h"
#include "platform/error.h"
#include "plugin/nearest.h"

namespace sluice::cli {
namespace {

using plugin::Option;
using plugin::Toml;

constexpr const char* kOption = "--option";

[[noreturn]] void refuse(const std::string& word, const std::string& cause,
                         const std::string& next) {
  // Without the value, which may be a secret; without `=`, anything may be the value.
  const std::size_t equals = word.find('=');
  throw Error("use --option",
              equals == std::string::npos ? "as it is given" : word.substr(0, equals), cause, next,
              ExitCode::kUsage);
}

// The value as the type of the option wants it; nothing if it cannot be read so.
std::optional<Toml> typed(const Option& option, const std::string& text) {
  Toml value;
  if (option.type == Option::Type::kBoolean) {
    const auto boolean = parse_boolean(text);
    if (!boolean) return std::nullopt;
    value.kind = Toml::Kind::kBoolean;
    value.boolean = *boolean;
  } else if (option.type == Option::Type::kInteger) {
    const bool negative = text.starts_with('-');
    const auto number = parse_count(negative ? std::string_view(text).substr(1) : text);
    if (!number || *number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      return std::nullopt;
    }
    value.kind = Toml::Kind::kInteger;
    value.integer = static_cast<std::int64_t>(*number) * (negative ? -1 : 1);
  } else if (option.type == Option::Type::kNumber) {
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value.number);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    value.kind = Toml::Kind::kFloat;
  } else if (option.type == Option::Type::kList) {
    // As in a variable of the environment: separated by colons.
    value.kind = Toml::Kind::kArray;
    for (std::size_t from = 0; from < text.size();) {
      const std::size_t colon = std::min(text.find(':', from), text.size());
      Toml item;
      item.kind = Toml::Kind::kString;
      item.string = text.substr(from, colon - from);
      if (!item.string.empty()) value.items.push_back(std::move(item));
      from = colon + 1;
    }
  } else {
    value.kind = Toml::Kind::kString;
    value.string = text;
  }
  if (!fits_option(option, value)) return std::nullopt;
  return value;
}

PluginOption read_one(const std::string& word, const plugin::Catalog& catalog) {
  const std::size_t equals = word.find('=');
  const std::size_t dot = word.substr(0, equals).rfind('.');
  if (equals == std::string::npos || dot == std::string::npos || dot == 0 || dot + 1 == equals) {
    refuse(word, "it is not CONVERTER.KEY=VALUE", "write it as in pdf.page_markers=false");
  }
  const std::string id = word.substr(0, dot);
  const std::string key = word.substr(dot + 1, equals - dot - 1);
  const std::string text = word.substr(equals + 1);
  std::vector<std::string> ids;
  std::vector<std::string> keys;
  for (const auto& plugin : catalog.plugins()) {
    for (const auto& converter : plugin->converters) {
      ids.push_back(converter.id);
      if (converter.id != id && plugin->id != id) continue;
      for (const Option& option : converter.options) {
        keys.push_back(option.name);
        if (option.name != key) continue;
        auto value = typed(option, text);
        if (!value) refuse(word, "the value does not fit", "make it " + wanted_of_option(option));
        return {plugin->id, key, std::move(*value), kOption};
      }
    }
  }
  if (std::find(ids.begin(), ids.end(), id) == ids.end() && keys.empty()) {
    refuse(word, "there is no converter \"" + id + "\"", plugin::suggest(id, ids));
  }
  refuse(word, "\"" + id + "\" has no option \"" + key + "\"",
         keys.empty() ? "take it out: the converter has no options" : plugin::suggest(key, keys));
}

}  // namespace

std::vector<PluginOption> read_given_options(const std::vector<std::string>& words,
                                             const plugin::Catalog& catalog) {
  std::vector<PluginOption> options;
  for (const std::string& word : words) options.push_back(read_one(word, catalog));
  return options;
}

}  // namespace sluice::cli
