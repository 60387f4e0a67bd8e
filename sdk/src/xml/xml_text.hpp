// SPDX-License-Identifier: Apache-2.0
//
// The bytes of an XML part, made fit for the parser: UTF-8, no NUL, no reference to what is no
// character, no entity declarations.
#pragma once

#include <string>
#include <string_view>

namespace sluice::xml {

// Decodes by byte order mark, XML declaration or shape. What cannot be decoded becomes U+FFFD.
std::string to_utf8(std::string bytes);

// Puts U+FFFD for numeric references to surrogates, to U+0000 and beyond U+10FFFF, in place.
void mend_references(std::string& text);

// Whether a document type before the root element declares entities (XML 1.0, 4.2).
bool declares_entities(std::string_view text);

}  // namespace sluice::xml
