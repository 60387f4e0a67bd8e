#include "cli/conversion_setup.h"

#include <algorithm>
#include <vector>

#include "cli/plugin_options.h"
#include "platform/sha256.h"
#include "plugin/option_values.h"

namespace sluice::cli {
namespace {

// Each part with its length in front, so that no two lists of parts look the same.
class Parts {
 public:
  Parts& add(std::string_view part) {
    text_ += std::to_string(part.size()) + ":" + std::string(part) + ";";
    return *this;
  }
  Parts& add(std::uint64_t number) { return add(std::to_string(number)); }
  std::string hash() const { return platform::to_hex(platform::sha256(text_)); }

 private:
  std::string text_;
};

// Not the time: what that decides is tried again anyway. Nor the quarantine, which is a run's.
void add_limits(Parts& parts, const Limits& limits) {
  parts.add(limits.memory).add(limits.source_bytes).add(limits.output_bytes);
  parts.add(limits.assets).add(limits.scratch_bytes);
  const TreeLimits& tree = limits.tree;
  parts.add(tree.depth).add(tree.documents).add(tree.bytes).add(tree.ratio);
}

}  // namespace

std::string conversion_setup(const Config& config, const plugin::Catalog& catalog,
                             const std::string& converter_id) {
  Parts parts;
  parts.add(SLUICE_VERSION).add(converter_id);
  std::vector<std::shared_ptr<const plugin::Manifest>> plugins = catalog.plugins();
  std::sort(plugins.begin(), plugins.end(),
            [](const auto& a, const auto& b) { return a->id < b->id; });
  for (const auto& plugin : plugins) {
    parts.add(plugin->id).add(plugin->version).add(platform::to_hex(plugin->text_sha256));
    for (const auto& converter : plugin->converters) {
      parts.add(converter.id).add(options_json(config.plugin_options(), *plugin, converter));
    }
  }
  for (const std::string& id : catalog.policy().order) parts.add("order").add(id);
  add_limits(parts, config.settings().limits);
  for (const auto& [id, limits] : config.settings().converter_limits) {
    add_limits(parts.add("limits").add(id), limits);
  }
  return parts.hash();
}

ConversionKeys::ConversionKeys(const Config& config, const plugin::Catalog& catalog) {
  for (const auto& plugin : catalog.plugins()) {
    for (const auto& converter : plugin->converters) {
      const std::string options = options_json(config.plugin_options(), *plugin, converter);
      by_converter_.try_emplace(
          converter.id, Key{plugin->version, plugin::option_values(converter, options).hash()});
    }
  }
}

bool ConversionKeys::is_outdated(const owner::Conversion& made) const {
  const auto now = by_converter_.find(made.converter);
  return now != by_converter_.end() &&
         (now->second.version != made.version || now->second.options_hash != made.options_hash);
}

bool ConversionKeys::is_outdated(const owner::Document& document) const {
  return is_outdated(owner::Conversion{.converter = document.converter,
                                       .version = document.converter_version,
                                       .options_hash = document.options_hash,
                                       .documents = 1});
}

std::string ConversionKeys::difference(const owner::Document& document) const {
  const auto now = by_converter_.find(document.converter);
  if (now == by_converter_.end()) return {};
  std::string text;
  if (now->second.version != document.converter_version) {
    text = document.converter + " " + document.converter_version + ", now " + now->second.version;
  }
  if (now->second.options_hash != document.options_hash) {
    text += (text.empty() ? "" : "; ") + std::string("other options of ") + document.converter;
  }
  return text;
}

std::int64_t outdated_documents(const owner::Registry& registry, const Config& config,
                                const plugin::Catalog& catalog) {
  const ConversionKeys keys(config, catalog);
  std::int64_t outdated = 0;
  for (const owner::Conversion& made : registry.conversions()) {
    if (keys.is_outdated(made)) outdated += made.documents;
  }
  return outdated;
}

}  // namespace sluice::cli
