// SPDX-License-Identifier: Apache-2.0
//
// Names of OpenDocument (ODF 1.3, part 3) under the prefixes that this converter sees them by.
#pragma once

#include <optional>
#include <sluice/xml.hpp>
#include <span>
#include <string>
#include <string_view>

namespace sluice::odf {

std::span<const XmlNamespace> odf_namespaces();

// Nested deeper than any program writes: such a part is refused, so that walks may recurse.
inline constexpr std::size_t kMaxNesting = 512;
// `text:c`, `table:number-columns-repeated` and the like: nothing real needs more.
inline constexpr unsigned kMaxBlanks = 1'000;

// The value of an attribute; empty if there is none.
inline std::string_view value_of(XmlNode node, const char* attribute) {
  return node.attribute(attribute).value();
}

// A length ("1.27cm", "0.5in", "12pt") in points; nothing for a percentage or no length.
std::optional<double> points_of(std::string_view length);

// A style's name as people see it: "Heading_20_1" is "Heading 1" (19.503).
std::string decoded_name(std::string_view name);

// Text of an element as it is read: blanks and tabs of elements included, notes and comments not.
std::string plain_text(XmlNode node);
// What an office:annotation says, without its author and date.
std::string comment_text(XmlNode annotation);

// Whether an element holds something that is written: text, pictures, objects, fields.
bool has_content(XmlNode node);

}  // namespace sluice::odf
