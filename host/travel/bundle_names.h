// Every name of a bundle that travels, made in one place: of its folder, and of the files in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::travel {

// The facts of a bundle; in its folder.
inline constexpr const char* kFactsName = "bundle.json";
// What is being made; beside the bundles. No name that begins with a dot is a bundle's.
inline constexpr const char* kPartsName = ".parts";

// Twelve digits: more entries than any list has.
inline constexpr std::uint64_t kMaxPlace = 999'999'999'999;

// "000000000042-1f0c9ab2d4e6f801": the place in the list, then the beginning of the hash of the
// path key. So names sort in the order of the list, and a path key has one bundle at a place.
std::string bundle_name(std::uint64_t place, std::string_view path_key);
// "1f0c9ab2d4e6f801" of that path key.
std::string key_hash(std::string_view path_key);

struct BundleName {
  std::uint64_t place = 0;
  std::string key_hash;
};
// Nothing if it is no name of a bundle.
std::optional<BundleName> parse_bundle_name(std::string_view name);

// Files in a bundle's folder. `part`: the place of the document in the bundle; 0 is the source.
std::string raw_name(std::size_t part);
std::string markdown_name(std::size_t part);
std::string assets_name(std::size_t part);
std::string sidecar_name(std::size_t part, std::string_view kind);

}  // namespace sluice::travel
