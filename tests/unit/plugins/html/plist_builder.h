// Builds property lists, binary and XML, from one description.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::test {

struct PlistItem;

struct Plist {
  enum class Kind : std::uint8_t { kString, kData, kArray, kDictionary };
  Kind kind = Kind::kString;
  std::string bytes;             // of a string (UTF-8) or data
  std::vector<PlistItem> items;  // of an array without keys
};

struct PlistItem {
  std::string key;
  Plist value;
};

inline Plist plist_string(std::string text) {
  return {Plist::Kind::kString, std::move(text), {}};
}
inline Plist plist_data(std::string bytes) {
  return {Plist::Kind::kData, std::move(bytes), {}};
}
inline Plist plist_array(std::vector<Plist> items) {
  Plist array{Plist::Kind::kArray, {}, {}};
  for (Plist& item : items) array.items.push_back({"", std::move(item)});
  return array;
}
inline Plist plist_dictionary(std::vector<PlistItem> items) {
  return {Plist::Kind::kDictionary, {}, std::move(items)};
}

std::string xml_plist(const Plist& plist);
std::string binary_plist(const Plist& plist);
// A binary list of these objects as they are; the first is the root. References take 2 bytes.
std::string binary_plist_of(const std::vector<std::string>& objects);

}  // namespace sluice::test
