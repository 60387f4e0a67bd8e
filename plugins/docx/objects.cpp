// SPDX-License-Identifier: Apache-2.0
#include "docx/objects.hpp"

#include <set>
#include <string_view>

namespace sluice::docx {

void write_objects(Document& document, MarkdownWriter& out) {
  const OpcPackage& package = document.package;
  document.objects.write_parts(package, document.relationships, out);
  static const std::set<std::string_view> kStories = {"header", "footer", "footnotes", "endnotes",
                                                      "comments"};
  for (const OpcRelationship& relationship : document.relationships.all()) {
    if (relationship.mode == OpcTarget::kExternal || !kStories.contains(relationship.type))
      continue;
    document.objects.write_parts(package, package.relationships(relationship.target), out);
  }
}

}  // namespace sluice::docx
