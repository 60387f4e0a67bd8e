// SPDX-License-Identifier: Apache-2.0
//
// From the cell's value metadata to a future metadata, to a rich value, by its structure to a
// relation, to the image: five lists, each of which gives an index into the next.
#include "xlsx/cell_images.hpp"

#include <charconv>
#include <string_view>
#include <system_error>

namespace sluice::xlsx {
namespace {

constexpr std::size_t kMaxImages = 100'000;
constexpr unsigned kNoIndex = 0xffffffff;

// Elements of Microsoft's namespaces, whose prefixes differ.
bool is_called(XmlNode node, std::string_view name) {
  const std::string_view whole = node.name();
  return whole.substr(whole.find(':') + 1) == name;
}

std::vector<XmlNode> children(XmlNode parent, std::string_view name) {
  std::vector<XmlNode> found;
  for (const XmlNode child : parent.children()) {
    if (found.size() < kMaxImages && is_called(child, name)) found.push_back(child);
  }
  return found;
}

XmlNode nth(const std::vector<XmlNode>& nodes, unsigned index) {
  return index < nodes.size() ? nodes[index] : XmlNode();
}

XmlPart part_of(const OpcPackage& package, const OpcRelationships& links, std::string_view type,
                std::string* name = nullptr) {
  const OpcRelationship* link = links.first_of(type);
  if (link == nullptr) return {};
  if (name != nullptr) *name = link->target;
  return package.readable_xml(link->target);
}

// The index of the rich value that a block of future metadata points to.
unsigned rich_value_of(XmlNode block) {
  unsigned index = kNoIndex;
  walk_xml(
      block,
      [&](XmlNode node) {
        if (is_called(node, "rvb")) index = node.attribute("i").as_uint(kNoIndex);
        return Walk::kInto;
      },
      [](XmlNode) {});
  return index;
}

// An index that is written as text.
unsigned index_of(std::string_view text) {
  unsigned index = kNoIndex;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), index);
  return read.ec == std::errc() ? index : kNoIndex;
}

}  // namespace

CellImages::CellImages(const OpcPackage& package) {
  const OpcRelationships links = package.relationships(package.main_part());
  const XmlPart metadata = part_of(package, links, "sheetMetadata");
  if (!metadata.root()) return;
  std::string relations_name;
  const XmlPart values = part_of(package, links, "rdRichValue");
  const XmlPart structures = part_of(package, links, "rdRichValueStructure");
  const XmlPart relations = part_of(package, links, "richValueRel", &relations_name);
  const OpcRelationships targets = package.relationships(relations_name);

  const auto blocks = children(metadata.root().find_child([](XmlNode child) {
    return named(child, "x:futureMetadata") &&
           std::string_view(child.attribute("name").value()) == "XLRICHVALUE";
  }),
                               "bk");
  const auto rich_values = children(values.root(), "rv");
  const auto kinds = children(structures.root(), "s");
  const auto ids = children(relations.root(), "rel");
  for (const auto cell : children(metadata.root().child("x:valueMetadata"), "bk")) {
    CellImage& image = images_.emplace_back();
    const unsigned block = cell.child("x:rc").attribute("v").as_uint(kNoIndex);
    const auto value = nth(rich_values, rich_value_of(nth(blocks, block)));
    const auto fields = children(value, "v");
    const auto keys = children(nth(kinds, value.attribute("s").as_uint(kNoIndex)), "k");
    for (std::size_t i = 0; i < keys.size() && i < fields.size(); ++i) {
      const std::string_view key = keys[i].attribute("n").value();
      if (key == "Text") image.text = fields[i].child_value();
      if (key != "_rvRel:LocalImageIdentifier") continue;
      const auto id = nth(ids, index_of(fields[i].child_value()));
      const OpcRelationship* target = targets.find(id.attribute("r:id").value());
      if (target != nullptr && target->mode == OpcTarget::kPart) image.part = target->target;
    }
  }
}

}  // namespace sluice::xlsx
