// SPDX-License-Identifier: Apache-2.0
//
// Apple's property lists, binary and as XML: dictionaries, arrays, strings and data. Numbers, dates
// and the like are kept as kOther.
//
// Linear in the file, whatever it says: an object of a binary list is read once, however many refer
// to it, and a list whose objects overlap is refused (objects that share their bytes are how a
// small file becomes a huge tree). A walk down must bound its own depth: objects may refer to each
// other in a circle.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::html {

enum class PlistKind : std::uint8_t { kDictionary, kArray, kString, kData, kOther };

class PropertyList {
 public:
  using Id = std::uint32_t;

  // `source` must outlive it. Throws Failure (malformed, unsupported, limit).
  static PropertyList read(std::string_view source);

  Id root() const { return root_; }
  PlistKind kind(Id id) const { return nodes_[id].kind; }
  // Of a string (UTF-8) or data; empty for others.
  std::string_view bytes(Id id) const { return nodes_[id].bytes; }
  // The elements of an array; 0 for others.
  std::size_t size(Id id) const { return kind(id) == PlistKind::kArray ? nodes_[id].count : 0; }
  Id at(Id array, std::size_t i) const { return members_[nodes_[array].first + i]; }
  // The value of a key among the first 64; nothing if it is no dictionary or has no such key.
  std::optional<Id> find(Id dictionary, std::string_view key) const;
  // The string or data of a key; empty if there is none.
  std::string_view bytes_of(Id dictionary, std::string_view key) const;

 private:
  friend class BinaryPlistReader;
  friend class XmlPlistReader;

  struct Node {
    PlistKind kind = PlistKind::kOther;
    std::string_view bytes;
    std::uint32_t first = 0;  // in members_: of a dictionary all keys, then all values
    std::uint32_t count = 0;
  };

  PropertyList() = default;

  std::vector<Node> nodes_;
  std::vector<Id> members_;
  std::deque<std::string> decoded_;  // what does not stand in the source as it is
  Id root_ = 0;
};

}  // namespace sluice::html
