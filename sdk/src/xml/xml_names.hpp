// SPDX-License-Identifier: Apache-2.0
//
// Gives the names of a tree the prefixes that its reader asked for.
#pragma once

#include <pugixml.hpp>
#include <sluice/xml.hpp>
#include <span>

namespace sluice::xml {

// Renames in place what has another prefix than its namespace's in `namespaces`. Returns false,
// with the work undone in part, if elements are nested more than `max_depth` deep.
bool canonize(pugi::xml_node root, std::span<const XmlNamespace> namespaces, std::size_t max_depth);

}  // namespace sluice::xml
