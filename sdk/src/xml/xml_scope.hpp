// SPDX-License-Identifier: Apache-2.0
//
// Which prefix means which namespace at a place of a document, and from that the names that a
// converter asked for. Namespaces in XML 1.0, sections 5 and 6.
#pragma once

#include <array>
#include <functional>
#include <sluice/xml.hpp>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "xml/plain_xml.hpp"

namespace sluice {

class XmlScope {
 public:
  // `namespaces` must outlive it.
  explicit XmlScope(std::span<const XmlNamespace> namespaces) : namespaces_(namespaces) {}

  // An element begins or ends. `attributes`: as they stand in its tag.
  void enter(std::span<const XmlPair> attributes);
  void leave();

  // The asked-for form of a name. Valid until the next enter or leave.
  std::string_view element(std::string_view raw) { return named(raw, elements_, true); }
  // Of a name with a prefix; one without belongs to no namespace and is what it is.
  std::string_view attribute(std::string_view raw) { return named(raw, attributes_, false); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  using Map = std::unordered_map<std::string, std::string, Hash, std::equal_to<>>;
  // A document of a million elements has a dozen names: those are found by one comparison each.
  struct Names {
    static constexpr std::size_t kRecent = 32;
    Map all;
    std::array<const Map::value_type*, kRecent> recent{};

    static std::size_t place_of(std::string_view raw) {
      if (raw.empty()) return 0;
      return (raw.size() * 7 + static_cast<unsigned char>(raw.front()) * 5 +
              static_cast<unsigned char>(raw.back())) %
             kRecent;
    }
    void clear() {
      all.clear();
      recent.fill(nullptr);
    }
  };
  struct Binding {
    std::size_t depth;
    std::string prefix;
    std::string wanted;  // the prefix that stands for it
  };

  std::string_view named(std::string_view raw, Names& known, bool has_default);
  std::string wanted_prefix(std::string_view prefix, std::string_view uri) const;
  void bind(std::string_view prefix, std::string_view uri);
  void forget();

  std::span<const XmlNamespace> namespaces_;
  std::size_t depth_ = 0;
  std::vector<Binding> bindings_;
  // Names as they were made in the present scope.
  Names elements_;
  Names attributes_;
};

}  // namespace sluice
