// SPDX-License-Identifier: Apache-2.0
#include <sluice/base64.hpp>
#include <sluice/plugin.hpp>
#include <sluice/xml.hpp>
#include <utility>

#include "plist_readers.hpp"

namespace sluice::html {
namespace {

// Web archives nest a resource in an array in a dictionary, once more for each frame in a frame.
constexpr std::size_t kMaxXmlDepth = 200;

}  // namespace

class XmlPlistReader {
 public:
  PropertyList read(XmlNode plist) {
    XmlNode root;
    for (const XmlNode child : plist.children()) {
      if (child.is_element() && !root) root = child;
    }
    if (!root) throw Failure(Outcome::kMalformed, "the property list has no root");
    list_.root_ = add(root);
    return std::move(list_);
  }

 private:
  // Recursion is bounded by kMaxXmlDepth, to which the tree was parsed.
  PropertyList::Id add(XmlNode element) {
    const auto id = static_cast<PropertyList::Id>(list_.nodes_.size());
    list_.nodes_.emplace_back();
    PropertyList::Node node;
    if (named(element, "dict")) {
      node.kind = PlistKind::kDictionary;
      add_dictionary(element, node);
    } else if (named(element, "array")) {
      node.kind = PlistKind::kArray;
      std::vector<PropertyList::Id> values;
      for (const XmlNode child : element.children()) {
        if (child.is_element()) values.push_back(add(child));
      }
      append(values, node);
      node.count = static_cast<std::uint32_t>(values.size());
    } else if (named(element, "data")) {
      node.kind = PlistKind::kData;
      const auto bytes = decode_base64(xml_text(element));
      if (!bytes) throw Failure(Outcome::kMalformed, "the property list has broken base64");
      node.bytes = list_.decoded_.emplace_back(bytes->begin(), bytes->end());
    } else if (named(element, "string") || named(element, "key")) {
      node.kind = PlistKind::kString;
      node.bytes = list_.decoded_.emplace_back(xml_text(element));
    }
    list_.nodes_[id] = node;
    return id;
  }

  void add_dictionary(XmlNode element, PropertyList::Node& node) {
    std::vector<PropertyList::Id> keys;
    std::vector<PropertyList::Id> values;
    for (const XmlNode child : element.children()) {
      if (!child.is_element()) continue;
      const bool is_key = named(child, "key");
      if (is_key != (keys.size() == values.size())) {
        throw Failure(Outcome::kMalformed, "a dictionary of the property list has no pairs");
      }
      (is_key ? keys : values).push_back(add(child));
    }
    if (keys.size() > values.size()) keys.pop_back();
    append(keys, node);
    list_.members_.insert(list_.members_.end(), values.begin(), values.end());
    node.count = static_cast<std::uint32_t>(keys.size());
  }

  void append(const std::vector<PropertyList::Id>& ids, PropertyList::Node& node) {
    node.first = static_cast<std::uint32_t>(list_.members_.size());
    list_.members_.insert(list_.members_.end(), ids.begin(), ids.end());
  }

  PropertyList list_;
};

PropertyList read_xml_plist(std::string_view source) {
  XmlOptions options;
  options.max_depth = kMaxXmlDepth;
  const XmlPart part = parse_xml(std::string(source), "the property list", {}, options);
  if (!named(part.root(), "plist")) {
    throw Failure(Outcome::kUnsupported, "the XML is no property list");
  }
  if (!part.defect().empty()) {
    throw Failure(Outcome::kMalformed, "the property list is damaged: " + part.defect());
  }
  return XmlPlistReader().read(part.root());
}

}  // namespace sluice::html
