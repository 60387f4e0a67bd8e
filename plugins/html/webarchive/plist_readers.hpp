// SPDX-License-Identifier: Apache-2.0
//
// The two forms in which a property list is stored.
#pragma once

#include <string_view>

#include "property_list.hpp"

namespace sluice::html {

// Apple's CFBinaryPList.c, version "bplist00": objects, a table of their places, a trailer.
PropertyList read_binary_plist(std::string_view source);
// <plist> in XML (PropertyList-1.0.dtd).
PropertyList read_xml_plist(std::string_view source);

}  // namespace sluice::html
