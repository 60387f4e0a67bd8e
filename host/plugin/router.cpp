#include "plugin/router.h"

#include <algorithm>
#include <tuple>

#include "plugin/media_type.h"

namespace sluice::plugin {
namespace {

// How well a converter fits a source, best first.
enum class Fit { kContent, kExtension, kGenericType, kBroaderType, kNone };

struct Match {
  Fit fit = Fit::kNone;
  std::string why;
};

using Types = std::vector<std::string>;

Types canonical_types(const ConverterManifest& converter) {
  Types types;
  for (const std::string& claimed : converter.media_types) {
    types.push_back(canonical_media_type(claimed));
  }
  return types;
}

bool claims_type(const Types& types, std::string_view type) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

bool claims_extension(const ConverterManifest& converter, std::string_view extension) {
  return !extension.empty() && std::find(converter.extensions.begin(), converter.extensions.end(),
                                         extension) != converter.extensions.end();
}

const Magic* matching_magic(const ConverterManifest& converter, std::string_view prefix) {
  for (const Magic& magic : converter.magic) {
    if (magic.offset <= prefix.size() &&
        prefix.substr(static_cast<std::size_t>(magic.offset)).starts_with(magic.bytes)) {
      return &magic;
    }
  }
  return nullptr;
}

// What is known of a source, looked up once for all converters.
struct Asked {
  std::string type;
  std::string extension;
  std::string_view prefix;
  bool is_generic = is_generic_type(type);
  // The content left the choice to the name.
  bool name_speaks = is_generic || type == type_of_extension(extension);
  std::vector<std::string_view> broader = broader_types(type);  // the closest first

  static std::vector<std::string_view> broader_types(std::string_view type) {
    std::vector<std::string_view> types;
    for (type = parent_type(type); !type.empty(); type = parent_type(type)) types.push_back(type);
    return types;
  }
};

Match match(const ConverterManifest& converter, const Types& types, const Asked& asked) {
  const std::string& type = asked.type;
  const bool claimed = claims_type(types, type);
  if (!asked.is_generic && claimed) return {Fit::kContent, "media type " + type};
  if (const Magic* magic = matching_magic(converter, asked.prefix)) {
    return {Fit::kContent, "its magic at " + std::to_string(magic->offset)};
  }
  if (asked.name_speaks && claims_extension(converter, asked.extension)) {
    return {Fit::kExtension, "extension ." + asked.extension};
  }
  if (claimed) return {Fit::kGenericType, "media type " + type};
  for (const std::string_view parent : asked.broader) {
    if (claims_type(types, parent)) {
      return {Fit::kBroaderType, type + " is a kind of " + std::string(parent)};
    }
  }
  return {};
}

std::size_t place_in_order(const Policy& policy, const Manifest& plugin,
                           const ConverterManifest& converter) {
  const auto& order = policy.order;
  const auto found = std::find_if(order.begin(), order.end(), [&](const std::string& id) {
    return id == converter.id || id == plugin.id;
  });
  return static_cast<std::size_t>(found - order.begin());
}

}  // namespace

Router::Router(const Catalog& catalog) {
  const auto add = [&](const std::shared_ptr<const Manifest>& plugin,
                       const std::shared_ptr<const Refused>& refusal) {
    for (const ConverterManifest& converter : plugin->converters) {
      entries_.push_back({{plugin, &converter, "", refusal},
                          canonical_types(converter),
                          place_in_order(catalog.policy(), *plugin, converter)});
    }
  };
  for (const Refused& refused : catalog.refused()) {
    if (refused.stands_in_line()) add(refused.manifest, std::make_shared<Refused>(refused));
  }
  for (const auto& plugin : catalog.plugins()) add(plugin, nullptr);
  // The catalog's own order is the search order, so a stable sort settles ties by it. What is
  // refused comes first: no plugin gets its place by making another one unusable.
  std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    return std::tuple(a.order, -a.candidate.converter->priority) <
           std::tuple(b.order, -b.candidate.converter->priority);
  });
  ordered_ = catalog.policy().order.size();
}

std::vector<Candidate> Router::route(const SourceType& type, std::string_view prefix,
                                     std::string_view file_name,
                                     std::string_view converter_id) const {
  const Asked asked{canonical_media_type(type.media_type), lower_extension(file_name), prefix};
  struct Found {
    Fit fit;
    std::tuple<std::size_t, int, bool> rank;
    Candidate candidate;
  };
  std::vector<Found> found;
  for (const Entry& entry : entries_) {
    if (!converter_id.empty()) {
      if (entry.candidate.converter->id != converter_id) continue;
      Candidate candidate = entry.candidate;
      candidate.why = "chosen by id";
      return {candidate};
    }
    Match fits = match(*entry.candidate.converter, entry.types, asked);
    if (fits.fit == Fit::kNone) continue;
    Candidate candidate = entry.candidate;
    candidate.why = std::move(fits.why);
    if (entry.order < ordered_) {
      candidate.why += "; place " + std::to_string(entry.order + 1) + " in [plugins] order";
    }
    candidate.why += "; priority " + std::to_string(candidate.converter->priority);
    // Where all else is equal, the name tells: several converters read encrypted Office packages.
    const std::tuple rank(entry.order, -candidate.converter->priority,
                          !claims_extension(*candidate.converter, asked.extension));
    found.push_back({fits.fit, rank, std::move(candidate)});
  }
  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return std::tie(a.fit, a.rank) < std::tie(b.fit, b.rank);
  });
  std::vector<Candidate> line;
  for (Found& one : found) line.push_back(std::move(one.candidate));
  return line;
}

bool Router::knows_extension(std::string_view extension) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return claims_extension(*entry.candidate.converter, extension);
  });
}

}  // namespace sluice::plugin
