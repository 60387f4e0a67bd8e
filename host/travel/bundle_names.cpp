#include "travel/bundle_names.h"

#include <algorithm>

#include "platform/sha256.h"

namespace sluice::travel {
namespace {

constexpr std::size_t kPlaceDigits = 12;
constexpr std::size_t kHashDigits = 16;

}  // namespace

std::string key_hash(std::string_view path_key) {
  return platform::to_hex(platform::sha256(path_key)).substr(0, kHashDigits);
}

std::string bundle_name(std::uint64_t place, std::string_view path_key) {
  std::string digits = std::to_string(place);
  digits.insert(0, kPlaceDigits - std::min(kPlaceDigits, digits.size()), '0');
  return digits + "-" + key_hash(path_key);
}

std::optional<BundleName> parse_bundle_name(std::string_view name) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_hex = [&](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); };
  if (name.size() != kPlaceDigits + 1 + kHashDigits || name[kPlaceDigits] != '-') {
    return std::nullopt;
  }
  const std::string_view place = name.substr(0, kPlaceDigits);
  const std::string_view hash = name.substr(kPlaceDigits + 1);
  if (!std::all_of(place.begin(), place.end(), is_digit)) return std::nullopt;
  if (!std::all_of(hash.begin(), hash.end(), is_hex)) return std::nullopt;
  return BundleName{std::stoull(std::string(place)), std::string(hash)};
}

std::string raw_name(std::size_t part) {
  return std::to_string(part) + ".raw";
}

std::string markdown_name(std::size_t part) {
  return std::to_string(part) + ".md";
}

std::string assets_name(std::size_t part) {
  return std::to_string(part) + ".assets";
}

std::string sidecar_name(std::size_t part, std::string_view kind) {
  return std::to_string(part) + "." + std::string(kind) + ".json";
}

}  // namespace sluice::travel
