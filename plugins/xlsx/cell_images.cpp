// SPDX-License-Identifier: Apache-2.0
//
// From the cell's value metadata to a future metadata, to a rich value, by its structure to a
// relation, to the image: five lists, each of which gives an index into the next.
#include "xlsx/cell_images.hpp"

#include <string_view>

namespace sluice::xlsx {
namespace {

constexpr std::size_t kMostImages = 100'000;

// Elements of Microsoft's namespaces, whose prefixes differ.
bool is_called(pugi::xml_node node, std::string_view name) {
  const std::string_view whole = node.name();
  return whole.substr(whole.find(':') + 1) == name;
}

std::vector<pugi::xml_node> children(pugi::xml_node parent, std::string_view name) {
  std::vector<pugi::xml_node> found;
  for (const pugi::xml_node child : parent.children()) {
    if (found.size() < kMostImages && is_called(child, name)) found.push_back(child);
  }
  return found;
}

pugi::xml_node nth(const std::vector<pugi::xml_node>& nodes, unsigned index) {
  return index < nodes.size() ? nodes[index] : pugi::xml_node();
}

XmlPart part_of(const OpcPackage& package, const OpcRelationships& links, std::string_view type,
                std::string* name = nullptr) {
  const OpcRelationship* link = links.first_of(type);
  if (link == nullptr) return {};
  if (name != nullptr) *name = link->target;
  return package.readable_xml(link->target);
}

// The index of the rich value that a block of future metadata points to.
unsigned rich_value_of(pugi::xml_node block) {
  unsigned index = 0xffffffff;
  walk_xml(
      block,
      [&](pugi::xml_node node) {
        if (is_called(node, "rvb")) index = node.attribute("i").as_uint(0xffffffff);
        return Walk::kInto;
      },
      [](pugi::xml_node) {});
  return index;
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

  const auto blocks = children(
      metadata.root().find_child_by_attribute("x:futureMetadata", "name", "XLRICHVALUE"), "bk");
  const auto rich_values = children(values.root(), "rv");
  const auto kinds = children(structures.root(), "s");
  const auto ids = children(relations.root(), "rel");
  for (const auto cell : children(metadata.root().child("x:valueMetadata"), "bk")) {
    CellImage& image = images_.emplace_back();
    const unsigned block = cell.child("x:rc").attribute("v").as_uint(0xffffffff);
    const auto value = nth(rich_values, rich_value_of(nth(blocks, block)));
    const auto fields = children(value, "v");
    const auto keys = children(nth(kinds, value.attribute("s").as_uint(0xffffffff)), "k");
    for (std::size_t i = 0; i < keys.size() && i < fields.size(); ++i) {
      const std::string_view key = keys[i].attribute("n").value();
      if (key == "Text") image.text = fields[i].child_value();
      if (key != "_rvRel:LocalImageIdentifier") continue;
      const auto id = nth(ids, fields[i].text().as_uint(0xffffffff));
      const OpcRelationship* target = targets.find(id.attribute("r:id").value());
      if (target != nullptr && target->mode == OpcTarget::kPart) image.part = target->target;
    }
  }
}

}  // namespace sluice::xlsx
