// SPDX-License-Identifier: Apache-2.0
#include "property_list.hpp"

#include <algorithm>
#include <sluice/plugin.hpp>

#include "plist_readers.hpp"

namespace sluice::html {
namespace {

// The dictionaries that are read have six keys at most. Any number of objects may share a large
// one.
constexpr std::uint32_t kMaxKeysRead = 64;

}  // namespace

PropertyList PropertyList::read(std::string_view source) {
  if (source.empty()) throw Failure(Outcome::kEmpty, "the file has no content");
  return source.starts_with("bplist") ? read_binary_plist(source) : read_xml_plist(source);
}

std::optional<PropertyList::Id> PropertyList::find(Id dictionary, std::string_view key) const {
  const Node& node = nodes_[dictionary];
  if (node.kind != PlistKind::kDictionary) return std::nullopt;
  for (std::uint32_t i = 0; i < std::min(node.count, kMaxKeysRead); ++i) {
    const Node& name = nodes_[members_[node.first + i]];
    if (name.kind == PlistKind::kString && name.bytes == key) {
      return members_[node.first + node.count + i];
    }
  }
  return std::nullopt;
}

std::string_view PropertyList::bytes_of(Id dictionary, std::string_view key) const {
  const auto value = find(dictionary, key);
  return value ? bytes(*value) : std::string_view();
}

}  // namespace sluice::html
